"""The finish "vector": flat, crisp, smooth-edged areas, on screen and as an SVG drawing.

For the SVG the areas are stacked, the largest at the bottom and each next one on top, so that no
hairline shows between neighbours. Contours are traced by marching squares (contourpy), thinned
after Douglas and Peucker 1973, and drawn as cubic Bezier curves through the points that are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import contourpy
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.crafts.palette import rgb_to_hex
from studio.render.finishes.areas import PLAN_EDGE, Areas, areas_of
from studio.render.finishes.finish import Painter
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]

_FEWEST, _MOST = 3, 12
_SIMPLEST, _FINEST = 4.0, 1.2
"""Softness of the borders in plan pixels."""
_TOLERANCE = 0.3
"""How far, in plan pixels, a thinned contour may stray."""
_CORNER = 0.5
"""Cosine of the turn past which a point is a corner, not a curve."""
_UNDERLAP = 0.004
"""Membership at which an area ends under its upper neighbours."""
_LEAST_AREA = 6.0
"""Square plan pixels; smaller islands are left out."""


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Flat areas; nothing is left to chance."""
    del seed
    areas = _areas(composition, tuning)

    def paint(window: Window) -> Floats:
        return areas.at(*window.grid()).mixed(areas.colours, 1 / window.long)

    return paint


def svg_drawing(
    composition: Image.Image, tuning: Mapping[str, float], size: tuple[int, int]
) -> str:
    """The composition as an SVG document of `size` (width, height) px."""
    areas = _areas(composition, tuning)
    height, width = areas.members.shape[1:]
    paths = "".join(
        f'<path fill="{_hex(areas.colours[number])}" d="{_path(_above(areas, number))}"/>'
        for number in range(1, len(areas.colours))
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="0 0 {width} {height}" preserveAspectRatio="none" fill-rule="evenodd">'
        f'<rect width="{width}" height="{height}" fill="{_hex(areas.colours[0])}"/>{paths}</svg>'
    )


def _areas(composition: Image.Image, tuning: Mapping[str, float]) -> Areas:
    colours = round(_FEWEST + (_MOST - _FEWEST) * tuning["colours"])
    return areas_of(composition, colours, _SIMPLEST + (_FINEST - _SIMPLEST) * tuning["detail"])


def _hex(colour: Floats) -> str:
    return rgb_to_hex([255 * each for each in colour])


def _above(areas: Areas, number: int) -> Floats:
    """Positive where area `number` lies above all that are below it; it reaches a little under
    those that come on top of it. Bordered by nothing."""
    height = areas.members[number] - areas.members[:number].max(0) - _UNDERLAP
    return np.pad(np.pad(height, 1, mode="edge"), 1, constant_values=-1.0)


def _path(height: Floats) -> str:
    """The zero contours of a plane padded by 2, as path data."""
    traced = contourpy.contour_generator(z=height, line_type=contourpy.LineType.Separate)
    lines = [np.asarray(line, np.float64) for line in traced.lines(0.0)]
    return "".join(_closed(line[:-1] - 1.5) for line in lines if _area(line) > _LEAST_AREA)


def _area(line: Floats) -> float:
    x, y = line.T
    return float(abs((x * np.roll(y, 1) - y * np.roll(x, 1)).sum()) / 2)


def _closed(points: Floats) -> str:
    """One closed curve through the points that matter."""
    half = len(points) // 2
    kept = np.concatenate([_thinned(points[: half + 1])[:-1], _thinned(points[half:])])
    after, before = np.roll(kept, -1, 0), np.roll(kept, 1, 0)
    tangent = after - before
    tangent /= np.maximum(np.linalg.norm(tangent, axis=1, keepdims=True), 1e-9)
    tangent[_corners(before, kept, after)] = 0
    reach = np.linalg.norm(after - kept, axis=1, keepdims=True) / 3
    start, stop = kept + tangent * reach, after - np.roll(tangent, -1, 0) * reach
    curves = "".join(
        f"C{_pair(one)} {_pair(two)} {_pair(end)}"
        for one, two, end in zip(start, stop, after, strict=True)
    )
    return f"M{_pair(kept[0])}{curves}Z"


def _corners(before: Floats, kept: Floats, after: Floats) -> NDArray[np.bool_]:
    arriving, leaving = kept - before, after - kept
    length = np.linalg.norm(arriving, axis=1) * np.linalg.norm(leaving, axis=1)
    return np.asarray((arriving * leaving).sum(1) < _CORNER * length)


def _thinned(points: Floats) -> Floats:
    """Douglas-Peucker on an open line, without recursion."""
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    spans = [(0, len(points) - 1)]
    while spans:
        start, stop = spans.pop()
        if stop - start < 2:
            continue
        chord = points[stop] - points[start]
        away = points[start + 1 : stop] - points[start]
        length = float(np.hypot(*chord))
        cross = np.abs(chord[0] * away[:, 1] - chord[1] * away[:, 0]) / max(length, 1e-9)
        off = cross if length > 1e-6 else np.hypot(*away.T)
        farthest = start + 1 + int(off.argmax())
        # Long spans are cut anyway: a chord can not follow a long flat arc.
        if off.max() > _TOLERANCE or stop - start > PLAN_EDGE // 16:
            keep[farthest if off.max() > 1e-3 else (start + stop) // 2] = True
            middle = farthest if off.max() > 1e-3 else (start + stop) // 2
            spans += [(start, middle), (middle, stop)]
    return points[keep]


def _pair(point: Floats) -> str:
    return f"{point[0]:.2f} {point[1]:.2f}".replace(".00", "")
