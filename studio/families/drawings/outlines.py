"""Closed outlines, as points in units: bars, arcs, blobs; placed, turned, bowed, drawn out."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from studio.families.drawings.sheet import Floats, Point, Rng

Outline = list[Point]

_BLOB_POINTS = 56


def placed(points: Sequence[Point], centre: Point, angle: float) -> Outline:
    """Points about (0, 0) turned by an angle (radians) and moved to a centre."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in points]


def bar(centre: Point, length: float, width: float, angle: float, taper: float = 1.0) -> Outline:
    """A bar whose far end is `taper` times as wide as its near end."""
    half, a, b = length / 2, width / 2, width * taper / 2
    return placed([(-half, -a), (half, -b), (half, b), (-half, a)], centre, angle)


def arc(radius: float, start: float, end: float, steps: int = 28) -> Outline:
    """Points on an arc about (0, 0) between two angles (radians)."""
    turns = np.linspace(start, end, steps)
    return [(radius * math.cos(each), radius * math.sin(each)) for each in turns]


def bowed(points: Sequence[Point], bulge: float, steps: int = 7) -> Outline:
    """The outline with every side swelling by `bulge` of its length (0: straight)."""
    if abs(bulge) < 0.01:
        return list(points)
    shares = [step / steps for step in range(steps)]
    outs = [bulge * math.sin(math.pi * t) for t in shares]
    sides = zip(points, [*points[1:], points[0]], strict=True)
    return [aside(a, b, t, out) for a, b in sides for t, out in zip(shares, outs, strict=True)]


def aside(a: Point, b: Point, t: float, out: float) -> Point:
    """A point at share `t` of the way from a to b, `out` of the way's length to its side."""
    (ax, ay), (bx, by) = a, b
    return ax + (bx - ax) * t + (by - ay) * out, ay + (by - ay) * t - (bx - ax) * out


def blob(rng: Rng, centre: Point, radius: float, rough: float, corners: int = 0) -> Floats:
    """A closed outline [n, 2]: a soft lobed shape, or a crooked polygon of `corners`."""
    angles, reach = _crooked(rng, radius, rough, corners) if corners else _lobed(rng, radius, rough)
    angles = angles + rng.uniform(0, 2 * np.pi)
    outline = np.stack([np.cos(angles), np.sin(angles)], 1) * reach[:, None]
    return np.asarray(outline + np.asarray(centre))


def _crooked(rng: Rng, radius: float, rough: float, corners: int) -> tuple[Floats, Floats]:
    """Angles and radii of the corners of an uneven polygon."""
    angles = 2 * np.pi * (np.arange(corners) + rng.uniform(-0.3, 0.3, corners)) / corners
    return angles, radius * (1 + rough * rng.uniform(-0.5, 0.5, corners))


def _lobed(rng: Rng, radius: float, rough: float) -> tuple[Floats, Floats]:
    """Angles and radii of a circle with two to five lobes of chance size."""
    angles = np.linspace(0, 2 * np.pi, _BLOB_POINTS, endpoint=False)
    reach = np.full(_BLOB_POINTS, radius)
    for wave in range(2, 6):
        phase, size = rng.uniform(0, 2 * np.pi), rng.normal(0, rough / wave)
        reach = reach + radius * size * np.cos(wave * angles + phase)
    return angles, reach


def turned(outline: Floats, angle: float, squeeze: float = 1.0) -> Floats:
    """An outline squeezed across its length, then turned by an angle, about its middle."""
    middle = outline.mean(0)
    flat = (outline - middle) * np.array([1.0, squeeze])
    return np.asarray(spun(flat, angle) + middle)


def spun(points: Floats, angle: float) -> Floats:
    """Points [n, 2] turned about (0, 0) by an angle (radians)."""
    cos, sin = np.cos(angle), np.sin(angle)
    return np.asarray(points @ np.array([[cos, sin], [-sin, cos]]))
