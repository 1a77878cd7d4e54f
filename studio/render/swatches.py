"""The colours of a picture: the dominant ones, their shares, and how they contrast.

Clusters are found in OKLab. Contrast ratios are those of WCAG 2.2 ("contrast ratio"): 4.5 is the
least for text, 3 for large text and signs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.crafts.palette import hex_to_rgb, rgb_to_hex
from studio.render.oklab import linear, oklab, srgb
from studio.requests import Picture

Floats = NDArray[np.floating[Any]]

_ROUNDS = 8
_BITS = 5
"""Colours are counted in bins of this many bits a channel before they are clustered."""
_LUMINANCE = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Swatch:
    """One dominant colour of a picture and the share (0..1) of its area."""

    hex: str
    share: float


def swatches(picture: Picture, count: int = 6, *, apart: float = 0.03) -> tuple[Swatch, ...]:
    """At most `count` dominant colours, the largest area first; `apart` is their least distance
    in OKLab (0.02 is just seen)."""
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    colours, shares = dominant_colours(np.asarray(image), count, apart)
    return tuple(
        Swatch(rgb_to_hex([255 * each for each in colour]), float(share))
        for colour, share in zip(colours, shares, strict=True)
    )


def contrast_ratio(one: str, other: str) -> float:
    """1 (none) to 21 (black on white) between two hex colours (WCAG 2.2)."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def contrasts(colours: Sequence[str]) -> tuple[tuple[float, ...], ...]:
    """The contrast ratio of each hex colour with each: a symmetric table, 1 on its diagonal."""
    return tuple(tuple(contrast_ratio(one, other) for other in colours) for one in colours)


def _luminance(colour: str) -> float:
    return float(linear(np.array(hex_to_rgb(colour)) / 255) @ np.array(_LUMINANCE))


def dominant_colours(pixels: NDArray[np.uint8], count: int, apart: float) -> tuple[Floats, Floats]:
    """Colours [k, 3] (sRGB 0..1) and shares [k], k <= count, of [h, w, 3]; largest first.

    K-means on the counted colours, seeded by the farthest point: no chance in it.
    """
    points, weights = _counted(pixels)
    centres = _farthest(points, weights, count, apart)
    for _ in range(_ROUNDS):
        nearest = ((points[:, None] - centres[None]) ** 2).sum(-1).argmin(1)
        totals = np.bincount(nearest, weights, len(centres))
        moved = np.stack(
            [np.bincount(nearest, weights * axis, len(centres)) for axis in points.T], 1
        )
        centres = np.where(totals[:, None] > 0, moved / np.maximum(totals, 1e-9)[:, None], centres)
    order = np.argsort(-totals, kind="stable")
    order = order[totals[order] > 0]
    return srgb(centres[order]), totals[order] / totals.sum()


def _counted(pixels: NDArray[np.uint8]) -> tuple[Floats, Floats]:
    """The mean colours of the filled bins (OKLab, [m, 3]) and how many pixels each holds."""
    flat = pixels.reshape(-1, 3)
    bins = np.zeros(len(flat), np.int32)
    for channel in range(3):
        bins = (bins << _BITS) | (flat[:, channel] >> (8 - _BITS)).astype(np.int32)
    size = 1 << (3 * _BITS)
    counts = np.bincount(bins, minlength=size)
    filled = np.nonzero(counts)[0]
    means = np.stack([np.bincount(bins, flat[:, c], size)[filled] for c in range(3)], 1)
    return oklab(means / counts[filled, None] / 255), counts[filled].astype(np.float64)


def _farthest(points: Floats, weights: Floats, count: int, apart: float) -> Floats:
    """Starting centres: the commonest colour, then each time the one most missed."""
    chosen = [points[weights.argmax()]]
    distance = ((points - chosen[0]) ** 2).sum(1)
    while len(chosen) < count:
        missed = np.where(distance > apart**2, distance * weights, 0)
        if not missed.any():
            break
        chosen.append(points[missed.argmax()])
        distance = np.minimum(distance, ((points - chosen[-1]) ** 2).sum(1))
    return np.stack(chosen)
