"""Flat brushes: bristle strokes with square, ragged ends."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.families.drawings.bristles import bristled
from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet

_HAIRS = 72


def flat_stroke(
    sheet: Sheet, path: Sequence[Point], half_width: float, rng: Rng, dryness: float = 0.5
) -> tuple[Mask, Floats]:
    """Where a flat brush covers along a path, and its relief [h, w] in -1..1."""
    mask, relief = bristled(sheet, path, half_width, rng, dryness)
    for end, inner in ((path[0], path[1]), (path[-1], path[-2])):
        ragged = _ragged(rng) * half_width
        _cut(sheet, mask, end, inner, half_width, ragged)
    return mask, relief


def _ragged(rng: Rng) -> Floats:
    """How far each hair stops before or after the end: a slant, tufts and single hairs."""
    slant = np.linspace(-1, 1, _HAIRS) * rng.normal(0, 0.2)
    tufts = np.interp(np.linspace(0, 9, _HAIRS), np.arange(10), rng.normal(0, 0.22, 10))
    return np.asarray(slant + tufts + rng.normal(0, 0.1, _HAIRS) - 0.1)


def _cut(
    sheet: Sheet, mask: Mask, end: Point, inner: Point, half_width: float, ragged: Floats
) -> None:
    """Take away what lies beyond the end of the path, a little uneven across it."""
    reach = 1.6 * half_width * sheet.unit
    column, row = end[0] * sheet.unit, end[1] * sheet.unit
    box = (_span(row, reach, sheet.height), _span(column, reach, sheet.width))
    away = max(float(np.hypot(inner[0] - end[0], inner[1] - end[1])), 1e-9)
    cos, sin = (inner[0] - end[0]) / away, (inner[1] - end[1]) / away
    x, y = sheet.x[box] - end[0], sheet.y[box] - end[1]
    across = (y * cos - x * sin) / half_width
    place = np.clip(((across + 1) * 0.5 * _HAIRS).astype(int), 0, _HAIRS - 1)
    near = x * x + y * y < (1.3 * half_width) ** 2
    mask[box] &= (x * cos + y * sin > ragged[place]) | ~near


def _span(middle: float, reach: float, size: int) -> slice:
    low, high = int(middle - reach), int(middle + reach) + 1
    return slice(min(max(low, 0), size), min(max(high, 0), size))
