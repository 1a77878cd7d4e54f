"""The text that Prometheus scrapes: well formed, and it counts what happened."""

from __future__ import annotations

import re
from collections.abc import Callable

from studio.engine.manager import Manager
from studio.engine.metrics import Metrics, prometheus
from studio.engine.status import CardStatus, Status
from studio.families.fake import FAIL, Fake
from studio.requests import Sampling
from tests.engine.fake_cards import Cards, ask

LINE = re.compile(r'studio_[a-z_]+(\{[a-z]+="(?:[^"\\\n]|\\.)*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+\Z')


def samples(text: str) -> dict[str, float]:
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(LINE.match(line) for line in lines), lines
    return {line.rpartition(" ")[0]: float(line.rpartition(" ")[2]) for line in lines}


def test_everything_that_happened_is_counted(engine: Callable[..., Manager]) -> None:
    manager = engine(Cards(text=Fake))
    limit = Sampling(max_tokens=4)
    for n in range(3):
        manager.submit(ask(f"a {n}", sampling=limit))
    manager.submit(ask(FAIL))
    manager.submit(ask("stopped")).cancel()
    manager.drain()
    manager.submit(ask("waits"))
    found = samples(manager.prometheus())
    assert found["studio_queue_length"] == 1
    assert found["studio_submitted_total"] == 6
    assert found["studio_completed_total"] == 3
    assert found["studio_failed_total"] == 1
    assert found["studio_cancelled_total"] == 1
    assert found["studio_tokens_total"] == 12
    assert found["studio_loads_total"] == 1
    assert found["studio_resident_bytes"] == 1_000_000
    assert found['studio_slots{card="text"}'] == 16
    assert found['studio_batch_rows_bucket{lane="text",le="4"}'] == 4
    assert found['studio_batch_rows_sum{lane="text"}'] == 4 + 3 + 3 + 3
    assert found['studio_first_token_seconds_count{lane="text"}'] == 3


def test_every_name_is_told_once_with_its_kind(engine: Callable[..., Manager]) -> None:
    text = engine(Cards(text=Fake)).prometheus()
    names = re.findall(r"# TYPE (\S+) (gauge|counter|histogram)$", text, re.MULTILINE)
    assert len({name for name, _ in names}) == len(names) > 15
    assert text.endswith("\n")


def test_odd_names_cannot_break_the_text() -> None:
    card = CardStatus('we"ird\\\n', True, "text", 1, 0, 1, 0)
    status = Status((card,), 1, 1, 0, 0, 1, Metrics().snapshot())
    assert 'studio_slots{card="we\\"ird\\\\\\n"} 1' in prometheus(status)


def test_the_rate_is_of_recent_work_without_idle_time() -> None:
    metrics = Metrics()
    metrics.tokens(100, started=0.0, ended=1.0)
    metrics.tokens(30, started=100.0, ended=101.0)
    metrics.tokens(50, started=105.0, ended=106.0)
    counts = metrics.snapshot()
    assert counts.tokens == 180
    assert counts.tokens_per_s == 40.0


def test_a_histogram_counts_each_value_up_to_its_bound() -> None:
    metrics = Metrics()
    for seconds in (0.005, 0.01, 0.2, 99.0):
        metrics.first_token("text", seconds)
    histogram = metrics.snapshot().first_token_s["text"]
    assert histogram.counts[0] == 2
    assert histogram.counts[-2:] == (3, 4)
    assert round(histogram.mean, 3) == 24.804
