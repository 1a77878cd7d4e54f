"""When those who wait for a card will have their first piece and their last: pure arithmetic.

The batch is played forward in steps: rows end, the next in the queue take their slots, and every
step costs what the card's steps of so many rows have cost so far.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, field

Prices = tuple[float, float, float]
"""Seconds of a turn, of a row in it, and of a row that joins in it."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """Seconds from now."""

    first_s: float
    done_s: float


@dataclass(frozen=True, slots=True)
class Batch:
    """A card's work: what runs, what waits in its order, and how it is stepped."""

    running: Sequence[float]
    """Steps that each running row still needs."""
    waiting: Sequence[float]
    """Steps that each waiting request will need, next first."""
    slots: int
    prices: Prices
    lead_steps: float = 1.0
    """Steps from joining to the first piece."""


@dataclass(slots=True)
class _Play:
    """The batch played forward: `ends` are (step, request) of the rows that run."""

    batch: Batch
    ends: list[tuple[float, int]]
    step: float = 0.0
    now_s: float = 0.0
    next: int = 0
    first_s: list[float] = field(default_factory=list)
    done_s: list[float] = field(default_factory=list)

    def join(self) -> None:
        """Those next in the queue take the free slots."""
        waiting, turn_s, row_s, new_s = self.batch.waiting, *self.batch.prices
        joining = min(self.batch.slots - len(self.ends), len(waiting) - self.next)
        for _ in range(joining):
            heapq.heappush(self.ends, (self.step + max(1.0, waiting[self.next]), self.next))
            self.next += 1
        self.now_s += max(0, joining) * new_s
        lead_s = self.batch.lead_steps * (turn_s + row_s * len(self.ends))
        self.first_s += [self.now_s + lead_s] * joining

    def run(self) -> None:
        """Until the next row ends."""
        turn_s, row_s, _ = self.batch.prices
        until = self.ends[0][0]
        self.now_s += (until - self.step) * (turn_s + row_s * len(self.ends))
        self.step = until
        while self.ends and self.ends[0][0] <= until:
            request = heapq.heappop(self.ends)[1]
            if request >= 0:
                self.done_s[request] = self.now_s


def forecast(batch: Batch) -> list[Forecast]:
    """For each request that waits, as if the card had the device to itself."""
    ends = [(max(1.0, steps), -1) for steps in batch.running]
    heapq.heapify(ends)
    play = _Play(batch, ends, done_s=[0.0] * len(batch.waiting))
    while play.next < len(batch.waiting) or play.ends:
        play.join()
        play.run()
    return [Forecast(*each) for each in zip(play.first_s, play.done_s, strict=True)]


def work_s(batch: Batch) -> float:
    """Seconds of the device that all of it needs, about."""
    turn_s, row_s, new_s = batch.prices
    steps = [*batch.running, *batch.waiting]
    rows = min(batch.slots, len(steps)) or 1
    alone = sum(steps) / rows * turn_s + sum(steps) * row_s
    return alone + len(batch.waiting) * new_s


def shared(own_s: float, others: Sequence[tuple[float, float]], step_s: float = 0.0) -> float:
    """Seconds that pass until a card has had `own_s` of the device, beside others that each have
    (seconds they want, their share of a second of ours). Its last step is its own turn."""
    before_s = max(0.0, own_s - step_s)
    return own_s + sum(min(wanted, share * before_s) for wanted, share in others)
