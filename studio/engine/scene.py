"""What the engine is at, at one moment: taken under its lock, looked at without it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studio.engine.job import Job
from studio.engine.line import LOADING, Line, Shape
from studio.engine.prices import Prices
from studio.engine.scheduler import Scheduler
from studio.engine.turn import UnderWay


@dataclass(frozen=True, slots=True)
class Scenery:
    """One card's work. The jobs live on: how far they are is read when it is needed."""

    card: str
    shape: Shape | None
    """None while it is not resident."""
    slots: int
    """That it may use at once; 0 while it is not resident."""
    only_bulk: bool
    prices: Prices | None
    """None while too little is known of it."""
    running: tuple[Job, ...]
    waiting: tuple[Job, ...]
    """Next first."""
    shares: Mapping[str, float]
    """Slots that each of their users may have while others wait."""

    @property
    def lane(self) -> str:
        return self.shape.lane if self.shape else LOADING

    @property
    def busy(self) -> bool:
        """Whether it has work that takes its turns of the device."""
        return bool(self.running or self.waiting)


@dataclass(frozen=True, slots=True)
class Scene:
    """All cards, and the turn that the device is at."""

    now: float
    cards: Mapping[str, Scenery]
    under_way: UnderWay | None


def scene_of(scheduler: Scheduler, jobs: Mapping[int, Job], now: float) -> Scene:
    """The scene at this moment; the lock must be held."""
    cards = {line.card: _scenery(line, scheduler, jobs) for line in scheduler.lines()}
    return Scene(now, cards, scheduler.under_way)


def _scenery(line: Line, scheduler: Scheduler, jobs: Mapping[int, Job]) -> Scenery:
    times = scheduler.times
    return Scenery(
        card=line.card,
        shape=line.shape,
        slots=scheduler.rows_at_once(line),
        only_bulk=line.only_bulk,
        prices=times.prices(line.card) if times.known(line.card) else None,
        running=tuple(jobs[key] for key in line.seats if key in jobs),
        waiting=tuple(jobs[key] for key in line.queue.order() if key in jobs),
        shares=line.shares(scheduler.weight),
    )
