"""The finish "cut_paper": every area a sheet of coloured paper, cut, laid on the one below."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.finishes.areas import PLAN_EDGE, Areas, Borders, areas_of, smooth
from studio.render.finishes.finish import Painter
from studio.render.finishes.noise import fractal, noise
from studio.render.finishes.paper import fibres, tooth
from studio.render.finishes.sampling import sampled
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]

_SOFTNESS = 2.2
"""Of the cut, in plan pixels: scissors round off what is tiny."""
_LIGHT = (-0.62, -0.78)
"""Where the light comes from (x, y)."""
_FAR, _NEAR = 0.011, 0.0032
"""Lengths of the soft and the tight shadow at full depth, in units."""


@dataclass(frozen=True, slots=True)
class _Pile:
    areas: Areas
    colours: Floats
    soft: Floats
    """[k, p, q] 0..1: how much of the sheets above sheet i hangs over each place, blurred."""
    tight: Floats


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Tuned by `depth` (length of the shadows) and `fibre` (texture of the sheets)."""
    areas = areas_of(composition, 9, _SOFTNESS)
    rng = np.random.default_rng([seed % 2**63, 34])
    colours = np.clip(areas.colours * (1 + rng.normal(0, 0.012, (len(areas.colours), 1))), 0, 1)
    reach = 0.25 + 1.5 * tuning["depth"]
    pile = _Pile(
        areas,
        colours,
        soft=_overhang(areas, _FAR * reach),
        tight=_overhang(areas, _NEAR * reach),
    )

    def paint(window: Window) -> Floats:
        return _laid(pile, window, seed, tuning, reach)

    return paint


def _overhang(areas: Areas, length: float) -> Floats:
    """[k, p, q]: for each sheet, the blurred union of all sheets that lie above it."""
    labels = areas.labels
    above = np.stack([(labels > number) for number in range(len(areas.colours))])
    return smooth(above.astype(np.float32), max(0.6, 0.45 * length * PLAN_EDGE))


def _laid(
    pile: _Pile, window: Window, seed: int, tuning: Mapping[str, float], reach: float
) -> Floats:
    x, y = window.grid()
    pixel = 1 / window.long
    hand_x, hand_y = noise(x, y, 20, seed + 1), noise(x, y, 20, seed + 2)
    borders = pile.areas.at(x + 0.0011 * hand_x, y + 0.0011 * hand_y)
    sheet = _sheets(x, y, borders.first, seed, pixel, tuning["fibre"])
    colour = borders.mixed(pile.colours, pixel) * sheet[..., None]
    shadow = 0.30 * _shaded(pile.soft, borders, x, y, _FAR * reach, pixel)
    shadow += 0.34 * _shaded(pile.tight, borders, x, y, _NEAR * reach, pixel)
    colour *= 1 - shadow[..., None] * np.array([1.0, 0.97, 0.9], np.float32)
    return np.asarray(colour + _rim(pile.areas, borders, x, y, pixel)[..., None], np.float32)


def _shaded(
    overhang: Floats, borders: Borders, x: Floats, y: Floats, length: float, pixel: float
) -> Floats:
    """0..1: how much the sheets above shade each place; as smooth at borders as the colours."""
    toward = np.float32(length)
    found = sampled(overhang, x + toward * _LIGHT[0], y + toward * _LIGHT[1])
    own, other = (
        np.take_along_axis(found, each[None].astype(np.int64), 0)[0]
        for each in (borders.first, borders.second)
    )
    across = np.clip(0.5 - borders.distance / pixel, 0, 0.5)
    return np.asarray(np.clip(own + across * (other - own), 0, 1) ** 1.2, np.float32)


def _rim(areas: Areas, borders: Borders, x: Floats, y: Floats, pixel: float) -> Floats:
    """The lit cut edge of a sheet: a thin light line on the side of the light."""
    upper, _, inside = borders.above()
    step = np.float32(0.0012)
    _, _, toward = areas.at(x + step * _LIGHT[0], y + step * _LIGHT[1]).above()
    lit = np.clip((inside - toward) / step, 0, 1) * (borders.first == upper)
    width = max(0.0007, 0.7 * pixel)
    line = np.exp(-(((inside - width) / width) ** 2)) * min(1.0, 0.0016 / width)
    return np.asarray(0.11 * lit * line, np.float32)


def _sheets(
    x: Floats, y: Floats, sheets: NDArray[Any], seed: int, pixel: float, amount: float
) -> Floats:
    """About 1: tooth, clouds and fibres; each sheet lies with its own shift."""
    shift = sheets.astype(np.float32) * np.float32(0.317)
    own_x, own_y = x + shift, y + 0.7 * shift
    cloud = 0.012 * fractal(own_x, own_y, 6, seed + 3, 4, pixel)
    grain = 0.035 * tooth(own_x, own_y, 420, seed + 4, pixel)
    fine = 0.018 * noise(own_x, own_y, 1300, seed + 5, pixel)
    threads = fibres(own_x, own_y, 70, seed + 6, pixel) - fibres(own_x, own_y, 90, seed + 7, pixel)
    return np.asarray(1 + 2 * amount * (cloud + grain + fine + 0.06 * threads), np.float32)
