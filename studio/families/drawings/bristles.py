"""Bristle strokes: a swept brush that thins out into streaks, as hard mask and relief."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet

_STREAKS = 64
_ALONG = 256


def stroke_coordinates(
    sheet: Sheet, path: Sequence[Point], half_width: float
) -> tuple[Floats, Floats]:
    """For every pixel: how far along the path (0..1) and across it (-1..1 inside the brush).

    Pixels that the brush does not reach have |across| > 1. The nearest segment counts."""
    shape = (sheet.height, sheet.width)
    along, across = np.zeros(shape, np.float32), np.full(shape, 9.0, np.float32)
    nearest = np.full(shape, np.inf, np.float32)
    points = np.asarray(path, np.float32)
    lengths = np.hypot(*np.diff(points, axis=0).T)
    total, walked = max(float(lengths.sum()), 1e-6), 0.0
    for start, end, length in zip(points[:-1], points[1:], lengths, strict=True):
        box = _window(sheet, start, end, half_width)
        if length > 1e-6 and box is not None:
            t, far, side = _from_segment(sheet, box, start, (end - start) / length, length)
            closer = far < nearest[box]
            nearest[box] = np.where(closer, far, nearest[box])
            along[box] = np.where(closer, (walked + t) / total, along[box])
            across[box] = np.where(closer, np.copysign(far, side) / half_width, across[box])
        walked += float(length)
    return along, across


def _from_segment(
    sheet: Sheet, box: tuple[slice, slice], start: Floats, way: Floats, length: float
) -> tuple[Floats, Floats, Floats]:
    """How far along a segment the pixels of a box lie, how far from it, and on which side."""
    dx, dy = way
    px, py = sheet.x[box] - start[0], sheet.y[box] - start[1]
    t = np.clip(px * dx + py * dy, 0, length)
    return t, np.hypot(px - t * dx, py - t * dy), py * dx - px * dy


def _window(
    sheet: Sheet, a: Sequence[float] | Floats, b: Sequence[float] | Floats, reach: float
) -> tuple[slice, slice] | None:
    """The rows and columns of pixels within `reach` of a segment; None when outside."""
    spans = []
    for axis, size in ((1, sheet.height), (0, sheet.width)):
        low = int((min(a[axis], b[axis]) - reach) * sheet.unit) - 1
        high = int((max(a[axis], b[axis]) + reach) * sheet.unit) + 2
        if high <= 0 or low >= size:
            return None
        spans.append(slice(max(0, low), min(size, high)))
    return spans[0], spans[1]


def bristled(
    sheet: Sheet, path: Sequence[Point], half_width: float, rng: Rng, dryness: float = 0.5
) -> tuple[Mask, Floats]:
    """A brush stroke along a path: where it covers, and its relief [h, w] in -1..1.

    `dryness` 0 full of paint .. 1 breaking into streaks towards its end."""
    streaks = rng.standard_normal((_STREAKS, 1)) + 0.5 * _smooth(rng)
    streaks = np.asarray((streaks - streaks.mean()) / streaks.std(), np.float32)
    along, across = stroke_coordinates(sheet, path, half_width)
    row = np.clip(((across + 1) * 0.5 * _STREAKS).astype(int), 0, _STREAKS - 1)
    column = np.clip((along * _ALONG).astype(int), 0, _ALONG - 1)
    streak = streaks[row, column]
    worn = dryness * (2.2 * along**2 - 0.4) + 0.6 * dryness * np.abs(across) ** 3
    inside = np.abs(across) < 1 - 0.12 * np.abs(streak) * (0.3 + dryness)
    mask = inside & (streak > 3.2 * worn - 3)
    relief = np.clip(0.4 * streak + 0.25 * np.abs(across) ** 4, -1, 1)
    return np.asarray(mask), np.asarray(relief, np.float32)


def _smooth(rng: Rng) -> Floats:
    """Noise [streaks, along] that is long along the stroke."""
    noise = rng.standard_normal((_STREAKS, _ALONG + 32))
    total = np.cumsum(noise, 1)
    return np.asarray((total[:, 32:] - total[:, :-32]) / np.sqrt(32), np.float32)
