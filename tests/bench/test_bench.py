"""The engine's benchmark: it runs on any card and gives every ratio it promises."""

from __future__ import annotations

from pathlib import Path

from studio.families.engine_bench import BATCHES, EngineBench
from tests.families.tiny_models import tiny_card


def test_every_ratio_is_measured(tmp_path: Path) -> None:
    card = tiny_card(tmp_path, "llama")
    bench = EngineBench(card, "cpu", tmp_path / "scratch", tokens=4, rounds=1)
    speed = bench.speed()
    assert set(speed) == {str(rows) for rows in BATCHES}
    wanted = {
        "generate_tokens_per_s",
        *(f"{dtype}_{what}_x" for dtype in ("float32", "auto") for what in ("decode", "first")),
    }
    assert all(set(numbers) == wanted for numbers in speed.values())
    assert all(value >= 0 for numbers in speed.values() for value in numbers.values())
    assert bench.adapters(rows=4) > 0
    assert bench.joining(rows=4) > 0
