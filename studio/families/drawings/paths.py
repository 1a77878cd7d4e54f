"""Paths that lines follow, and how wide the lines are on the way. All lengths in units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.families.drawings.sheet import Floats, Point, Rng


def curve(points: Sequence[Point] | Floats, samples: int = 48) -> Floats:
    """A smooth line [samples, 2] through all the points (cubic Hermite, central tangents)."""
    knots = np.asarray(points, float)
    at = np.linspace(0, len(knots) - 1, samples)
    left = np.minimum(at.astype(int), len(knots) - 2)
    t = (at - left)[:, None]
    slopes = np.gradient(knots, axis=0)
    a, b, da, db = knots[left], knots[left + 1], slopes[left], slopes[left + 1]
    back = (1 - t) ** 2
    return np.asarray(
        a * (1 + 2 * t) * back + da * t * back + b * t * t * (3 - 2 * t) + db * t * t * (t - 1)
    )


def wander(
    rng: Rng,
    middle: Point,
    direction: float,
    length: float,
    turn: float,
    sharp: float = 0.0,
    knots: int = 6,
    samples: int = 48,
) -> Floats:
    """A line [samples, 2] round `middle` that strays from its direction by about `turn` radians.

    `sharp` is the chance that it turns in corners and not in bends."""
    angle = direction + _bent(rng, turn, sharp, knots, samples)
    steps = np.stack([np.cos(angle), np.sin(angle)], 1) * (length / samples)
    path = np.cumsum(steps, 0)
    return np.asarray(path - path[samples // 2] + np.asarray(middle))


def _bent(rng: Rng, turn: float, sharp: float, knots: int, samples: int) -> Floats:
    """How far a line has turned [samples], in steps or between knots."""
    bends = rng.standard_normal(knots) * turn
    at = np.linspace(0, knots - 1, samples)
    if rng.random() < sharp:
        return np.asarray(bends[np.rint(at).astype(int)])
    return np.interp(at, np.arange(knots, dtype=float), bends)


def swelling(rng: Rng, samples: int, least: float, most: float, knots: int = 6) -> Floats:
    """Half widths [samples] that swell and thin between two numbers along a line."""
    values = rng.uniform(least, most, knots)
    at = np.linspace(0, knots - 1, samples)
    return np.asarray(np.interp(at, np.arange(knots, dtype=float), values))


def as_points(path: Floats) -> list[Point]:
    """A path [n, 2] as the points that `Sheet` and the brushes take."""
    return [(float(x), float(y)) for x, y in path]
