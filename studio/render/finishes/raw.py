"""The finish "none": the composition itself at another size, its contours as sharp as they were.

A flat composition is enlarged as areas with smooth borders plus the little that its areas do not
say; one with gradients everywhere (a photograph) is enlarged by Lanczos.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.render.finishes.areas import areas_of, smooth
from studio.render.finishes.finish import Painter
from studio.render.finishes.sampling import sampled
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]

_COLOURS = 16
_FLAT = 0.016
"""Mean deviation (0..1) from its areas' colours up to which a composition is flat."""

_FAR = 0.1


def plan(composition: Image.Image, seed: int, tuning: Mapping[str, float]) -> Painter:
    """Nothing is left to chance and nothing is tuned."""
    del seed, tuning
    areas = areas_of(composition, _COLOURS, 1.2)
    rest = areas.flat.astype(np.float32) / 255 - areas.colours.astype(np.float32)[areas.labels]
    is_flat = float(np.abs(rest).mean()) < _FLAT
    # What is far off belongs to a neighbour's border, which the areas draw better.
    rest[np.abs(rest).max(-1) > _FAR] = 0
    rest_planes = smooth(rest.transpose(2, 0, 1), 1.5)

    def paint(window: Window) -> Floats:
        if not is_flat or window.long <= max(composition.size):
            return _resized(composition, window)
        x, y = window.grid()
        colour = areas.at(x, y).mixed(areas.colours, 1 / window.long)
        return colour + sampled(rest_planes, x, y).transpose(1, 2, 0)

    return paint


def _resized(source: Image.Image, window: Window) -> Floats:
    across, down = source.width / window.width, source.height / window.height
    box = (window.left * across, window.top * down, window.right * across, window.bottom * down)
    height, width = window.shape
    part = source.resize((width, height), Image.Resampling.LANCZOS, box=box)
    return np.asarray(part, np.float32) / 255
