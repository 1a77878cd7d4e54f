"""A veil over the picture where the text lies: only where it needs one, and as light as it may be.

It is full under the text and fades out beyond it, so that no edge shows. Its colour is a dark or a
light relative of the picture's own colour there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.crafts.palette import hex_to_rgb, rgb_to_hex
from studio.render.banner.box import Box
from studio.render.banner.composition import Edge
from studio.render.banner.legibility import worst
from studio.render.banner.scheme import TEXT_CONTRAST, lch, shade
from studio.render.oklab import oklab

Bytes = NDArray[np.uint8]
Stop = tuple[float, float]
"""Share of the way from the edge to the opposite one, and opacity."""

_SHARE = 2.0
"""Percentile of the pixels under the ink that must reach the contrast."""
_RESTLESS, _HUE_WEIGHT = 0.068, 0.6
"""Deviation of the ground's colour under text that still reads calmly, and what hue adds to it."""
_RESTLESS_LINE = 0.06
"""The same right under the glyphs of one text."""
_STEPS = 6
_FADE = (0.0, 0.15, 0.3, 0.45, 0.6, 0.75, 0.9, 1.0)
_LONGEST_FADE = 0.55
_SEEN = 0.02
_MOST_PIXELS = 5_000


@dataclass(frozen=True, slots=True)
class Scrim:
    """A veil of one hex colour whose opacity changes from an edge inwards."""

    colour: str
    edge: Edge
    stops: tuple[Stop, ...]

    @property
    def opacity(self) -> float:
        """Under the text."""
        return self.stops[0][1]

    def laid_on(self, image: Image.Image) -> Image.Image:
        """The image under the veil."""
        across = self.edge in ("left", "right")
        length = image.width if across else image.height
        places = (np.arange(length) + 0.5) / length
        if self.edge in ("right", "bottom"):
            places = places[::-1]
        shares, opacities = np.array(self.stops).T
        alpha = np.interp(places, shares, opacities)
        line = np.round(255 * alpha).astype(np.uint8)
        strip = Image.fromarray(line[None] if across else line[:, None])
        mask = strip.resize(image.size, Image.Resampling.NEAREST)
        return Image.composite(Image.new("RGB", image.size, self.colour), image, mask)


@dataclass(frozen=True, slots=True)
class Veil:
    """A text colour and the veil it needs on a picture."""

    text: str
    colour: str
    opacity: float

    @property
    def needed(self) -> bool:
        return self.opacity > _SEEN


def lightest(inks: Sequence[Bytes], region: Bytes, paper: str, dark: str) -> Veil:
    """Light or dark text, whichever changes the picture less. `inks` [n, 3] each: the picture's
    pixels under the glyphs of each text; `region` [m, 3]: those around them all."""
    mean = rgb_to_hex(region.reshape(-1, 3).mean(0))
    some = [_some(each) for each in inks if each.size]
    veils = (
        _thinnest(some, _some(region), paper, shade(mean, dark=True)),
        _thinnest(some, _some(region), dark, shade(mean, dark=False)),
    )
    return min(veils, key=lambda each: each.opacity * abs(lch(each.colour)[0] - lch(mean)[0]))


def scrim_for(veil: Veil, text: Box, whole: Box, edge: Edge, margin: float) -> Scrim | None:
    """The veil as a gradient that is full from the edge to the text's end."""
    if not veil.needed:
        return None
    ends = {
        "left": (text.right - whole.left) / whole.width,
        "right": (whole.right - text.left) / whole.width,
        "top": (text.bottom - whole.top) / whole.height,
        "bottom": (whole.bottom - text.top) / whole.height,
    }
    length = whole.width if edge in ("left", "right") else whole.height
    full = min(1.0, ends[edge] + 0.5 * margin / length)
    fade = min(_LONGEST_FADE, 1 - full)
    stops = [(0.0, veil.opacity), (full, veil.opacity)]
    for each in _FADE[1:]:
        stops.append((full + each * fade, veil.opacity * (1 - each * each * (3 - 2 * each))))
    return Scrim(veil.colour, edge, tuple(stops))


def _thinnest(inks: Sequence[Bytes], region: Bytes, text: str, colour: str) -> Veil:
    low, high = 0.0, 1.0
    if _reads(inks, region, text):
        return Veil(text, colour, 0.0)
    for _ in range(_STEPS):
        middle = (low + high) / 2
        veiled = [_veiled(each, colour, middle) for each in inks]
        if _reads(veiled, _veiled(region, colour, middle), text):
            high = middle
        else:
            low = middle
    return Veil(text, colour, high)


def _reads(inks: Sequence[Bytes], region: Bytes, text: str) -> bool:
    clear = all(worst(each, text, _SHARE) >= TEXT_CONTRAST for each in inks)
    calm = all(_restless(each) <= _RESTLESS_LINE for each in inks)
    return clear and calm and _restless(region) <= _RESTLESS


def _restless(region: Bytes) -> float:
    """Deviation of colour, lightness above all, in OKLab."""
    light, a, b = oklab(region / 255).var(axis=0)
    return float(np.sqrt(light + _HUE_WEIGHT * (a + b)))


def _veiled(pixels: Bytes, colour: str, opacity: float) -> Bytes:
    mixed = pixels * (1 - opacity) + np.array(hex_to_rgb(colour)) * opacity
    return np.round(mixed).astype(np.uint8)


def _some(pixels: Bytes) -> Bytes:
    """Evenly spread pixels, few enough to be quick."""
    flat = pixels.reshape(-1, 3)
    return flat[:: max(1, len(flat) // _MOST_PIXELS)]
