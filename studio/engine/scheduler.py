"""Whose turn it is on the device: pure decisions, no threads, no torch, the clock an argument.

    WAITING ──next_turn──▶ RUNNING ──end──▶ ENDED ──vacate──▶ forgotten
       └───────────────end──────────────────▲

A request that runs keeps its seat until the worker has released the slot: only the device thread
may do that, between two steps.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from studio.engine.line import Line, Seat, Shape, State
from studio.errors import Busy


@dataclass(frozen=True, slots=True)
class Turn:
    """What the device does next: load a card, or admit these requests and step the card's rows."""

    card: str
    load: bool
    admit: tuple[int, ...] = ()


class Scheduler:
    """Queues per card, lanes that take turns, users that take turns, deadlines and lingering."""

    def __init__(self, max_queue: int) -> None:
        self._max_queue = max_queue
        self._lines: dict[str, Line] = {}
        self._seats: dict[int, Seat] = {}
        self._deadlines: list[tuple[float, int]] = []
        self._ended: list[Seat] = []
        self._lane_turn: dict[str, int] = {}
        self._turns = 0
        self._waiting = 0
        self._held: set[str] = set()
        self._room_changed = False

    @property
    def waiting(self) -> int:
        """How many requests wait, all cards together."""
        return self._waiting

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

    def capacity(self, card: str) -> int:
        """How many rows the card may run at once just now; 0 while it is not resident."""
        return self._lines[card].capacity if card in self._lines else 0

    def in_use(self, card: str) -> bool:
        """Whether a request holds a slot of the card."""
        return card in self._lines and bool(self._lines[card].seats)

    def alive(self, key: int) -> bool:
        """Whether the request has not ended yet."""
        return key in self._seats and self._seats[key].state is not State.ENDED

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

    def submit(
        self, key: int, card: str, user: str, now: float, deadline_s: float | None = None
    ) -> int:
        """Queue a request; returns its position (0 is next). Raises Busy when the queue is full."""
        if self._waiting >= self._max_queue:
            raise Busy(self._waiting)
        seat = self._seats[key] = Seat(key, card, user, now)
        line = self._line(card)
        line.queue.push(user, key)
        line.moved = True
        self._waiting += 1
        if deadline_s is not None:
            heapq.heappush(self._deadlines, (now + deadline_s, key))
        seat.position = next(i for i, each in enumerate(line.queue.order()) if each == key)
        return seat.position

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
        late = []
        while self._deadlines and self._deadlines[0][0] <= now:
            key = heapq.heappop(self._deadlines)[1]
            if self._is_waiting(key):
                self.end(key)
                late.append(key)
        return late

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
        del line.seats[key]
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

        Lanes take turns, and within a lane its cards. The admitted requests are RUNNING from here.
        """
        barrier = self._barrier()
        ready = [line for line in self._lines.values() if self._due(line, barrier) <= now]
        if not ready:
            return None
        line = min(ready, key=lambda each: (self._lane_turn.get(each.lane, 0), each.turn))
        self._turns += 1
        line.turn = self._lane_turn[line.lane] = self._turns
        line.news = False
        if line.shape is None:
            return Turn(line.card, load=True)
        return Turn(line.card, load=False, admit=self._admit(line, barrier))

    def due(self) -> float:
        """When there will be something to do: in the past for now, `math.inf` for never."""
        if self._ended:
            return -math.inf
        while self._deadlines and not self._is_waiting(self._deadlines[0][1]):
            heapq.heappop(self._deadlines)
        barrier = self._barrier()
        deadline = self._deadlines[0][0] if self._deadlines else math.inf
        return min([deadline, *(self._due(line, barrier) for line in self._lines.values())])

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

    def _admit(self, line: Line, barrier: int | None) -> tuple[int, ...]:
        admitted = []
        while line.free and (key := line.queue.pop(barrier)) is not None:
            seat = line.seats[key] = self._seats[key]
            seat.state = State.RUNNING
            self._waiting -= 1
            line.moved = True
            admitted.append(key)
        return tuple(admitted)

    def _leave_queue(self, seat: Seat) -> None:
        line = self._lines[seat.card]
        line.queue.remove(seat.user, seat.key)
        line.moved = True
        self._waiting -= 1
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
