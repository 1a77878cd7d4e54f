"""Counters of the engine: what happens is counted here, and read as one `Counts`."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable, Mapping
from types import MappingProxyType

from studio.engine.ending import Ending
from studio.engine.pace import Pace
from studio.engine.status import Counts, Latency, Mishap
from studio.telemetry.tally import Tally

_STEP_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0)
_ROWS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0)
_SHARES = (0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1.0)
_RATE_WINDOW_S = 10.0
_LATEST = 200
"""How many of the last requests a latency is told of, and of the last steps how full they were."""
_MISHAPS = 12
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

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._wall_clock = wall_clock
        self._events = dict.fromkeys(_EVENTS, 0)
        self._tokens: Counter[str] = Counter()
        self._prompt_tokens: Counter[str] = Counter()
        self._made: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._refusals: Counter[str] = Counter()
        self._steps: deque[tuple[float, float, int]] = deque()
        self._pace = Pace()
        self._step_s, self._token_gap_s = Tally(_STEP_S), Tally(_STEP_S)
        self._batch_rows, self._batch_fill = Tally(_ROWS), Tally(_SHARES)
        self._first_token_s, self._wait_s = Tally(_SECONDS), Tally(_SECONDS)
        self._total_s, self._load_s = Tally(_SECONDS), Tally(_SECONDS)
        self._fills: dict[str, deque[float]] = {}
        self._latest: dict[str, deque[float]] = {}
        self._mishaps: deque[Mishap] = deque(maxlen=_MISHAPS)

    def now(self) -> float:
        """This moment of the engine's clock, in seconds."""
        return self._clock()

    def count(self, event: str, times: int = 1) -> None:
        """Count one of the known events."""
        self._events[event] += times

    def refused(self, reason: str) -> None:
        """A request was turned away before any queue; `reason` is the code of its error."""
        self._events["refused"] += 1
        self._refusals[reason] += 1

    def step(self, lane: str, rows: int, started: float, ended: float, slots: int = 0) -> None:
        """One step of so many rows out of so many slots; times in seconds of one clock."""
        self._step_s.add(lane, ended - started)
        self._batch_rows.add(lane, rows)
        if slots:
            self._batch_fill.add(lane, rows / slots)
            self._fills.setdefault(lane, deque(maxlen=_LATEST)).append(rows / slots)

    def tokens(self, number: int, started: float, ended: float, card: str = "") -> None:
        """Tokens made between two moments."""
        if not number:
            return
        self._tokens[card] += number
        self._pace.add(number, ended)
        self._steps.append((started, ended, number))
        while self._steps[0][1] < ended - _RATE_WINDOW_S:
            self._steps.popleft()

    def first_token(self, lane: str, seconds: float) -> None:
        """A request got its first chunk so long after it was submitted."""
        self._first_token_s.add(lane, seconds)
        self._latest.setdefault(lane, deque(maxlen=_LATEST)).append(seconds)

    def next_token(self, lane: str, seconds: float) -> None:
        """A request got another chunk so long after the one before."""
        self._token_gap_s.add(lane, seconds)

    def loaded(self, card: str, seconds: float) -> None:
        """A card was put on the device."""
        self._events["loads"] += 1
        self._load_s.add(card, seconds)

    def ended(self, ending: Ending) -> None:
        """A request has ended, one way or another."""
        self._events[ending.how] += 1
        if ending.wait_s is not None and ending.lane:
            self._wait_s.add(ending.lane, ending.wait_s)
        if ending.how == "completed":
            self._made[ending.lane] += 1
            self._total_s.add(ending.lane, ending.total_s)
            self._prompt_tokens[ending.card] += ending.prompt_tokens
        elif ending.how != "cancelled":
            self._failures[ending.error] += 1
            self._mishaps.append(self._mishap(ending))

    def snapshot(self) -> Counts:
        """All counters now."""
        return Counts(
            events=MappingProxyType(dict(self._events)),
            tokens=self._tokens.total(),
            tokens_per_s=self._rate(),
            pace=self._pace.windows(self._clock()),
            tokens_by_card=_kept(self._tokens),
            prompt_tokens_by_card=_kept(self._prompt_tokens),
            made=_kept(self._made),
            failures=_kept(self._failures),
            refusals=_kept(self._refusals),
            step_s=self._step_s.histograms(),
            batch_rows=self._batch_rows.histograms(),
            batch_fill=self._batch_fill.histograms(),
            first_token_s=self._first_token_s.histograms(),
            next_token_s=self._token_gap_s.histograms(),
            wait_s=self._wait_s.histograms(),
            total_s=self._total_s.histograms(),
            load_s=self._load_s.histograms(),
            fill={lane: sum(shares) / len(shares) for lane, shares in self._fills.items()},
            latest={lane: _latency(seconds) for lane, seconds in self._latest.items()},
            mishaps=tuple(reversed(self._mishaps)),
        )

    def _rate(self) -> float:
        """Tokens per second of the steps that made tokens: idle time is not counted."""
        busy = sum(ended - started for started, ended, _ in self._steps)
        return sum(number for _, _, number in self._steps) / busy if busy > 0 else 0.0

    def _mishap(self, ending: Ending) -> Mishap:
        return Mishap(
            self._wall_clock(), ending.error, ending.card, ending.request_id, ending.facts
        )


def _kept(numbers: Counter[str]) -> Mapping[str, int]:
    return MappingProxyType(dict(numbers))


def _latency(seconds: deque[float]) -> Latency:
    """The middle one and the one that 19 of 20 stay under."""
    ordered, last = sorted(seconds), len(seconds) - 1
    return Latency(ordered[last // 2], ordered[round(0.95 * last)], last + 1)
