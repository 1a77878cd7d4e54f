"""One card's line: who waits for it, and who holds one of its slots."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from studio.engine.fair_queue import FairQueue

LOADING = "loading"
"""The lane of cards that are not resident: loads take turns with steps."""


class State(Enum):
    """Where a request is. It only moves forward."""

    WAITING = "waiting"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Shape:
    """What a resident card offers: its lane, rows at once, how long to wait for company."""

    lane: str
    capacity: int
    linger_s: float = 0.0
    outside: bool = False
    """Rows are worked on elsewhere: a step is due only when there is news of them."""
    pieces: tuple[float, float] = (math.inf, math.inf)
    """See `ReadsPrompts.prompt_pieces`."""


@dataclass(frozen=True, slots=True)
class Claim:
    """How a request wants to be treated."""

    bulk: bool = False
    weight: float = 0.0
    """Of its user in the round; 0 takes what is known of the user, or 1."""
    deadline_s: float | None = None
    """How long it may wait."""
    run_deadline_s: float | None = None
    """How long it may run."""
    work: float = 1.0
    """See `Request.work`."""


@dataclass(slots=True)
class Seat:
    """One request, from submission until its slot is free again."""

    key: int
    card: str
    user: str
    submitted_at: float
    state: State = State.WAITING
    slot: int | None = None
    position: int = -1
    bulk: bool = False
    run_deadline_s: float | None = None
    work: float = 1.0


@dataclass(slots=True)
class Line:
    """One card's requests: `queue` waits, `seats` are on the device or about to leave it."""

    card: str
    shape: Shape | None = None
    capacity: int = 0
    queue: FairQueue = field(default_factory=FairQueue)
    seats: dict[int, Seat] = field(default_factory=dict)
    held: Counter[str] = field(default_factory=Counter)
    """How many slots each user has."""
    moved: bool = False
    news: bool = False
    """Somebody rang since the last step (`Shape.outside` only)."""

    @property
    def lane(self) -> str:
        return self.shape.lane if self.shape else LOADING

    @property
    def free(self) -> int:
        return max(0, self.capacity - len(self.seats))

    @property
    def work(self) -> float:
        """Of those that hold a slot, in usual rows."""
        return sum(seat.work for seat in self.seats.values())

    @property
    def only_bulk(self) -> bool:
        """Whether nobody waits at a screen for this card."""
        return len(self.queue) == self.queue.bulk and all(s.bulk for s in self.seats.values())

    def take_seat(self, seat: Seat) -> None:
        """The request has left the queue for a slot."""
        self.seats[seat.key] = seat
        self.held[seat.user] += 1
        seat.state = State.RUNNING

    def leave_seat(self, key: int) -> Seat:
        """The request's slot is free again."""
        seat = self.seats.pop(key)
        self.held[seat.user] -= 1
        if not self.held[seat.user]:
            del self.held[seat.user]
        return seat

    def shares(self, weight_of: Callable[[str], float]) -> dict[str, float]:
        """A fair share of the slots for each who waits or holds one: the card's slots by weight
        among them, rounded up."""
        weights = {user: weight_of(user) for user in {*self.queue.users(), *self.held}}
        slots_a_weight = self.capacity / sum(weights.values()) if weights else math.inf
        return {user: math.ceil(each * slots_a_weight - 1e-9) for user, each in weights.items()}

    def below_share(self, weight_of: Callable[[str], float]) -> Callable[[str], bool]:
        """Whether a user holds less than their share of the slots."""
        shares = self.shares(weight_of)
        return lambda user: self.held[user] < shares[user]

    @property
    def steppable(self) -> bool:
        """Whether a step would do something."""
        quiet = self.shape is not None and self.shape.outside and not self.news
        return bool(self.seats) and not quiet
