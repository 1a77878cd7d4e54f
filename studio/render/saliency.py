"""Where a picture draws the eye and where it is quiet, on a small map of it.

Saliency is the distance of each place's colour from the picture's mean colour, both smoothed
(Achanta et al. 2009, "Frequency-tuned salient region detection", section 3, here in OKLab); edge
energy is the length of the gradient. A text lies well where both are low.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from studio.render.oklab import oklab

Floats = NDArray[np.floating[Any]]
Part = tuple[float, float, float, float]
"""left, top, right, bottom as shares of the picture's width and height."""

MAP_PX = 112
"""Longer edge of the map: finer than any letter, coarser than brush strokes."""
_STRONG_EDGE, _STRONG_SALIENCY = 0.12, 0.35
_PLACES = 9


@dataclass(frozen=True, slots=True)
class Attention:
    """Sums of saliency and of edge energy up to each place, [h + 1, w + 1] each."""

    saliency: Floats
    edges: Floats

    def salient(self, part: Part) -> float:
        """Mean saliency of a part, 0..1."""
        return _mean(self.saliency, part)

    def busy(self, part: Part) -> float:
        """How much a text would suffer there, 0..1: mean edge energy, and some saliency."""
        return 0.75 * _mean(self.edges, part) + 0.25 * _mean(self.saliency, part)


def attention(image: Image.Image) -> Attention:
    """The map of a picture."""
    scale = MAP_PX / max(image.size)
    small = image.convert("RGB").resize(
        (max(8, round(image.width * scale)), max(8, round(image.height * scale))),
        Image.Resampling.BOX,
    )
    lab = oklab(np.asarray(small) / 255)
    smooth = np.stack([ndimage.gaussian_filter(each, 1.5) for each in np.moveaxis(lab, 2, 0)], 2)
    apart = np.sqrt(((smooth - lab.mean((0, 1))) ** 2).sum(2)) / _STRONG_SALIENCY
    slopes = [ndimage.sobel(each, axis) / 8 for each in np.moveaxis(lab, 2, 0) for axis in (0, 1)]
    edges = ndimage.gaussian_filter(np.sqrt(sum(each**2 for each in slopes)), 1) / _STRONG_EDGE
    return Attention(_summed(np.minimum(apart, 1)), _summed(np.minimum(edges, 1)))


def best_crop(seen: Attention, picture: float, aspect: float, clear: Part | None = None) -> Part:
    """The largest part of a picture (`picture` is its width / height) with this aspect that keeps
    most of what is salient, and is quiet in `clear`, a part of the crop where a text will lie."""
    wide, high = min(1.0, aspect / picture), min(1.0, picture / aspect)
    crops = [
        (x, y, x + wide, y + high)
        for x in np.linspace(0, 1 - wide, _PLACES if wide < 1 else 1)
        for y in np.linspace(0, 1 - high, _PLACES if high < 1 else 1)
    ]
    return max(crops, key=lambda crop: crop_merit(seen, crop, clear))


def crop_merit(seen: Attention, crop: Part, clear: Part | None) -> float:
    """Higher is better: saliency shown, less what lies under the text, near the middle."""
    off = abs((crop[0] + crop[2]) / 2 - 0.5) + abs((crop[1] + crop[3]) / 2 - 0.5)
    merit = seen.salient(crop) - 0.1 * off
    if clear is None:
        return merit
    return merit - 2.0 * seen.busy(within(crop, clear)) - seen.salient(within(crop, clear))


def within(outer: Part, inner: Part) -> Part:
    """A part of a part, as a part of the whole."""
    wide, high = outer[2] - outer[0], outer[3] - outer[1]
    return (
        outer[0] + inner[0] * wide,
        outer[1] + inner[1] * high,
        outer[0] + inner[2] * wide,
        outer[1] + inner[3] * high,
    )


def _summed(values: Floats) -> Floats:
    return np.pad(values.cumsum(0).cumsum(1), ((1, 0), (1, 0)))


def _mean(sums: Floats, part: Part) -> float:
    high, wide = sums.shape[0] - 1, sums.shape[1] - 1
    left, right = _span(part[0], part[2], wide)
    top, bottom = _span(part[1], part[3], high)
    total = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return float(total / ((right - left) * (bottom - top)))


def _span(first: float, last: float, length: int) -> tuple[int, int]:
    start = min(length - 1, max(0, round(first * length)))
    return start, min(length, max(start + 1, round(last * length)))
