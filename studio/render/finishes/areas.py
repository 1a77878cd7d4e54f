"""A composition as flat areas of few colours, with borders that are smooth at any size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from studio.render.finishes.sampling import sampled
from studio.render.oklab import oklab
from studio.render.swatches import dominant_colours

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

PLAN_EDGE = 512
"""Longer edge of the plan in pixels."""
_BORDER_SOFTNESS = 1.5
"""Gaussian sigma, in plan pixels, that turns pixel stairs into curves."""
_APART, _LEAST_SHARE = 0.022, 0.0006
"""Colours nearer than this in OKLab are one; those of less area than this are none."""
_CALM = 14
"""Range of a channel (0..255) below which a pixel lies inside an area."""


@dataclass(frozen=True, slots=True)
class Borders:
    """What `Areas.at` found for each pixel."""

    first: Integers
    """The area it lies in."""
    second: Integers
    """The area across the nearest border."""
    distance: Floats
    """How far that border is, in units; true near it, never more than a few softnesses."""

    def mixed(self, values: Floats, pixel: float) -> Floats:
        """Each area's value [k, ...] at each place; borders are one `pixel` (units) wide."""
        across = np.clip(0.5 - self.distance / pixel, 0, 0.5)
        across = across.reshape(across.shape + (1,) * (values.ndim - 1)).astype(np.float32)
        own = values.astype(np.float32)[self.first]
        return np.asarray(own + across * (values.astype(np.float32)[self.second] - own))

    def above(self) -> tuple[Integers, Integers, Floats]:
        """Of the two areas at each place the upper (painted later, a higher number) and the lower
        one, and how far inside the upper one the place is (negative: outside)."""
        upper = np.maximum(self.first, self.second)
        lower = np.minimum(self.first, self.second)
        return upper, lower, np.where(self.first == upper, self.distance, -self.distance)


@dataclass(frozen=True, slots=True)
class Areas:
    """k colours and where each lies. The largest area comes first."""

    colours: Floats
    """[k, 3] sRGB 0..1."""
    shares: Floats
    """[k] of the picture's area."""
    members: Floats
    """[k, p, q] 0..1: how much each place belongs to each area."""
    softness: float
    """Gaussian sigma of the members, in units."""
    labels: Integers
    """[p, q] the area of each plan pixel."""
    flat: NDArray[np.uint8]
    """[p, q, 3] the composition at plan size, its ramps turned to steps."""

    def at(self, x: Floats, y: Floats) -> Borders:
        """The areas at unit coordinates x, y, each [h, w]."""
        members = sampled(self.members, x, y, "bicubic")
        first = np.zeros(x.shape, np.int8)
        second = np.zeros(x.shape, np.int8)
        most, next_most = members[0], np.full(x.shape, -1, np.float32)
        for number in range(1, len(members)):
            here = members[number]
            ahead, close = here > most, here > next_most
            second = np.where(ahead, first, np.where(close, np.int8(number), second))
            next_most = np.where(ahead, most, np.where(close, here, next_most))
            first = np.where(ahead, np.int8(number), first)
            most = np.maximum(here, most)
        # A step blurred by a Gaussian rises by 1 / (sigma sqrt(2 pi)) per unit on either side.
        distance = (most - next_most) * np.float32(self.softness * 1.2533)
        return Borders(first, second, distance)

    def angles(self) -> Floats:
        """[k] the direction in which each area is longest, in radians."""
        found = []
        for number in range(len(self.colours)):
            place = np.argwhere(self.labels[::4, ::4] == number)
            spread = np.cov(place.T) if len(place) > 2 else np.eye(2)
            found.append(0.5 * np.arctan2(2 * spread[0, 1], spread[1, 1] - spread[0, 0]))
        return np.array(found)

    def depth(self) -> Floats:
        """[p, q] distance to the nearest border, in units."""
        labels = self.labels
        border = np.zeros(labels.shape, bool)
        border[1:] |= labels[1:] != labels[:-1]
        border[:, 1:] |= labels[:, 1:] != labels[:, :-1]
        if not border.any():
            return np.ones(labels.shape, np.float32)
        far = ndimage.distance_transform_edt(~border)
        return np.asarray(far / max(labels.shape), np.float32)


def areas_of(
    image: Image.Image,
    colours: int = 10,
    softness: float = _BORDER_SOFTNESS,
    apart: float = _APART,
) -> Areas:
    """At most `colours` areas of an RGB composition; `softness` in plan pixels, `apart` the least
    OKLab distance of two colours."""
    flat = flattened(plan_sized(image))
    found, shares = dominant_colours(flat, colours, apart)
    found = found[shares >= _LEAST_SHARE]
    labels = _nearest(flat, found)
    members = smooth((labels == np.arange(len(found))[:, None, None]).astype(np.float32), softness)
    kept = members.argmax(0)
    shares = np.bincount(kept.ravel(), minlength=len(found)) / labels.size
    order = np.argsort(-shares, kind="stable")
    order = order[shares[order] > 0]
    places = np.zeros(len(found), np.int8)
    places[order] = np.arange(len(order))
    return Areas(
        found[order],
        shares[order],
        members[order],
        softness / max(labels.shape),
        places[kept],
        flat,
    )


def smooth(planes: Floats, sigma: float) -> Floats:
    """[k, p, q] planes under a Gaussian of `sigma` plan pixels; edges go on outside."""
    return np.asarray(
        ndimage.gaussian_filter(planes, (0, sigma, sigma), mode="nearest", truncate=3)
    )


def plan_sized(image: Image.Image) -> Image.Image:
    """The composition with a longer edge of PLAN_EDGE."""
    scale = PLAN_EDGE / max(image.size)
    size = (max(8, round(image.width * scale)), max(8, round(image.height * scale)))
    if image.size == size:
        return image
    # Bilinear: the ringing of sharper kernels would be taken for areas of their own.
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=3)


def flattened(image: Image.Image, reach: int = 2) -> NDArray[np.uint8]:
    """Ramps between areas become steps: a pixel on a ramp takes a calm neighbour's colour.

    Of the calmest pixels around, the lightest and the darkest are tried and the more similar one
    is taken (a toggle mapping, Kramer and Bruckner 1975, with whole colours)."""
    own = np.array(image, np.uint8)
    spread = (_extreme(np.maximum, own, 1) - _extreme(np.minimum, own, 1)).max(-1)
    ramp = np.nonzero(spread > _CALM)
    wide, calmness = own.astype(np.uint32), spread.astype(np.uint32) << 24
    packed = wide[..., 1] << 16 | wide[..., 0] << 8 | wide[..., 2]
    dark = _extreme(np.minimum, calmness | packed, reach)[ramp]
    light = ~_extreme(np.minimum, calmness | (~packed & 0xFFFFFF), reach)[ramp]
    tried = [_unpacked(each) for each in (dark, light)]
    away = [((each.astype(np.int32) - own[ramp]) ** 2).sum(-1) for each in tried]
    own[ramp] = np.where((away[0] <= away[1])[..., None], tried[0], tried[1])
    return own


def _extreme(better: np.ufunc, values: Any, reach: int) -> Any:
    """The better (np.minimum or np.maximum) value of a square of 2 reach + 1 around each pixel."""
    for axis in (0, 1):
        pads = [(reach, reach) if each == axis else (0, 0) for each in range(values.ndim)]
        padded, size = np.pad(values, pads, mode="edge"), values.shape[axis]
        shifts = (slice(at, at + size) for at in range(2 * reach + 1))
        views = [padded[shift] if axis == 0 else padded[:, shift] for shift in shifts]
        values = better(views[0], views[1])
        for view in views[2:]:
            better(values, view, out=values)
    return values


def _unpacked(packed: NDArray[np.uint32]) -> NDArray[np.uint8]:
    return np.stack([packed >> 8 & 255, packed >> 16 & 255, packed & 255], -1).astype(np.uint8)


def _nearest(pixels: NDArray[np.uint8], colours: Floats) -> Integers:
    """[h, w] the number of the colour nearest to each pixel, looked up in bins of 5 bits."""
    r, g, b = (pixels[..., channel].astype(np.int32) >> 3 for channel in range(3))
    bins = r << 10 | g << 5 | b
    used = np.nonzero(np.bincount(bins.ravel(), minlength=1 << 15))[0]
    middles = (np.stack([used >> 10, used >> 5 & 31, used & 31], -1) + 0.5) / 32
    table = np.zeros(1 << 15, np.int8)
    table[used] = ((oklab(middles)[:, None] - oklab(colours)) ** 2).sum(-1).argmin(-1)
    return np.asarray(table[bins])
