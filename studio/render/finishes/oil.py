"""The finish "oil": a composition painted again with brush strokes, at any size.

The strokes are planned once in unit coordinates (`strokes.py`); painting only rasterises the
plan (`brushes.py`), so 256 px and 4096 px are the same picture without seams. All but the first
strokes stop at the border of their area, a little unevenly, as a painter's do: shapes stay legible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from studio.render.finishes.areas import Areas, Borders, areas_of, smooth
from studio.render.finishes.brushes import Boxes, brush_sheet, extents, laid
from studio.render.finishes.finish import Painter
from studio.render.finishes.noise import noise
from studio.render.finishes.sampling import sampled
from studio.render.finishes.strokes import FREE, Strokes, planned
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

_MARGIN = 3
"""Pixels around a window that its relief needs."""
_AT_ONCE = 1024
"""Small strokes whose marks are computed together."""
_SMALL = 40
"""Half a box, in pixels, up to which a stroke is small."""
_STEP = 4
"""Boxes of small strokes are rounded up to this, so that many have one shape."""
_THREADS = 430
"""Canvas threads per unit."""
_LIGHT = (-0.55, -0.83)
"""Where the light comes from (x, y): above, from the left."""
_THIN = 0.011
"""Forms whose middle is nearer than this to a border (units) are thin."""
_WAVER = 0.0013
"""How unevenly strokes end at a border, in units."""


@dataclass(frozen=True, slots=True)
class _Picture:
    strokes: Strokes
    areas: Areas
    tone: Floats
    """[k, 3] the toned ground under the strokes."""
    roomy: Floats
    """[1, p, q] 1 where free strokes do no harm, 0 where forms are thin."""
    seed: int
    texture: float


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Tuned by `stroke` (fine to broad brushes) and `texture` (relief of paint and canvas)."""
    rng = np.random.default_rng([seed % 2**63, 77])
    areas = areas_of(composition, 10)
    scale = 0.55 * (1.65 / 0.55) ** tuning["stroke"]
    depth = areas.depth()
    strokes = planned(areas, depth, rng, scale)
    tone = 0.93 * areas.colours
    picture = _Picture(strokes, areas, tone, _roomy(depth), seed, tuning["texture"])
    return lambda window: _painted(picture, window)


def _roomy(depth: Floats) -> Floats:
    """[1, p, q]: 0 in thin forms, where no place is far from the border; 1 elsewhere."""
    reach = ndimage.maximum_filter(depth[::2, ::2], 9)
    thin = (reach < _THIN).repeat(2, 0).repeat(2, 1)[: depth.shape[0], : depth.shape[1]]
    return smooth(1 - thin[None].astype(np.float32), 2)


def _painted(picture: _Picture, window: Window) -> Floats:
    wide = window.grown(_MARGIN)
    x, y = wide.grid()
    waver_x, waver_y = noise(x, y, 75, picture.seed + 1), noise(x, y, 75, picture.seed + 2)
    borders = picture.areas.at(x + _WAVER * waver_x, y + _WAVER * waver_y)
    paint = np.zeros((4, *x.shape), np.float32)
    paint[:3] = borders.mixed(picture.tone, 1 / window.long).transpose(2, 0, 1)
    members = _members(picture, borders, x, y, window.long)
    stays = picture.strokes.areas
    for number, box, cover, fresh in _marks(picture.strokes, wide):
        patch = paint[:, box[0], box[1]]
        change = fresh - patch
        change *= cover * members[stays[number]][box]
        patch += change
    lit = _lit(paint, x, y, window.long, picture.texture)
    return lit[_MARGIN:-_MARGIN, _MARGIN:-_MARGIN]


def _members(picture: _Picture, borders: Borders, x: Floats, y: Floats, long: int) -> Floats:
    """[k + 1, h, w] 0..1: where the strokes of each area, and last the free ones, may paint."""
    share = np.clip(0.5 - borders.distance * long, 0, 0.5)
    members = np.zeros((len(picture.areas.colours) + 1, *x.shape), np.float32)
    np.put_along_axis(members, borders.second[None].astype(np.int64), share[None], 0)
    np.put_along_axis(members, borders.first[None].astype(np.int64), 1 - share[None], 0)
    members[FREE] = sampled(picture.roomy, x, y)[0]
    return members


Mark = tuple[int, tuple[slice, slice], Floats, Floats]


def _marks(strokes: Strokes, window: Window) -> Iterator[Mark]:
    """Every stroke that touches the window, in order: its pixels there, its cover and paint."""
    sheet = brush_sheet(window.long)
    half = extents(strokes, window.long)
    origin = np.array([window.top, window.left])
    middle = np.floor(strokes.centres * window.long).astype(np.int64)[:, ::-1] - origin
    first = np.maximum(middle - half, 0)
    stop = np.minimum(middle + half + 1, np.array(window.shape))
    touching = np.nonzero((first < stop).all(1))[0]
    small: NDArray[np.bool_] = half.max(1) <= _SMALL
    for start in range(0, len(touching), _AT_ONCE):
        numbers = touching[start : start + _AT_ONCE]
        few = numbers[small[numbers]]
        ready = dict(_small(strokes, few, middle[few], half[few], sheet, window))
        for number in numbers.tolist():
            (top, left), (bottom, right) = first[number].tolist(), stop[number].tolist()
            box = (slice(top, bottom), slice(left, right))
            if number in ready:
                own_top, own_left, cover, fresh = ready[number]
                rows = slice(top - own_top, bottom - own_top)
                columns = slice(left - own_left, right - own_left)
                yield number, box, cover[rows, columns], fresh[:, rows, columns]
            else:
                corner = np.array([[top, left]]) + origin
                shape = (bottom - top, right - left)
                boxes = Boxes(np.array([number]), corner[:, 0], corner[:, 1], shape)
                covers, fresh = laid(strokes, boxes, sheet, window.long)
                yield number, box, covers[0], fresh[0]


def _small(
    strokes: Strokes,
    numbers: Integers,
    middle: Integers,
    half: Integers,
    sheet: Floats,
    window: Window,
) -> Iterator[tuple[int, tuple[int, int, Floats, Floats]]]:
    """Whole marks of small strokes, those of like boxes together."""
    rounded = -(-half // _STEP) * _STEP
    for extent in np.unique(rounded, axis=0):
        chosen = np.nonzero((rounded == extent).all(1))[0]
        corner = middle[chosen] - extent
        boxes = Boxes(
            numbers[chosen],
            corner[:, 0] + window.top,
            corner[:, 1] + window.left,
            (2 * int(extent[0]) + 1, 2 * int(extent[1]) + 1),
        )
        covers, fresh = laid(strokes, boxes, sheet, window.long)
        for place, (top, left) in enumerate(corner.tolist()):
            yield int(boxes.numbers[place]), (top, left, covers[place], fresh[place])


def _lit(paint: Floats, x: Floats, y: Floats, long: int, texture: float) -> Floats:
    """Paint and canvas under a raking light."""
    height = paint[3] + _weave(x, y, long) * np.exp(-paint[3] * np.float32(4200))
    down, across = np.gradient(height * np.float32(long))
    slope = across * np.float32(_LIGHT[0]) + down * np.float32(_LIGHT[1])
    shade = np.tanh(slope * np.float32(1.4)) * np.float32(0.46 * texture)
    gloss = np.clip(slope - 0.5, 0, 1.2) ** 2 * np.float32(0.10 * texture)
    return np.asarray((paint[:3] * (1 + shade) + gloss).transpose(1, 2, 0), np.float32)


def _weave(x: Floats, y: Floats, long: int) -> Floats:
    """Height of the canvas's threads in units; left out where they are finer than the pixels."""
    visible = np.clip((long / _THREADS - 1.8) / 2, 0, 1)
    turn = np.float32(np.pi * _THREADS)
    return np.asarray(0.00036 * visible * np.sin(x * turn) * np.sin(y * turn), np.float32)
