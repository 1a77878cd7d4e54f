"""What a stroke leaves on the canvas: cover and relief, computed in strips of pixels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from studio.render.finishes.strokes import Strokes

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

_LONG, _WIDE = 160, 2048
_TEXEL = 0.00022
"""Width of a sheet column in units; a bristle is some four columns wide."""
_BEAD = 0.0016
"""Width, in units, over which paint rounds off at a stroke's side."""

_LEAST_THICKNESS = 0.00055


@dataclass(frozen=True, slots=True)
class Boxes:
    """n pixel boxes of one shape, each for one stroke."""

    numbers: Integers
    """[n] which strokes."""
    tops: Integers
    lefts: Integers
    shape: tuple[int, int]


@lru_cache(maxsize=2)
def brush_sheet(size: int) -> Floats:
    """[_LONG, _WIDE, 2]: cover and ridge of a very wide brush, along the stroke and across it;
    what is finer than a pixel of a `size` px picture is averaged. The same for every picture:
    its strokes choose different parts of it."""
    rng = np.random.default_rng(78)
    bristles = _rough(rng, (1, _WIDE), 1.6) + 0.7 * _rough(rng, (1, _WIDE), 9)
    streaks = 0.55 * _rough(rng, (_LONG, _WIDE), 1.8) + 0.75 * bristles
    along = np.linspace(-1, 1, _LONG)[:, None]
    start = 1 - 0.05 * np.abs(_rough(rng, (1, _WIDE), 3))
    stop = 1 - 0.17 * np.abs(_rough(rng, (1, _WIDE), 2) + 0.5 * _rough(rng, (1, _WIDE), 16))
    ends = np.clip((start + along) * 14, 0, 1) * np.clip((stop - along) * 9, 0, 1)
    # The brush runs dry towards the end: only the fuller bristles still paint.
    dry = np.clip(1.55 + 0.5 * streaks - 1.15 * np.clip(along, 0, 1) ** 2, 0, 1)
    ridge = 0.5 + 0.2 * streaks + 0.22 * np.clip(along - 0.5, 0, 1)
    sheet = np.stack([ends * dry, np.clip(ridge, 0, 1.3)], -1)
    texels = 1 / (size * _TEXEL)
    if texels > 1:
        sheet = ndimage.gaussian_filter1d(sheet, 0.5 * texels, axis=1, mode="wrap")
    return sheet.astype(np.float32)


def _rough(rng: np.random.Generator, shape: tuple[int, int], spread: float) -> Floats:
    """Noise of unit spread, long along the stroke and `spread` columns wide."""
    noise = ndimage.gaussian_filter1d(rng.standard_normal(shape), spread, axis=1, mode="wrap")
    if shape[0] > 1:
        noise = ndimage.gaussian_filter1d(noise, 7, axis=0, mode="wrap")
    return np.asarray(noise / noise.std())


def laid(strokes: Strokes, boxes: Boxes, sheet: Floats, size: int) -> tuple[Floats, Floats]:
    """Cover [n, h, w] in 0..1 and fresh paint [n, 4, h, w] (colour, height in units) of the boxes'
    strokes on a `size` px picture."""
    own = boxes.numbers
    cos, sin, bend, wide, long = (
        each.astype(np.float32)[:, None, None]
        for each in (
            np.cos(strokes.angles[own]),
            np.sin(strokes.angles[own]),
            strokes.bends[own],
            strokes.half_widths[own] * size,
            (strokes.half_lengths[own] + 0.5 * strokes.half_widths[own]) * size,
        )
    )
    centre = strokes.centres[own] * size - 0.5
    down = (boxes.tops - centre[:, 1])[:, None] + np.arange(boxes.shape[0])
    over = (boxes.lefts - centre[:, 0])[:, None] + np.arange(boxes.shape[1])
    down, over = down[:, :, None].astype(np.float32), over[:, None, :].astype(np.float32)
    u = over * (cos / long) + down * (sin / long)
    v = down * (cos / wide) - over * (sin / wide)
    v -= bend * (u * u - np.float32(0.3))
    side = (1 - np.abs(v)) * wide
    found = _looked_up(sheet, strokes, own, u, v)
    cover = found[..., 0] * np.clip(side + np.float32(0.5), 0, 1)
    relief = found[..., 1] * np.clip(side * np.float32(1 / (_BEAD * size)), 0, 1)
    slope = np.concatenate([strokes.tints[own], _thickness(strokes, own)[:, None]], 1)
    flat = np.concatenate([strokes.colours[own] - 0.5 * strokes.tints[own], 0 * slope[:, 3:]], 1)
    fresh = relief[:, None] * slope.astype(np.float32)[:, :, None, None]
    fresh += flat.astype(np.float32)[:, :, None, None]
    return cover, fresh


def _thickness(strokes: Strokes, own: Integers) -> Floats:
    """Of the paint, in units: broad brushes carry more."""
    return np.asarray(_LEAST_THICKNESS + 0.016 * strokes.half_widths[own])


def _looked_up(sheet: Floats, strokes: Strokes, own: Integers, u: Floats, v: Floats) -> Floats:
    """The sheet [.., 2] at stroke coordinates; its first row covers nothing."""
    columns = (strokes.half_widths[own] / _TEXEL).astype(np.float32)[:, None, None]
    middle = columns + (strokes.bristles[own, None, None] * (_WIDE - 1 - 2 * columns))
    row = (u * np.float32(0.5 * _LONG) + np.float32(0.5 * _LONG)).astype(np.int32)
    column = (v * columns + middle.astype(np.float32)).astype(np.int32)
    np.clip(row, 0, _LONG - 1, out=row)
    np.clip(column, 0, _WIDE - 1, out=column)
    row *= _WIDE
    row += column
    return sheet.reshape(-1, 2).take(row.ravel(), 0).reshape((*row.shape, 2))


def extents(strokes: Strokes, size: int) -> Integers:
    """[m, 2]: half height and half width of each stroke's box in pixels."""
    wide, cos, sin = strokes.half_widths * size, np.cos(strokes.angles), np.sin(strokes.angles)
    long = strokes.half_lengths * size + 0.5 * wide
    reach = wide * (1 + np.abs(strokes.bends))
    down = np.abs(sin) * long + np.abs(cos) * reach
    over = np.abs(cos) * long + np.abs(sin) * reach
    return np.asarray(np.ceil(np.stack([down, over], 1) + 1), np.int64)
