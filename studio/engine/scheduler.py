"""Whose turn it is on the device: pure decisions, no threads, no torch, the clock an argument.

    WAITING ──next_turn──▶ RUNNING ──end──▶ ENDED ──vacate──▶ forgotten
       └───────────────end──────────────────▲

A request that runs keeps its seat until the worker has released the slot: only the device thread
may do that, between two steps.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from studio.engine.deadlines import Deadlines
from studio.engine.line import Claim, Line, Seat, Shape, State
from studio.engine.queue_bounds import QueueBounds
from studio.engine.step_times import Step, StepTimes
from studio.engine.turn import Turn, UnderWay
from studio.engine.turn_taking import TurnTaking

HOLD_UP_S = 0.5
"""How long a step may keep the other lanes waiting: while they have work, a card is given no more
rows than its measured steps fit into this (one always)."""
ALONE_S = 1.0
"""How long a step may be that nobody waits for: what is under way can not be cut short for those
who come meanwhile."""
_NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})
_USUAL = Claim()


class Scheduler:
    """Queues per card, lanes that take turns, users that take turns, deadlines and lingering."""

    def __init__(
        self,
        max_queue: int,
        max_per_user: int = 0,
        weights: Mapping[str, float] = _NO_WEIGHTS,
        hold_up_s: float = HOLD_UP_S,
    ) -> None:
        """`max_per_user`: how many of one user's requests may wait, all cards together; 0 leaves
        only the queue's own bound. `weights` of users in the round; 1 for all others."""
        self.times = StepTimes()
        self.under_way: UnderWay | None = None
        """The turn that the device is at."""
        self._weights = dict(weights)
        self._hold_up_s = hold_up_s
        self._lines: dict[str, Line] = {}
        self._seats: dict[int, Seat] = {}
        self._ended: list[Seat] = []
        self._bounds = QueueBounds(max_queue, max_per_user)
        self._to_begin, self._to_end = Deadlines(self._is_waiting), Deadlines(self.alive)
        self._turns = TurnTaking()
        self._held: set[str] = set()
        self._room_changed = False

    @property
    def waiting(self) -> int:
        """How many requests wait, all cards together."""
        return self._bounds.waiting

    @property
    def running(self) -> int:
        """How many requests hold a slot, or are about to."""
        return sum(len(line.seats) for line in self._lines.values())

    def cards(self) -> Iterator[str]:
        """The cards that are resident or asked for."""
        return iter(self._lines)

    def used(self, card: str) -> int:
        """How many slots of the card are taken."""
        return len(self._lines[card].seats) if card in self._lines else 0

    def queued(self, card: str) -> int:
        """How many requests wait for the card."""
        return len(self._lines[card].queue) if card in self._lines else 0

    def queued_bulk(self, card: str) -> int:
        """How many of those are bulk."""
        return self._lines[card].queue.bulk if card in self._lines else 0

    def capacity(self, card: str) -> int:
        """How many rows the card may run at once just now; 0 while it is not resident."""
        return self._lines[card].capacity if card in self._lines else 0

    def in_use(self, card: str) -> bool:
        """Whether a request holds a slot of the card."""
        return card in self._lines and bool(self._lines[card].seats)

    def alive(self, key: int) -> bool:
        """Whether the request has not ended yet."""
        return key in self._seats and self._seats[key].state is not State.ENDED

    def lines(self) -> Iterator[Line]:
        """Every card's line: to look at, not to change."""
        return iter(self._lines.values())

    def _is_waiting(self, key: int) -> bool:
        return key in self._seats and self._seats[key].state is State.WAITING

    def seated(self, card: str) -> Mapping[int, int]:
        """The slots to step, each with its request, oldest admission first."""
        seats = self._lines[card].seats.values() if card in self._lines else ()
        return {s.slot: s.key for s in seats if s.state is State.RUNNING and s.slot is not None}

    # cards come and go

    def open(self, card: str, shape: Shape) -> None:
        """The card is resident now and can take requests."""
        line = self._line(card)
        line.shape, line.capacity = shape, shape.capacity
        self._held.discard(card)

    def shut(self, card: str) -> None:
        """The card has left the device. It must not be in use."""
        line = self._line(card)
        line.shape, line.capacity = None, 0
        self._room_changed = True
        self._tidy(line)

    def hold(self, card: str) -> None:
        """The card does not fit while others are in use.

        Until one of them is idle it is not offered again, and nobody newer than its oldest request
        is admitted anywhere: so the others run dry and nobody waits for ever.
        """
        if self.queued(card):
            self._held.add(card)
        self._room_changed = False

    def make_room(self) -> None:
        """A lease was given back: cards that wait for room may try again."""
        self._room_changed = True

    def narrow(self, card: str, capacity: int) -> None:
        """The device ran out of memory: admit no more rows than this until nobody asks for it."""
        line = self._lines[card]
        line.capacity = max(1, min(line.capacity, capacity))

    def ring(self, card: str) -> None:
        """There is news of rows that are worked on elsewhere."""
        if card in self._lines:
            self._lines[card].news = True

    # requests come and go

    def submit(self, key: int, card: str, user: str, now: float, claim: Claim = _USUAL) -> int:
        """Queue a request; returns its position (0 is next).

        Raises Busy when the queue is full, or full of this user's requests (code "busy_user").
        """
        self._bounds.refuse_if_full(user)
        seat = self._seats[key] = Seat(key, card, user, now, bulk=claim.bulk, work=claim.work)
        seat.run_deadline_s = claim.run_deadline_s
        if claim.weight:
            self._weights[user] = claim.weight
        line = self._line(card)
        line.queue.push(user, key, bulk=claim.bulk, weight=self.weight(user))
        line.moved = True
        self._bounds.count(user, 1)
        if claim.deadline_s is not None:
            self._to_begin.add(now + claim.deadline_s, key)
        seat.position = next(i for i, each in enumerate(line.queue.order()) if each == key)
        return seat.position

    def weight(self, user: str) -> float:
        """How many turns the user has while others have one."""
        return self._weights.get(user, 1.0)

    def end(self, key: int) -> bool:
        """End a request, waiting or running; False when it had ended before."""
        if not self.alive(key):
            return False
        seat = self._seats[key]
        if seat.state is State.WAITING:
            self._leave_queue(seat)
        else:
            self._ended.append(seat)
        seat.state = State.ENDED
        return True

    def expired(self, now: float) -> list[int]:
        """End the requests that waited past their deadline, and return them."""
        late = self._to_begin.missed(now)
        for key in late:
            self.end(key)
        return late

    def overdue(self, now: float) -> list[int]:
        """The requests that have run past their deadline; whoever asks must end them."""
        return self._to_end.missed(now)

    def seat(self, key: int, slot: int) -> None:
        """The family gave the request this slot (even if the request has ended meanwhile)."""
        self._seats[key].slot = slot

    def leaving(self) -> list[Seat]:
        """The requests that ended and still hold a slot: release each, then `vacate` it."""
        leaving, self._ended = self._ended, []
        return leaving

    def vacate(self, key: int) -> None:
        """The slot of an ended request is free again."""
        seat = self._seats.pop(key)
        line = self._lines[seat.card]
        line.leave_seat(key)
        if not line.seats:
            self._room_changed = True
        self._tidy(line)

    def waiting_for(self, card: str) -> list[int]:
        """The requests that wait for the card, next first."""
        return list(self._lines[card].queue.order()) if card in self._lines else []

    def moved(self) -> Iterator[tuple[int, int]]:
        """Requests whose position in the queue is not what was last said, with the new one."""
        for line in self._lines.values():
            if not line.moved:
                continue
            line.moved = False
            for position, key in enumerate(line.queue.order()):
                if self._seats[key].position != position:
                    self._seats[key].position = position
                    yield key, position

    # decisions

    def next_turn(self, now: float) -> Turn | None:
        """Decide what the device does now; None when there is nothing to do yet.

        Lanes take turns by the seconds they have had (`spent`), and within a lane its cards. The
        admitted requests are RUNNING from here.
        """
        barrier = self._barrier()
        ready = [line for line in self._lines.values() if self._due(line, barrier) <= now]
        self.under_way = None
        if not ready:
            self._turns.idle()
            return None
        line = self._turns.next(ready)
        line.news = False
        admitted = self._admit(line, barrier, now) if line.shape is not None else ()
        self.under_way = UnderWay(line.card, line.shape is None, now)
        return Turn(line.card, load=line.shape is None, admit=admitted)

    def spent(self, card: str, step: Step, seconds: float) -> None:
        """The card's turn took so long, and its step was this."""
        self.times.observe(card, step)
        if (line := self._lines.get(card)) is not None:
            self._turns.spent(line, seconds)

    def spent_loading(self, card: str, seconds: float) -> None:
        """Loading the card took so long."""
        if card in self._lines:
            self._turns.spent_loading(seconds)

    def due(self) -> float:
        """When there will be something to do: in the past for now, `math.inf` for never."""
        if self._ended:
            return -math.inf
        barrier = self._barrier()
        lines = (self._due(line, barrier) for line in self._lines.values())
        return min([self._to_begin.next(), self._to_end.next(), *lines])

    def _due(self, line: Line, barrier: int | None) -> float:
        """From when on the card can use a turn."""
        if line.steppable:
            return -math.inf
        if line.seats and not line.free:
            return math.inf
        oldest = line.queue.oldest()
        if oldest is None or (barrier is not None and oldest > barrier):
            return math.inf
        if line.shape is None:
            stuck = line.card in self._held and not self._room_changed
            return math.inf if stuck else -math.inf
        if len(line.queue) >= line.capacity:
            return -math.inf
        return self._seats[oldest].submitted_at + line.shape.linger_s

    def _barrier(self) -> int | None:
        """The oldest request of the cards that wait for room: nobody newer may be admitted."""
        oldest = (self._lines[card].queue.oldest() for card in self._held)
        return min((key for key in oldest if key is not None), default=None)

    def _admit(self, line: Line, barrier: int | None, now: float) -> tuple[int, ...]:
        admitted: list[int] = []
        work = self._work_at_once(line)
        below_share = line.below_share(self.weight)
        while line.free and (not line.seats or line.work + self._oldest_work(line) <= work):
            key = line.queue.pop(barrier, below_share)
            if key is None:
                break
            self._take_seat(line, self._seats[key], now)
            admitted.append(key)
        return tuple(admitted)

    def _oldest_work(self, line: Line) -> float:
        """Of the next request, about: users take turns."""
        oldest = line.queue.oldest()
        return 0.0 if oldest is None else self._seats[oldest].work

    def _take_seat(self, line: Line, seat: Seat, now: float) -> None:
        line.take_seat(seat)
        line.moved = True
        self._bounds.count(seat.user, -1)
        if seat.run_deadline_s is not None:
            self._to_end.add(now + seat.run_deadline_s, seat.key)

    def rows_at_once(self, line: Line) -> int:
        """How many of the rows that it has the card may be given at once."""
        rows = [*line.seats, *line.queue.order()]
        each = sum(self._seats[key].work for key in rows) / len(rows) if rows else 1.0
        most = self._work_at_once(line) / each
        return line.capacity if most >= line.capacity else max(1, int(most))

    def _work_at_once(self, line: Line) -> float:
        """How many usual rows the card may be given, that others are not held up too long."""
        seconds = self._hold_up_s if self.others_at_work(line) else max(ALONE_S, self._hold_up_s)
        return self.times.rows_within(line.card, seconds)

    def others_at_work(self, line: Line) -> bool:
        """Whether another lane has something to do."""
        return any(
            each.shape is not None and each.lane != line.lane and (each.seats or each.queue)
            for each in self._lines.values()
        )

    def _leave_queue(self, seat: Seat) -> None:
        line = self._lines[seat.card]
        line.queue.remove(seat.key)
        line.moved = True
        self._bounds.count(seat.user, -1)
        del self._seats[seat.key]
        self._tidy(line)

    def _line(self, card: str) -> Line:
        return self._lines.setdefault(card, Line(card))

    def _tidy(self, line: Line) -> None:
        """After somebody left: what is over when nobody waits, or nobody is there at all."""
        if line.queue:
            return
        self._held.discard(line.card)
        if line.seats:
            return
        if line.shape is None:
            self._lines.pop(line.card, None)
        else:
            line.capacity = line.shape.capacity
