"""One card's line: who waits for it, and who holds one of its slots."""

from __future__ import annotations

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


@dataclass(slots=True)
class Line:
    """One card's requests: `queue` waits, `seats` are on the device or about to leave it."""

    card: str
    shape: Shape | None = None
    capacity: int = 0
    queue: FairQueue = field(default_factory=FairQueue)
    seats: dict[int, Seat] = field(default_factory=dict)
    turn: int = 0
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
    def steppable(self) -> bool:
        """Whether a step would do something."""
        quiet = self.shape is not None and self.shape.outside and not self.news
        return bool(self.seats) and not quiet
