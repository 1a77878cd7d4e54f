"""Lanes take turns on the device, and within a lane its cards, by the seconds they have had."""

from __future__ import annotations

from collections.abc import Sequence

from studio.engine.line import LOADING, Line
from studio.engine.time_shares import TimeShares

BULK_PRICE = 4.0
"""A second of the device counts so much when only bulk asked for it."""


class TurnTaking:
    """Whose turn it is among the lines that have something to do."""

    def __init__(self) -> None:
        self._lanes = TimeShares()
        self._cards: dict[str, TimeShares] = {}
        """Within each lane."""

    def next(self, ready: Sequence[Line]) -> Line:
        """One of these, at least one."""
        lane = self._lanes.next({line.lane: None for line in ready})
        cards = {line.card: line for line in ready if line.lane == lane}
        return cards[self._cards.setdefault(lane, TimeShares()).next(cards)]

    def idle(self) -> None:
        """Nobody has anything to do."""
        self._lanes.idle()

    def spent(self, line: Line, seconds: float) -> None:
        """The line had the device for so long. Bulk pays more for a second, so that what people
        wait for has the most turns."""
        price = BULK_PRICE if line.only_bulk else 1.0
        self._lanes.spent(line.lane, price * seconds)
        self._cards.setdefault(line.lane, TimeShares()).spent(line.card, price * seconds)

    def spent_loading(self, seconds: float) -> None:
        """A card was put on the device in so long."""
        self._lanes.spent(LOADING, seconds)
