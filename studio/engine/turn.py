"""What the device does next, and what it is at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """What the device does next: load a card, or admit these requests and step the card's rows."""

    card: str
    load: bool
    admit: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A turn that is not over."""

    card: str
    load: bool
    since: float
