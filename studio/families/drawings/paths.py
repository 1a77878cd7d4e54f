"""Paths that lines follow, and the directions a wish asks for. All lengths in units."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import Floats, Point, Rng


def heading(rng: Rng, wish: Wish) -> float:
    """A main direction (radians): level or upright without movement, diagonal with much."""
    axis = np.pi / 2 * int(rng.integers(2))
    side = 1 if rng.random() < 0.5 else -1
    lean = np.arcsin(np.clip(wish.movement, 0, 1)) / 2
    return float(axis + side * lean + rng.normal(0, 0.03))


def beside(rng: Rng, main: float, wish: Wish, crossing: float = 0.3) -> float:
    """A direction near the main one, sometimes square to it; stricter with more angularity."""
    turn = np.pi / 2 if rng.random() < crossing * (1.3 - 0.6 * wish.angularity) else 0.0
    loose = 0.03 + 0.7 * (1 - wish.angularity) ** 1.3 * (0.1 + 0.9 * wish.movement)
    return float(main + turn + rng.normal(0, loose))


def bend(wish: Wish, most: float) -> float:
    """How much lines turn (radians): less when angular, and less when still."""
    return float(most * (1 - wish.angularity) ** 1.3 * (0.2 + 0.8 * wish.movement))


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
    bends = rng.standard_normal(knots) * turn
    at = np.linspace(0, knots - 1, samples)
    stepped = rng.random() < sharp
    bent = bends[np.rint(at).astype(int)] if stepped else np.interp(at, _grid(knots), bends)
    angle = direction + bent
    steps = np.stack([np.cos(angle), np.sin(angle)], 1) * (length / samples)
    path = np.cumsum(steps, 0)
    return np.asarray(path - path[samples // 2] + np.asarray(middle))


def _grid(count: int) -> Floats:
    return np.arange(count, dtype=float)


def swelling(rng: Rng, samples: int, least: float, most: float, knots: int = 6) -> Floats:
    """Half widths [samples] that swell and thin between two numbers along a line."""
    values = rng.uniform(least, most, knots)
    return np.asarray(np.interp(np.linspace(0, knots - 1, samples), _grid(knots), values))


def blob(rng: Rng, centre: Point, radius: float, rough: float, corners: int = 0) -> Floats:
    """A closed outline [n, 2]: a soft lobed shape, or a crooked polygon of `corners`."""
    if corners:
        angles = 2 * np.pi * (np.arange(corners) + rng.uniform(-0.3, 0.3, corners)) / corners
        reach = radius * (1 + rough * rng.uniform(-0.5, 0.5, corners))
    else:
        angles = np.linspace(0, 2 * np.pi, 56, endpoint=False)
        reach = np.full(56, radius)
        for wave in range(2, 6):
            phase, size = rng.uniform(0, 2 * np.pi), rng.normal(0, rough / wave)
            reach = reach + radius * size * np.cos(wave * angles + phase)
    angles = angles + rng.uniform(0, 2 * np.pi)
    outline = np.stack([np.cos(angles), np.sin(angles)], 1) * reach[:, None]
    return np.asarray(outline + np.asarray(centre))


def turned(outline: Floats, angle: float, squeeze: float = 1.0) -> Floats:
    """An outline squeezed across its length, then turned by an angle, about its middle."""
    middle = outline.mean(0)
    flat = (outline - middle) * np.array([1.0, squeeze])
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(flat @ np.array([[cos, sin], [-sin, cos]]) + middle)
