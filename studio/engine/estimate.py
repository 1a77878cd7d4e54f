"""When those who wait for a card will have their first piece and their last: pure arithmetic.

The batch is played forward: prompts are read one after the other beside the rows that write, rows
end, the next in the queue take their slots, and every step costs what such steps have cost so far.
"""

from __future__ import annotations

import heapq
import math
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from studio.engine.prices import Prices

_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Forecast:
    """Seconds from now."""

    first_s: float
    done_s: float


@dataclass(frozen=True, slots=True)
class Need:
    """What one request still needs."""

    steps: int
    """Of writing, or painting; at least 1."""
    lead: int = 1
    """With which of them its first piece comes."""
    tokens: float = 0.0
    """Of its prompt, to be read before."""


@dataclass(frozen=True, slots=True)
class Batch:
    """A card's work: what runs, what waits in its order, and how it is stepped."""

    running: Sequence[Need]
    waiting: Sequence[Need]
    """Next first."""
    slots: int
    prices: Prices
    pieces: tuple[float, float] = (math.inf, math.inf)
    """Prompt tokens that a step reads at most: beside rows that write, and when nobody does."""
    since_s: float | None = None
    """How long the step is under way that what runs is in; None between two steps."""
    joined: int = 0
    """Rows that were admitted for that step."""

    @property
    def needs(self) -> list[Need]:
        """Of all requests, those that run first."""
        return [*self.running, *self.waiting]


@dataclass(slots=True)
class _Reader:
    request: int
    tokens: float


@dataclass(slots=True)
class _Play:
    """The batch played forward. Requests are known by their place among `needs`."""

    batch: Batch
    needs: list[Need]
    next: int
    """Who takes the next free slot."""
    first_s: list[float]
    done_s: list[float]
    now_s: float = 0.0
    step: float = 0.0
    readers: deque[_Reader] = field(default_factory=deque)
    writers: int = 0
    marks: list[tuple[float, bool, int]] = field(default_factory=list)
    """A heap of (step, whether it is the end and not the first piece, request)."""

    @classmethod
    def of(cls, batch: Batch) -> _Play:
        needs = batch.needs
        nothing = [0.0] * len(needs)
        play = cls(batch, needs, len(batch.running), nothing, list(nothing))
        for request in range(play.next):
            play.begin(request)
        return play

    def run(self) -> None:
        """To the end of all."""
        if self.batch.since_s is not None:
            self.now_s = self.batch.joined * self.batch.prices.joining_s - self.batch.since_s
            while self.step < 1 - _NOTHING and (self.readers or self.marks):
                self.go_on(until=1.0)
        self.join()
        while self.readers or self.marks:
            self.go_on()
            self.join()

    def begin(self, request: int) -> None:
        """It has a slot."""
        if self.needs[request].tokens > 0:
            self.readers.append(_Reader(request, self.needs[request].tokens))
        else:
            self._write(request, self.step)

    def _write(self, request: int, since: float) -> None:
        need = self.needs[request]
        self.writers += 1
        heapq.heappush(self.marks, (since + need.lead, False, request))
        heapq.heappush(self.marks, (since + max(need.steps, need.lead), True, request))

    def join(self) -> None:
        """Those next in the queue take the free slots."""
        free = self.batch.slots - self.writers - len(self.readers)
        joining = max(0, min(free, len(self.needs) - self.next))
        for _ in range(joining):
            self.begin(self.next)
            self.next += 1
        self.now_s += joining * self.batch.prices.joining_s

    def go_on(self, until: float = math.inf) -> None:
        """Until a prompt is read, a mark is passed, or that step is over."""
        piece = self.batch.pieces[0 if self.writers else 1]
        read = self.readers[0].tokens if self.readers else 0.0
        reads = max(read / piece, _NOTHING) if self.readers else math.inf
        mark = self.marks[0][0] if self.marks else math.inf
        steps = min(reads, min(mark, until) - self.step)
        tokens = min(read, steps * piece) if self.readers else 0.0
        self.now_s += steps * self.batch.prices.seconds(self.writers)
        self.now_s += tokens * self.batch.prices.token_s
        self.step += steps
        if self.readers:
            self._read(tokens)
        while self.marks and self.marks[0][0] <= self.step + _NOTHING:
            _, ends, request = heapq.heappop(self.marks)
            self.writers -= ends
            (self.done_s if ends else self.first_s)[request] = self.now_s

    def _read(self, tokens: float) -> None:
        """So many more tokens are read. The last ones come with the first word."""
        reader = self.readers[0]
        reader.tokens -= tokens
        if reader.tokens <= _NOTHING:
            self.readers.popleft()
            self._write(reader.request, math.ceil(self.step - _NOTHING) - 1)


def forecast(batch: Batch) -> list[Forecast]:
    """For each request, those that run first, as if the card had the device to itself."""
    play = _Play.of(batch)
    play.run()
    times = zip(play.first_s, play.done_s, strict=True)
    return [Forecast(max(0.0, first), max(0.0, done)) for first, done in times]


def work_s(batch: Batch) -> float:
    """Seconds of the device that all of it needs, about."""
    prices, needs = batch.prices, batch.needs
    steps, tokens = sum(each.steps for each in needs), sum(each.tokens for each in needs)
    rows = min(batch.slots, len(needs)) or 1
    turns = max(steps / rows, max((each.steps for each in needs), default=0))
    alone = turns * prices.turn_s + steps * prices.row_s + tokens * prices.token_s
    return alone + len(batch.waiting) * prices.joining_s


def shared(own_s: float, others: Sequence[tuple[float, float]], step_s: float = 0.0) -> float:
    """Seconds that pass until a card has had `own_s` of the device, beside others that each have
    (seconds they want, their share of a second of ours). Its last step is its own turn."""
    before_s = max(0.0, own_s - step_s)
    return own_s + sum(min(wanted, share * before_s) for wanted, share in others)
