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

from studio.render.strokes import BRUSHES, PLAN_EDGE, Strokes, planned

Floats = NDArray[np.floating[Any]]

_TILE = 1024
_MARGIN = 6
"""Pixels around a tile that its relief needs."""
_BRUSH_LONG, _BRUSH_WIDE = 96, 32
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
    brushes = _brushes(seed)
    ground = composition.convert("RGB").resize((PLAN_EDGE // 8,) * 2, Image.Resampling.BOX)
    for top, left in _tiles(height, width):
        box = (top, left, min(top + _TILE, height), min(left + _TILE, width))
        canvas[box[0] : box[2], box[1] : box[3]] = _tile(
            strokes, brushes, ground, box, size, (height, width)
        )
    return Image.fromarray(canvas)


def _brushes(seed: int) -> Floats:
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
    for number in _touching(strokes, rows, columns, size):
        _brush(strokes, number, brushes, colour, relief, (rows[0], columns[0]), size)
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


def _brush(
    strokes: Strokes,
    number: int,
    brushes: Floats,
    colour: Floats,
    relief: Floats,
    origin: tuple[int, int],
    size: int,
) -> None:
    """One stroke onto the tile, in place."""
    x, y = strokes.centres[number] * size - np.array([origin[1], origin[0]], np.float32)
    long = float(strokes.half_lengths[number] + 0.5 * strokes.half_widths[number]) * size
    wide = float(strokes.half_widths[number]) * size
    cos, sin = float(np.cos(strokes.angles[number])), float(np.sin(strokes.angles[number]))
    bend = float(strokes.bends[number])
    reach_x = abs(cos) * long + abs(sin) * wide * (1 + abs(bend))
    reach_y = abs(sin) * long + abs(cos) * wide * (1 + abs(bend))
    top, bottom = max(0, int(y - reach_y)), min(colour.shape[0], int(y + reach_y) + 2)
    left, right = max(0, int(x - reach_x)), min(colour.shape[1], int(x + reach_x) + 2)
    if top >= bottom or left >= right:
        return
    down = np.arange(top, bottom, dtype=np.float32)[:, None] - np.float32(y)
    over = np.arange(left, right, dtype=np.float32)[None] - np.float32(x)
    u = (over * cos + down * sin) / long
    v = (down * cos - over * sin) / wide - bend * (u * u - 0.3)
    i = ((u + 1) * (0.5 * _BRUSH_LONG)).astype(np.int32)
    j = ((v + 1) * (0.5 * _BRUSH_WIDE)).astype(np.int32)
    outside = (i < 0) | (i >= _BRUSH_LONG) | (j < 0) | (j >= _BRUSH_WIDE) | (u < -1) | (v < -1)
    np.clip(i, 0, _BRUSH_LONG - 1, out=i)
    np.clip(j, 0, _BRUSH_WIDE - 1, out=j)
    mark = brushes[strokes.brushes[number]][i, j]
    cover = np.where(outside, np.float32(0), mark[..., 0])
    paint = strokes.colours[number] * (0.94 + 0.12 * mark[..., 1:])
    patch = colour[top:bottom, left:right]
    patch += cover[..., None] * (paint - patch)
    height = relief[top:bottom, left:right]
    thick = (0.35 + 6 * float(strokes.half_widths[number])) * mark[..., 1]
    height += cover * (thick - height)


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
