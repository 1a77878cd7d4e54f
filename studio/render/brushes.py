"""Brush marks: what one stroke covers and how thick the paint lies there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.render.strokes import BRUSHES, Strokes

Floats = NDArray[np.floating[Any]]
Numbers = NDArray[np.int64]

_BRUSH_LONG, _BRUSH_WIDE = 96, 32
_GROWTH = 1.35
"""Strokes of similar extent are computed together; extents are rounded up by this factor."""
_MOST_PIXELS = 2_000_000


@dataclass(frozen=True, slots=True)
class Mark:
    """One stroke in pixels: `cover` 0..1 and `ridge` [h, w], from (top, left)."""

    top: int
    left: int
    cover: Floats
    ridge: Floats
    thickness: float


def brushes_of(seed: int) -> Floats:
    """[12, 96, 32, 2]: cover and height of brush marks, along and across."""
    rng = np.random.default_rng([seed % 2**63, 78])
    along = np.linspace(-1, 1, _BRUSH_LONG)[:, None]
    across = np.linspace(-1, 1, _BRUSH_WIDE)[None]
    marks = []
    for _ in range(BRUSHES):
        bristles = _rough(rng, (1, _BRUSH_WIDE), 1.2)
        streaks = _rough(rng, (_BRUSH_LONG, _BRUSH_WIDE), 1.0) * 0.5 + bristles
        ends = 1 - 0.16 * np.abs(_rough(rng, (1, _BRUSH_WIDE), 1.5))
        cover = np.clip((ends - np.abs(along)) * 9, 0, 1) * np.clip((1 - np.abs(across)) * 5, 0, 1)
        dry = np.clip(1.25 + 0.5 * streaks - 0.55 * np.clip(along, 0, 1) ** 2, 0, 1)
        ridge = 0.5 + 0.28 * streaks + 0.35 * np.abs(across) ** 4 + 0.2 * np.clip(along, 0, 1) ** 3
        marks.append(np.stack([cover * dry, np.clip(ridge, 0, 1.4)], -1))
    return np.stack(marks).astype(np.float32)


def _rough(rng: np.random.Generator, shape: tuple[int, int], spread: float) -> NDArray[np.float64]:
    """Noise of unit spread, long along the stroke and `spread` bristles wide."""
    noise = rng.standard_normal(shape)
    kernel = np.exp(-0.5 * (np.arange(-3, 4) / spread) ** 2)
    noise = np.apply_along_axis(np.convolve, 1, noise, kernel, "same")
    if shape[0] > 1:
        long = np.hanning(25)
        noise = np.apply_along_axis(np.convolve, 0, noise, long, "same")
    return np.asarray((noise - noise.mean()) / noise.std())


def brush_marks(strokes: Strokes, numbers: Numbers, brushes: Floats, size: int) -> list[Mark]:
    """The marks of these strokes on a picture whose longer edge is `size` px."""
    extents = _extents(strokes, numbers, size)
    found: dict[int, Mark] = {}
    for extent in np.unique(extents, axis=0):
        members = np.nonzero((extents == extent).all(1))[0]
        room = max(1, _MOST_PIXELS // int(np.prod(2 * extent + 1)))
        for start in range(0, len(members), room):
            part = members[start : start + room]
            marks = _same_extent(strokes, numbers[part], brushes, size, extent)
            found.update(zip(part.tolist(), marks, strict=True))
    return [found[place] for place in range(len(numbers))]


def _extents(strokes: Strokes, numbers: Numbers, size: int) -> Numbers:
    """Half height and half width of each stroke's box, [m, 2] px, rounded up in steps."""
    wide = strokes.half_widths[numbers] * size
    long = strokes.half_lengths[numbers] * size + 0.5 * wide
    cos, sin = np.abs(np.cos(strokes.angles[numbers])), np.abs(np.sin(strokes.angles[numbers]))
    reach = wide * (1 + np.abs(strokes.bends[numbers]))
    exact = np.stack([sin * long + cos * reach, cos * long + sin * reach], 1) + 2
    steps = np.ceil(np.log(exact) / np.log(_GROWTH))
    return np.asarray(np.ceil(_GROWTH**steps), np.int64)


def _same_extent(
    strokes: Strokes, numbers: Numbers, brushes: Floats, size: int, extent: Numbers
) -> list[Mark]:
    x, y = (strokes.centres[numbers] * size).T
    top, left = np.floor(y).astype(int) - extent[0], np.floor(x).astype(int) - extent[1]
    down = (top - y)[:, None] + np.arange(2 * extent[0] + 1)
    over = (left - x)[:, None] + np.arange(2 * extent[1] + 1)
    down, over = down[:, :, None].astype(np.float32), over[:, None, :].astype(np.float32)
    cos, sin, bend, wide = (
        each.astype(np.float32)[:, None, None]
        for each in (
            np.cos(strokes.angles[numbers]),
            np.sin(strokes.angles[numbers]),
            strokes.bends[numbers],
            strokes.half_widths[numbers] * size,
        )
    )
    long = strokes.half_lengths[numbers].astype(np.float32)[:, None, None] * size + 0.5 * wide
    u = (over * cos + down * sin) / long
    v = (down * cos - over * sin) / wide - bend * (u * u - 0.3)
    cover, ridge = _looked_up(brushes, strokes.brushes[numbers], u, v)
    thickness = 0.35 + 6 * strokes.half_widths[numbers]
    return [
        Mark(int(t), int(s), c, r, float(k))
        for t, s, c, r, k in zip(top, left, cover, ridge, thickness, strict=True)
    ]


def _looked_up(brushes: Floats, which: Numbers, u: Floats, v: Floats) -> tuple[Floats, Floats]:
    """Cover and ridge at brush coordinates -1..1; nothing outside them."""
    # Just below 1, float32 rounds up to the size itself: one past the last cell.
    i = np.minimum(((u + 1) * (0.5 * _BRUSH_LONG)).astype(np.int32), _BRUSH_LONG - 1)
    j = np.minimum(((v + 1) * (0.5 * _BRUSH_WIDE)).astype(np.int32), _BRUSH_WIDE - 1)
    inside = (np.abs(u) < 1) & (np.abs(v) < 1)
    flat = (which[:, None, None] * _BRUSH_LONG + i) * _BRUSH_WIDE + j
    marks = brushes.reshape(-1, 2)[np.where(inside, flat, 0)]
    return marks[..., 0] * inside, marks[..., 1]
