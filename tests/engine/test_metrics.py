"""The text that Prometheus scrapes: well formed, and it counts what happened."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

import pytest

from studio.engine.manager import Manager
from studio.engine.measures import prometheus
from studio.engine.metrics import Metrics
from studio.engine.status import CardStatus, Status
from studio.errors import Busy
from studio.families.fake import FAIL, Fake
from studio.requests import Sampling
from studio.telemetry.request_id import carried
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
    assert found['studio_tokens_total{card="text"}'] == 12
    assert found["studio_loads_total"] == 1
    assert found["studio_resident_bytes"] == 1_000_000
    assert found['studio_slots{card="text"}'] == 16
    assert found['studio_batch_rows_bucket{lane="text",le="4"}'] == 4
    assert found['studio_batch_rows_sum{lane="text"}'] == 4 + 3 + 3 + 3
    assert found['studio_first_token_seconds_count{lane="text"}'] == 3
    assert found['studio_inter_token_seconds_count{lane="text"}'] == 3 * 3
    assert found['studio_request_seconds_count{lane="text"}'] == 3
    assert found['studio_wait_seconds_count{lane="text"}'] == 4
    assert found['studio_batch_fill_ratio_bucket{lane="text",le="0.25"}'] == 4
    assert found['studio_failures_total{code="model_failed"}'] == 1
    assert found['studio_load_seconds_count{card="text"}'] == 1
    assert found['studio_card_queue_length{card="text",priority="interactive"}'] == 1


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
    for seconds in (0.005, 0.01, 0.2, 999.0):
        metrics.first_token("text", seconds)
    histogram = metrics.snapshot().first_token_s["text"]
    assert histogram.counts[0] == 2
    assert histogram.counts[-2:] == (3, 4)
    assert round(histogram.mean, 3) == 249.804


def test_what_went_wrong_is_kept_without_words_of_a_person(engine: Callable[..., Manager]) -> None:
    manager = engine(Cards(text=Fake), max_queue=1)
    failed = manager.submit(ask(f"{FAIL} a secret lamp"))
    with pytest.raises(Busy):
        manager.submit(ask("another"))
    manager.drain()
    counts = manager.status().counts
    (mishap,) = counts.mishaps
    assert (mishap.code, mishap.card) == ("model_failed", "text")
    assert mishap.request_id == failed.request_id
    assert "lamp" not in str(mishap)
    assert counts.refusals == {"busy": 1}


def test_a_request_carries_the_id_of_its_edge(engine: Callable[..., Manager]) -> None:
    manager = engine(Cards(text=Fake))
    with carried("edge-0001"):
        one, two = manager.submit(ask("a")), manager.submit(ask("b"))
    assert one.request_id != two.request_id
    assert {one.request_id.rpartition(".")[0], two.request_id.rpartition(".")[0]} == {"edge-0001"}
    assert manager.submit(ask("c")).request_id.rpartition(".")[0] not in ("", "edge-0001")


def test_an_end_is_one_line_that_tells_no_words(
    engine: Callable[..., Manager], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="studio.engine")
    manager = engine(Cards(text=Fake))
    ticket = manager.submit(ask("a secret lamp", user="somebody"))
    manager.drain()
    manager.unload("text")
    manager.drain()
    lines = [(each.getMessage(), each.facts) for each in caplog.records]
    assert [event for event, _ in lines] == ["load", "request", "evict"]
    told = lines[1][1]
    assert (told["request_id"], told["how"], told["card"]) == (
        ticket.request_id,
        "completed",
        "text",
    )
    assert told["tokens"] > 0
    assert "lamp" not in str(lines)
    assert "somebody" not in str(lines)


def test_the_pace_counts_idle_time_and_forgets() -> None:
    now = 1000.0
    metrics = Metrics(clock=lambda: now)
    metrics.tokens(40, started=985.0, ended=989.0)
    metrics.tokens(8, started=994.0, ended=995.0)
    pace = metrics.snapshot().pace
    assert pace[-3:] == (10.0, 2.0, 0.0)
    assert len(pace) == 30
    now = 2000.0
    assert set(metrics.snapshot().pace) == {0.0}


def test_the_latency_is_of_the_last_requests() -> None:
    metrics = Metrics()
    for seconds in [9.0] * 50 + [n / 100 for n in range(1, 201)]:
        metrics.first_token("text", seconds)
    latest = metrics.snapshot().latest["text"]
    assert (latest.p50, latest.p95, latest.requests) == (1.0, 1.9, 200)
