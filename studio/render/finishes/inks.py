"""Spot colours for a picture: which two to four inks, printed over each other, give its colours.

Inks multiply (their absorbances add). Candidates are the picture's own colours; every set is
tried, each colour's coverages are solved by projected gradient, and the set with the least error
in OKLab wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.render.oklab import oklab

Floats = NDArray[np.floating[Any]]

PAPER = np.array([0.953, 0.937, 0.906])
_STEPS = 60
_CANDIDATES = 7
_THIN = 0.035
"""Least share of the error that another ink must take away."""


@dataclass(frozen=True, slots=True)
class Separation:
    """n inks and how much of each every colour needs."""

    absorbances: Floats
    """[n, 3], of a solid print on the paper."""
    coverages: Floats
    """[k, n] 0..1, for each of the picture's colours."""


def separated(colours: Floats, shares: Floats, most: int) -> Separation:
    """The inks for colours [k, 3] (sRGB) with area shares [k]: two to `most`, dark ones last."""
    dense = -np.log(np.clip(colours / PAPER, 0.06, 1))
    weights = np.sqrt(shares)
    candidates = _candidates(dense, weights)
    best: Separation | None = None
    least = np.inf
    for count in range(1, most + 1):
        for chosen in combinations(candidates, count):
            found = _solved(dense, dense[list(chosen)])
            error = _error(found, colours, weights) + _THIN * count * 0.05
            if error < least:
                best, least = found, error
    assert best is not None
    order = np.argsort(best.absorbances.sum(1))
    return Separation(best.absorbances[order], best.coverages[:, order])


def _candidates(dense: Floats, weights: Floats) -> list[int]:
    """Colours that could be inks: not the paper, the weightiest first."""
    strength = dense.max(1) * weights
    order = [int(each) for each in np.argsort(-strength) if dense[each].max() > 0.12]
    return order[:_CANDIDATES] or [int(np.argmax(strength))]


def _solved(dense: Floats, inks: Floats) -> Separation:
    """Coverages [k, n] in 0..1 that come nearest to the absorbances [k, 3]."""
    square = inks @ inks.T
    step = 1 / max(float(np.linalg.norm(square, 2)), 1e-6)
    coverages = np.full((len(dense), len(inks)), 0.3)
    for _ in range(_STEPS):
        coverages = np.clip(coverages - step * (coverages @ square - dense @ inks.T), 0, 1)
    return Separation(inks, coverages)


def _error(found: Separation, colours: Floats, weights: Floats) -> float:
    printed = PAPER * np.exp(-found.coverages @ found.absorbances)
    away = np.linalg.norm(oklab(printed) - oklab(colours), axis=1)
    return float((weights * away).sum() / weights.sum())
