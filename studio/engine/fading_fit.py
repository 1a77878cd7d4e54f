"""Least squares in which older observations fade, of relative errors: pure arithmetic.

L. Ljung: System Identification, 2nd ed. 1999, section 11.2. Errors are relative to what was to be
expected and a mean observation together, so that none counts for much because little was expected
of it. What the last observations say nothing of keeps its weight, by a little ridge around the
weights that were known. No weight is negative.
"""

from __future__ import annotations

from collections.abc import Sequence

_FADE = 0.98
_NEWEST = 0.05
_ENOUGH = 4
"""Observations before anything is foretold."""
_RIDGE = 1e-3
_OUTLIER = 3.0
"""A value that is so many times what was expected and a mean one together counts as this."""
_LEAST = 1e-6

Row = list[float]


class FadingFit:
    """value = the sum of weight * term, with weights of at least 0."""

    def __init__(self, terms: int) -> None:
        self._terms = range(terms)
        self._number = 0
        self._mean = 0.0
        """Of the last values, whatever their terms."""
        self._products = [[0.0] * terms for _ in self._terms]
        self._targets = [0.0] * terms
        self._usual = [0.0] * terms
        """The square that a term has where it is there at all: what counts as little of it."""
        self._weights = [0.0] * terms
        self._solved = True

    @property
    def known(self) -> bool:
        """Whether there were enough observations."""
        return self._number >= _ENOUGH

    @property
    def weights(self) -> Sequence[float]:
        """What was learnt."""
        if not self._solved:
            self._weights, self._solved = self._found(), True
        return self._weights

    def value(self, *terms: float) -> float:
        """What is to be expected."""
        return sum(weight * term for weight, term in zip(self.weights, terms, strict=True))

    def add(self, value: float, *terms: float) -> None:
        """Learn from an observation."""
        expected = self.value(*terms) if self.known else value
        self._mean += max(_NEWEST, 1 / (self._number + 1)) * (value - self._mean)
        like = max(expected + self._mean, _LEAST)
        value = min(value, _OUTLIER * like)
        for i in self._terms:
            if terms[i]:
                self._usual[i] = max(_FADE * self._usual[i], (terms[i] / like) ** 2)
            self._targets[i] = _FADE * self._targets[i] + terms[i] * value / like**2
            for j in self._terms:
                product = terms[i] * terms[j] / like**2
                self._products[i][j] = _FADE * self._products[i][j] + product
        self._number += 1
        self._solved = False

    def _found(self) -> Row:
        """A negative weight is set to 0 and the rest is solved again. Terms that were never there
        are left out."""
        ridge = [_RIDGE * max(self._products[i][i], self._usual[i]) for i in self._terms]
        free = [i for i in self._terms if self._usual[i] > 0]
        weights = [0.0 for _ in self._terms]
        while free:
            matrix = [
                [self._products[i][j] + (ridge[i] if i == j else 0.0) for j in free] for i in free
            ]
            right = [self._targets[i] + ridge[i] * self._weights[i] for i in free]
            found = _solved(matrix, right)
            if min(found) >= 0:
                for i, each in zip(free, found, strict=True):
                    weights[i] = each
                break
            free = [i for i, each in zip(free, found, strict=True) if each > 0]
        return weights


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
