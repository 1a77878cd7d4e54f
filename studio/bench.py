"""`studio bench engine`: how the engine compares, as ratios of one interleaved run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from studio import sources
from studio.catalog import Catalog
from studio.families.device import pick_device
from studio.families.engine_bench import BATCHES, EngineBench
from studio.settings import Settings

CARD = "base/smollm2-135m-instruct"


def bench_engine(settings: Settings, *, tokens: int = 32, rounds: int = 3) -> dict[str, object]:
    """Ratios by batch size, of adapters and of a joining row. Raises NotReady without the base.

    `*_decode_x` and `*_first_x`: times as fast as `transformers.generate` in float32.
    """
    card = sources.located(Catalog.read(settings.models_dir).card(CARD), settings.cache_dir)
    device = pick_device(settings.device)
    with tempfile.TemporaryDirectory() as scratch:
        bench = EngineBench(card, device, Path(scratch), tokens=tokens, rounds=rounds)
        return {
            "card": card.name,
            "device": device,
            "tokens": tokens,
            "rounds": rounds,
            "batches": list(BATCHES),
            "speed": bench.speed(),
            "three_adapters_x": round(bench.adapters(), 2),
            "joining_first_token_x": round(bench.joining(), 2),
        }
