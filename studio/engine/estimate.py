"""When those who wait for a card will have their first piece and their last: pure arithmetic.

The batch is played forward: prompts are read one after the other beside the rows that write, rows
end, the next in the queue take their slots, and every step costs what such steps have cost so far.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.engine.prices import Prices

_NOTHING = 1e-6
_NO_SHARES: Mapping[str, float] = MappingProxyType({})


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
    admitting_s: float = 0.0
    """What it takes to give it a slot."""
    user: str = ""
    held: bool = False
    """By a constraint."""
    work: float = 1.0
    """See `Request.work`."""


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
    shares: Mapping[str, float] = field(default_factory=lambda: _NO_SHARES)
    """Slots that a user may have while others wait; without bounds for those not named."""

    @property
    def needs(self) -> list[Need]:
        """Of all requests, those that run first."""
        return [*self.running, *self.waiting]


@dataclass(slots=True)
class _Reader:
    request: int
    tokens: float
    since: float
    """The step from which on it reads: who comes behind another waits for what both begin with."""


@dataclass(slots=True)
class _Play:
    """The batch played forward. Requests are known by their place among `needs`."""

    batch: Batch
    needs: list[Need]
    queue: dict[str, deque[int]]
    """Those who wait, by user, each user's in order."""
    held: Counter[str]
    """Slots."""
    first_s: list[float]
    done_s: list[float]
    now_s: float = 0.0
    step: float = 0.0
    readers: deque[_Reader] = field(default_factory=deque)
    writers: int = 0
    work: float = 0.0
    """Of the writers."""
    held_writers: int = 0
    marks: list[tuple[float, bool, int]] = field(default_factory=list)
    """A heap of (step, whether it is the end and not the first piece, request)."""

    @classmethod
    def of(cls, batch: Batch) -> _Play:
        needs, running = batch.needs, len(batch.running)
        queue: dict[str, deque[int]] = {}
        for request in range(running, len(needs)):
            queue.setdefault(needs[request].user, deque()).append(request)
        nothing = [0.0] * len(needs)
        play = cls(batch, needs, queue, Counter(), nothing, list(nothing))
        for request in range(running):
            play.begin(request)
        return play

    def run(self) -> None:
        """To the end of all."""
        if self.batch.since_s is not None:
            self.now_s = -self.batch.since_s
            while self.step < 1 - _NOTHING and (self.readers or self.marks):
                self.go_on(until=1.0)
        self.join()
        while self.readers or self.marks:
            self.go_on()
            self.join()

    def begin(self, request: int) -> None:
        """It has a slot."""
        need = self.needs[request]
        self.held[need.user] += 1
        if need.tokens > 0:
            since = math.floor(self.step + _NOTHING) + 1.0 if self.readers else self.step
            self.readers.append(_Reader(request, need.tokens, since))
        else:
            self._write(request, self.step)

    def _write(self, request: int, since: float) -> None:
        need = self.needs[request]
        self.writers += 1
        self.work += need.work
        self.held_writers += need.held
        heapq.heappush(self.marks, (since + need.lead, False, request))
        heapq.heappush(self.marks, (since + max(need.steps, need.lead), True, request))

    def join(self) -> None:
        """Those next in the queue take the free slots."""
        while self.queue and self.writers + len(self.readers) < self.batch.slots:
            request = self._next()
            self.now_s += self.needs[request].admitting_s
            self.begin(request)

    def _next(self) -> int:
        """The first in the queue whose user has less than their share; else the first."""
        shares, held = self.batch.shares, self.held
        below = [user for user in self.queue if held[user] < shares.get(user, math.inf)]
        user = min(below or self.queue, key=lambda each: self.queue[each][0])
        request = self.queue[user].popleft()
        if not self.queue[user]:
            del self.queue[user]
        return request

    def go_on(self, until: float = math.inf) -> None:
        """Until a prompt is read or may be, a mark is passed, or that step is over."""
        piece = self.batch.pieces[0 if self.writers else 1]
        mark = self.marks[0][0] if self.marks else math.inf
        reader: _Reader | None = self.readers[0] if self.readers else None
        if reader is not None and reader.since > self.step + _NOTHING:
            until = min(until, reader.since)
            reader = None
        reads = math.inf if reader is None else max(reader.tokens / piece, _NOTHING)
        steps = min(reads, min(mark, until) - self.step)
        self.now_s += steps * self.batch.prices.seconds(self.work, held=self.held_writers)
        self.step += steps
        if reader is not None:
            self._read(reader, min(reader.tokens, steps * piece))
        while self.marks and self.marks[0][0] <= self.step + _NOTHING:
            _, ends, request = heapq.heappop(self.marks)
            if ends:
                self.writers -= 1
                self.work -= self.needs[request].work
                self.held_writers -= self.needs[request].held
                self.held[self.needs[request].user] -= 1
            (self.done_s if ends else self.first_s)[request] = self.now_s

    def _read(self, reader: _Reader, tokens: float) -> None:
        """So many more tokens are read. The last ones come with the first word."""
        self.now_s += tokens * self.batch.prices.token_s
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
    held = sum(each.steps for each in needs if each.held)
    work = sum(each.steps * each.work for each in needs)
    alone = turns * prices.turn_s + work * prices.row_s + tokens * prices.token_s
    return alone + held * prices.held_s + sum(each.admitting_s for each in needs)


def shared(own_s: float, others: Sequence[tuple[float, float]], step_s: float = 0.0) -> float:
    """Seconds that pass until a card has had `own_s` of the device, beside others that each have
    (seconds they want, their share of a second of ours). Its last step is its own turn."""
    before_s = max(0.0, own_s - step_s)
    return own_s + sum(min(wanted, share * before_s) for wanted, share in others)
