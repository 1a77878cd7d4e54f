"""How long a step of a card takes, learnt from the steps that were: pure arithmetic.

    seconds = a + b * rows + c * joining

`joining` are the rows that are admitted in this turn (their prompt is read). Least squares in
which older turns fade (L. Ljung: System Identification, 2nd ed. 1999, section 11.2), a little
ridge for cards whose rows all join (pictures), and no negative price of a row.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

_FADE = 0.98
_ENOUGH = 4
"""Turns before anything is foretold."""
_RIDGE = 1e-3
_OUTLIER = 4.0
"""A turn that took so many times what was expected (a hiccup of the machine) counts as this."""

Row = list[float]


@dataclass(slots=True)
class _Fit:
    """Sums over the turns of one card, and the prices that follow from them."""

    turns: int = 0
    products: list[Row] = field(default_factory=lambda: [[0.0] * 3 for _ in range(3)])
    targets: Row = field(default_factory=lambda: [0.0] * 3)
    prices: tuple[float, float, float] | None = None

    def add(self, told: Row, seconds: float) -> None:
        for i in range(3):
            self.targets[i] = _FADE * self.targets[i] + told[i] * seconds
            for j in range(3):
                self.products[i][j] = _FADE * self.products[i][j] + told[i] * told[j]
        self.turns += 1
        self.prices = None

    def solved(self) -> tuple[float, float, float]:
        if self.prices is None:
            self.prices = _prices(self.products, self.targets)
        return self.prices


class StepTimes:
    """Seconds of a turn, by card."""

    def __init__(self) -> None:
        self._fits: dict[str, _Fit] = {}

    def observe(self, card: str, rows: int, joining: int, seconds: float) -> None:
        """A turn of so many rows, `joining` of them new, took so long."""
        if rows <= 0:
            return
        if self.known(card):
            seconds = min(seconds, _OUTLIER * max(self.seconds(card, rows, joining), 1e-6))
        self._fits.setdefault(card, _Fit()).add([1.0, float(rows), float(joining)], seconds)

    def known(self, card: str) -> bool:
        """Whether enough turns of the card were seen."""
        return card in self._fits and self._fits[card].turns >= _ENOUGH

    def prices(self, card: str) -> tuple[float, float, float]:
        """Seconds of a turn, of a row in it, and of a row that joins in it; only when `known`."""
        return self._fits[card].solved()

    def seconds(self, card: str, rows: float, joining: float = 0.0) -> float:
        """How long a turn will take; only when `known`."""
        turn, row, new = self.prices(card)
        return turn + row * rows + new * joining

    def rows_within(self, card: str, seconds: float) -> float:
        """How many new rows fit a turn of so many seconds; at least 1, `math.inf` when unknown."""
        if not self.known(card):
            return math.inf
        turn, row, new = self.prices(card)
        return max(1.0, (seconds - turn) / (row + new)) if row + new > 0 else math.inf


def _prices(products: list[Row], targets: Row) -> tuple[float, float, float]:
    """The least squares prices; a negative one is set to 0 and the rest is solved again."""
    free = [0, 1, 2]
    while free:
        found = _solved([[products[i][j] for j in free] for i in free], [targets[i] for i in free])
        if min(found) >= 0:
            prices = dict(zip(free, found, strict=True))
            return prices.get(0, 0.0), prices.get(1, 0.0), prices.get(2, 0.0)
        free = [i for i, each in zip(free, found, strict=True) if each > 0]
    return 0.0, 0.0, 0.0


def _solved(matrix: list[Row], right: Row) -> Row:
    """The ridge solution, by Gauss-Jordan elimination (the matrix is positive definite)."""
    size = len(right)
    scale = max(matrix[i][i] for i in range(size)) or 1.0
    rows = [[*matrix[i], right[i]] for i in range(size)]
    for i in range(size):
        rows[i][i] += _RIDGE * max(matrix[i][i], 1e-3 * scale)
    for i in range(size):
        pivot = rows[i][i]
        rows[i] = [value / pivot for value in rows[i]]
        for other in range(size):
            if other != i:
                times = rows[other][i]
                rows[other] = [a - times * b for a, b in zip(rows[other], rows[i], strict=True)]
    return [row[size] for row in rows]
