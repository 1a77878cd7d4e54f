"""How long a step of a card takes, learnt from the steps that were: pure arithmetic.

    seconds = a + b * rows + c * joining + d * tokens

`rows` write or paint, `joining` rows are admitted in this turn, `tokens` of prompts are read.
Least squares of relative errors in which older turns fade (L. Ljung: System Identification, 2nd
ed. 1999, section 11.2): relative to what such a turn takes and a mean one does, so that no turn
counts for much because little was expected of it. What the last turns say nothing of keeps its
price, by a little ridge around the prices that were known. No price is negative.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from studio.engine.prices import Prices

_FADE = 0.98
_NEWEST = 0.05
_ENOUGH = 4
"""Turns before anything is foretold."""
_RIDGE = 1e-3
_OUTLIER = 3.0
"""A turn that took so many times what one like it and the last ones took together (a hiccup of the
machine) counts as this."""
_LEAST_S = 1e-6
_TERMS = 4

_FREE = Prices(0.0, 0.0)

Row = list[float]


def _zeros() -> Row:
    return [0.0] * _TERMS


@dataclass(slots=True)
class _Fit:
    """Sums over the turns of one card, and the prices that follow from them."""

    turns: int = 0
    mean_s: float = 0.0
    """Of the last turns, of whatever size."""
    products: list[Row] = field(default_factory=lambda: [_zeros() for _ in range(_TERMS)])
    targets: Row = field(default_factory=_zeros)
    usual: Row = field(default_factory=_zeros)
    """The square that a term has where it is there at all: what counts as little of it."""
    prices: Prices = _FREE
    solved: bool = True

    def add(self, told: Row, seconds: float) -> None:
        likely = self.latest().seconds(*told[1:]) if self.turns >= _ENOUGH else seconds
        self.mean_s += max(_NEWEST, 1 / (self.turns + 1)) * (seconds - self.mean_s)
        like = max(likely + self.mean_s, _LEAST_S)
        seconds = min(seconds, _OUTLIER * like)
        for i in range(_TERMS):
            if told[i]:
                self.usual[i] = max(_FADE * self.usual[i], (told[i] / like) ** 2)
            self.targets[i] = _FADE * self.targets[i] + told[i] * seconds / like**2
            for j in range(_TERMS):
                self.products[i][j] = _FADE * self.products[i][j] + told[i] * told[j] / like**2
        self.turns += 1
        self.solved = False

    def latest(self) -> Prices:
        if not self.solved:
            self.prices = _prices(self.products, self.targets, self.usual, self.prices)
            self.solved = True
        return self.prices


class StepTimes:
    """Seconds of a turn, by card."""

    def __init__(self) -> None:
        self._fits: dict[str, _Fit] = {}

    def observe(
        self, card: str, rows: float, joining: float, seconds: float, tokens: float = 0.0
    ) -> None:
        """A turn took so long: rows that wrote, rows that joined, prompt tokens that were read."""
        if rows <= 0 and tokens <= 0:
            return
        self._fits.setdefault(card, _Fit()).add([1.0, rows, joining, tokens], seconds)

    def known(self, card: str) -> bool:
        """Whether enough turns of the card were seen."""
        return card in self._fits and self._fits[card].turns >= _ENOUGH

    def prices(self, card: str) -> Prices:
        """What its turns cost; only when `known`."""
        return self._fits[card].latest()

    def seconds(self, card: str, rows: float, joining: float = 0.0, tokens: float = 0.0) -> float:
        """How long a turn will take; only when `known`."""
        return self.prices(card).seconds(rows, joining, tokens)

    def rows_within(self, card: str, seconds: float) -> float:
        """How many new rows fit a turn of so many seconds; at least 1, `math.inf` when unknown."""
        if not self.known(card):
            return math.inf
        prices = self.prices(card)
        each_s = prices.row_s + prices.joining_s
        return max(1.0, (seconds - prices.turn_s) / each_s) if each_s > 0 else math.inf


def _prices(products: list[Row], targets: Row, usual: Row, known: Prices) -> Prices:
    """The least squares prices; a negative one is set to 0 and the rest is solved again. Terms
    that were never there are left out."""
    ridge = [_RIDGE * max(products[i][i], usual[i]) for i in range(_TERMS)]
    free = [i for i in range(_TERMS) if usual[i] > 0]
    prices = _zeros()
    while free:
        matrix = [[products[i][j] + (ridge[i] if i == j else 0.0) for j in free] for i in free]
        found = _solved(matrix, [targets[i] + ridge[i] * known[i] for i in free])
        if min(found) >= 0:
            for i, each in zip(free, found, strict=True):
                prices[i] = each
            break
        free = [i for i, each in zip(free, found, strict=True) if each > 0]
    return Prices(*prices)


def _solved(matrix: list[Row], right: Row) -> Row:
    """By Gauss-Jordan elimination: the matrix is positive definite."""
    size = len(right)
    rows = [[*matrix[i], right[i]] for i in range(size)]
    for i in range(size):
        pivot = rows[i][i]
        rows[i] = [value / pivot for value in rows[i]]
        for other in range(size):
            if other != i:
                times = rows[other][i]
                rows[other] = [a - times * b for a, b in zip(rows[other], rows[i], strict=True)]
    return [row[size] for row in rows]
