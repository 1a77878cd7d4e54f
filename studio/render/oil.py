"""The finish "oil": a composition painted again with brush strokes, at any size.

The strokes are planned once in unit coordinates (`strokes.py`); painting only rasterises the
plan, tile by tile, so 256 px and 4096 px are the same picture without seams.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.brushes import Mark, brush_marks, brushes_of
from studio.render.strokes import PLAN_EDGE, Strokes, planned

Floats = NDArray[np.floating[Any]]
Pixel = tuple[int, int]

_AT_ONCE = 512
"""Strokes whose marks are computed together, then laid one by one."""
_TILE = 1024
_MARGIN = 6
"""Pixels around a tile that its relief needs."""
_RELIEF = 0.62
_WEAVE_THREADS = 260
_LIGHT = (-0.6, -0.8)
"""Where the light comes from (x, y): above, from the left."""


def painted(composition: Image.Image, size: int, seed: int) -> Image.Image:
    """The composition in oil; the longer edge becomes `size` px (256..4096)."""
    strokes = planned(composition, seed)
    long = max(composition.size)
    width, height = (max(1, round(size * each / long)) for each in composition.size)
    canvas = np.empty((height, width, 3), np.uint8)
    brushes = brushes_of(seed)
    ground = composition.convert("RGB").resize((PLAN_EDGE // 8,) * 2, Image.Resampling.BOX)
    for top, left in _tiles(height, width):
        box = (top, left, min(top + _TILE, height), min(left + _TILE, width))
        canvas[box[0] : box[2], box[1] : box[3]] = _tile(
            strokes, brushes, ground, box, size, (height, width)
        )
    return Image.fromarray(canvas)


def _tiles(height: int, width: int) -> Iterator[tuple[int, int]]:
    return ((top, left) for top in range(0, height, _TILE) for left in range(0, width, _TILE))


def _tile(
    strokes: Strokes,
    brushes: Floats,
    ground: Image.Image,
    box: tuple[int, int, int, int],
    size: int,
    whole: tuple[int, int],
) -> NDArray[np.uint8]:
    """The pixels of one tile, painted with a margin so that its relief meets its neighbours'."""
    top, left, bottom, right = box
    rows = np.arange(top - _MARGIN, bottom + _MARGIN)
    columns = np.arange(left - _MARGIN, right + _MARGIN)
    colour = _toned(ground, rows, columns, whole)
    relief = np.zeros(colour.shape[:2], np.float32)
    touching = _touching(strokes, rows, columns, size)
    for start in range(0, len(touching), _AT_ONCE):
        chunk = touching[start : start + _AT_ONCE]
        marks = brush_marks(strokes, chunk, brushes, size)
        for number, mark in zip(chunk, marks, strict=True):
            _laid(mark, strokes.colours[number], colour, relief, (rows[0], columns[0]))
    lit = _lit(colour, relief + _weave(rows, columns, size), size)
    return lit[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]


def _toned(
    ground: Image.Image, rows: NDArray[np.int64], columns: NDArray[np.int64], whole: tuple[int, int]
) -> Floats:
    """The toned canvas below the strokes: the composition, very soft."""
    tone = np.asarray(ground, np.float32) / 255
    edge = len(tone)
    i = np.clip(rows * edge // whole[0], 0, edge - 1)
    j = np.clip(columns * edge // whole[1], 0, edge - 1)
    return tone[i][:, j]


def _touching(
    strokes: Strokes, rows: NDArray[np.int64], columns: NDArray[np.int64], size: int
) -> NDArray[np.int64]:
    reach = (strokes.half_lengths + 2 * strokes.half_widths) * size
    x, y = strokes.centres[:, 0] * size, strokes.centres[:, 1] * size
    inside = (x + reach >= columns[0]) & (x - reach <= columns[-1])
    inside &= (y + reach >= rows[0]) & (y - reach <= rows[-1])
    return np.nonzero(inside)[0]


def _laid(mark: Mark, paint: Floats, colour: Floats, relief: Floats, origin: Pixel) -> None:
    """One stroke onto the tile, in place."""
    top, left = mark.top - origin[0], mark.left - origin[1]
    high, wide = mark.cover.shape
    first, start = max(0, -top), max(0, -left)
    last, stop = min(high, colour.shape[0] - top), min(wide, colour.shape[1] - left)
    if first >= last or start >= stop:
        return
    cover, ridge = mark.cover[first:last, start:stop], mark.ridge[first:last, start:stop]
    patch = colour[top + first : top + last, left + start : left + stop]
    # The paint is lighter on its ridges.
    tone = (0.94 + 0.12 * ridge)[..., None] * paint
    tone -= patch
    tone *= cover[..., None]
    patch += tone
    height = relief[top + first : top + last, left + start : left + stop]
    height += cover * (mark.thickness * ridge - height)


def _weave(rows: NDArray[np.int64], columns: NDArray[np.int64], size: int) -> Floats:
    """The canvas's threads; left out where they would be finer than the pixels."""
    thread = size / _WEAVE_THREADS
    strength = 0.09 * float(np.clip((thread - 1.5) / 2, 0, 1))
    across = np.sin(2 * np.pi * columns / thread)[None].astype(np.float32)
    down = np.sin(2 * np.pi * rows / thread)[:, None].astype(np.float32)
    return np.asarray(strength * across * down, np.float32)


def _lit(colour: Floats, height: Floats, size: int) -> NDArray[np.uint8]:
    """Colours under a raking light."""
    scale = (size / 1024) ** 0.7
    down, across = np.gradient(height * scale)
    slope = across * _LIGHT[0] + down * _LIGHT[1]
    shade = np.clip(_RELIEF * slope, -0.16, 0.2)[..., None]
    lit = colour * (1 + shade) + np.clip(shade, 0, None) * 0.12
    return np.asarray((np.clip(lit, 0, 1) * 255).round(), np.uint8)
