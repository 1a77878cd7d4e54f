"""Counters of the engine, and their text for Prometheus (exposition format 0.0.4).

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from types import MappingProxyType

from studio.engine.status import Counts, Histogram, Status

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_ROWS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
_RATE_WINDOW_S = 10.0
_EVENTS = (
    "submitted",
    "completed",
    "failed",
    "cancelled",
    "expired",
    "refused",
    "loads",
    "evictions",
    "out_of_memory",
)


class Metrics:
    """Counts what happens. Not thread-safe: the worker guards it."""

    def __init__(self) -> None:
        self._events = dict.fromkeys(_EVENTS, 0)
        self._tokens = 0
        self._steps: deque[tuple[float, float, int]] = deque()
        self._step_s = _Tally(_SECONDS)
        self._batch_rows = _Tally(_ROWS)
        self._first_token_s = _Tally(_SECONDS)

    def count(self, event: str, times: int = 1) -> None:
        """Count one of the known events."""
        self._events[event] += times

    def step(self, lane: str, rows: int, started: float, ended: float) -> None:
        """One step of so many rows; times in seconds of one clock."""
        self._step_s.add(lane, ended - started)
        self._batch_rows.add(lane, rows)

    def tokens(self, number: int, started: float, ended: float) -> None:
        """Tokens made between two moments."""
        if not number:
            return
        self._tokens += number
        self._steps.append((started, ended, number))
        while self._steps[0][1] < ended - _RATE_WINDOW_S:
            self._steps.popleft()

    def first_token(self, lane: str, seconds: float) -> None:
        """A request got its first chunk so long after it was submitted."""
        self._first_token_s.add(lane, seconds)

    def snapshot(self) -> Counts:
        """All counters now."""
        return Counts(
            events=MappingProxyType(dict(self._events)),
            tokens=self._tokens,
            tokens_per_s=self._rate(),
            step_s=self._step_s.histograms(),
            batch_rows=self._batch_rows.histograms(),
            first_token_s=self._first_token_s.histograms(),
        )

    def _rate(self) -> float:
        """Tokens per second of the steps that made tokens: idle time is not counted."""
        busy = sum(ended - started for started, ended, _ in self._steps)
        return sum(number for _, _, number in self._steps) / busy if busy > 0 else 0.0


class _Tally:
    """Histograms by lane."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self._bounds = bounds
        self._counts: dict[str, list[int]] = {}
        self._totals: dict[str, float] = {}

    def add(self, lane: str, value: float) -> None:
        counts = self._counts.setdefault(lane, [0] * (len(self._bounds) + 1))
        counts[bisect_left(self._bounds, value)] += 1
        self._totals[lane] = self._totals.get(lane, 0.0) + value

    def histograms(self) -> Mapping[str, Histogram]:
        return MappingProxyType(
            {
                lane: Histogram(self._bounds, tuple(accumulate(counts)), self._totals[lane])
                for lane, counts in self._counts.items()
            }
        )


def prometheus(status: Status) -> str:
    """The text that a Prometheus server scrapes from /metrics."""
    return "\n".join([*_gauges(status), *_counters(status.counts), *_histograms(status.counts), ""])


def _gauges(status: Status) -> Iterator[str]:
    resident = [each for each in status.cards if each.resident]
    yield from _metric("queue_length", "gauge", "Requests that wait.", [("", status.waiting)])
    yield from _metric("running", "gauge", "Requests that hold a slot.", [("", status.running)])
    yield from _metric("resident_cards", "gauge", "Cards on the device.", [("", len(resident))])
    yield from _metric("resident_bytes", "gauge", "Their bytes.", [("", status.resident_bytes)])
    yield from _metric("budget_bytes", "gauge", "Memory budget.", [("", status.budget_bytes)])
    used = [(_label(card=each.card), each.slots_used) for each in resident]
    yield from _metric("slots_used", "gauge", "Slots in use, by card.", used)
    slots = [(_label(card=each.card), each.slots) for each in resident]
    yield from _metric("slots", "gauge", "Slots, by card.", slots)
    queued = [(_label(card=each.card), each.waiting) for each in status.cards]
    yield from _metric("card_queue_length", "gauge", "Requests that wait, by card.", queued)
    rate = round(status.counts.tokens_per_s, 3)
    yield from _metric("tokens_per_second", "gauge", "Tokens per second of work.", [("", rate)])


def _counters(counts: Counts) -> Iterator[str]:
    for event, number in counts.events.items():
        yield from _metric(f"{event}_total", "counter", f"Count: {event}.", [("", number)])
    yield from _metric("tokens_total", "counter", "Tokens made.", [("", counts.tokens)])


def _histograms(counts: Counts) -> Iterator[str]:
    named = {
        "step_seconds": (counts.step_s, "Seconds of one step."),
        "batch_rows": (counts.batch_rows, "Rows of one step."),
        "first_token_seconds": (counts.first_token_s, "Seconds from submission to first chunk."),
    }
    for name, (by_lane, about) in named.items():
        yield from _metric(name, "histogram", about, ())
        for lane, histogram in by_lane.items():
            yield from _buckets(f"studio_{name}", lane, histogram)


def _buckets(name: str, lane: str, histogram: Histogram) -> Iterator[str]:
    bounds = [*(f"{bound:g}" for bound in histogram.bounds), "+Inf"]
    for bound, number in zip(bounds, histogram.counts, strict=True):
        yield f"{name}_bucket{_label(lane=lane, le=bound)} {number}"
    yield f"{name}_sum{_label(lane=lane)} {histogram.total:.6f}"
    yield f"{name}_count{_label(lane=lane)} {histogram.counts[-1]}"


def _metric(
    name: str, kind: str, about: str, samples: Iterable[tuple[str, float]]
) -> Iterator[str]:
    yield f"# HELP studio_{name} {about}"
    yield f"# TYPE studio_{name} {kind}"
    yield from (f"studio_{name}{labels} {value}" for labels, value in samples)


def _label(**labels: str) -> str:
    quoted = {
        name: value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        for name, value in labels.items()
    }
    return "{" + ",".join(f'{name}="{value}"' for name, value in quoted.items()) + "}"
