"""A brand's logo: an uploaded picture made small enough for a card, and the colours it is made of.

The card holds it as a PNG in base64, at most 256 px and 24,000 characters. Colours are found in
OKLab (`studio.render.swatches`); blends along edges are left out, and of a drawing on paper the
ink comes before the paper.
"""

from __future__ import annotations

import base64
import binascii
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from studio.ads.brand_reading import LONGEST_LOGO, MOST_LOGO_PX
from studio.crafts.palette import hex_to_rgb, rgb_to_hex
from studio.errors import InvalidInput
from studio.render.oklab import Floats, oklab
from studio.render.picture_upload import FORMATS, MOST_PIXELS
from studio.render.swatches import Swatch, swatches
from studio.requests import Picture

MOST_COLOURS = 6
_LEAST_SHARE = 0.004
_EDGE_SHARE = 0.06
"""A blend of two larger colours up to this share of the area is an edge, not a colour."""
_EDGE_WIDTH = 0.06
_APART = 0.06
_GREY = 0.035
"""OKLab chroma up to which a colour counts as grey."""
_PAPER = 0.9
"""OKLab lightness above which a grey is paper."""
_FLAT = 0.35
"""A colour is flat when so much of what is near it has one value."""
_LOOKED_PX = 400
_SEEN = 128
"""Least alpha of a pixel that is looked at."""
_SIZES_PX = (MOST_LOGO_PX, 192, 144, 112, 84, 64, 48)
_INKS = (0, 64, 24)
"""Colours of the PNG's own palette; 0 for none."""
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError)


@dataclass(frozen=True, slots=True)
class Logo:
    """What an uploaded picture gives to a brand card."""

    png: str
    """Base64, as `Brand.logo` takes it."""
    colours: tuple[str, ...]
    """Hex, the main one first; at most six."""


def read_logo(content: bytes) -> Logo:
    """The picture as a logo. Raises InvalidInput("file"): no picture, too large, all empty."""
    image = _decoded(content)
    seen = image.getchannel("A").point(lambda alpha: 255 if alpha >= 8 else 0).getbbox()
    if seen is None:
        raise InvalidInput("file", "This picture is empty.", code="logo_empty")
    image = image.crop(seen)
    colours = main_colours(image)
    image.thumbnail((MOST_LOGO_PX, MOST_LOGO_PX), Image.Resampling.LANCZOS)
    return Logo(_small_png(image), colours)


def logo_image(logo: str) -> Image.Image:
    """A card's logo as RGBA. Raises InvalidInput("brand_card", code="brand_logo")."""
    try:
        content = base64.b64decode(logo, validate=True)
        with Image.open(io.BytesIO(content), formats=("PNG",)) as image:
            if max(image.size) > MOST_LOGO_PX or len(logo) > LONGEST_LOGO:
                raise ValueError("larger than a card takes")
            return image.convert("RGBA")
    except (*_BROKEN, binascii.Error):
        told = "The logo must be a PNG picture of at most 256 px."
        raise InvalidInput("brand_card", told, code="brand_logo") from None


def main_colours(image: Image.Image, count: int = MOST_COLOURS) -> tuple[str, ...]:
    """At most `count` hex colours of an RGBA picture, the one that carries it first."""
    sampled = image.convert("RGBA")
    # Nearest: a pixel that is there, no blend of its neighbours.
    sampled.thumbnail((_LOOKED_PX, _LOOKED_PX), Image.Resampling.NEAREST)
    pixels = np.asarray(sampled)
    seen = np.ascontiguousarray(pixels[pixels[..., 3] >= _SEEN][:, :3])
    if not len(seen):
        return ()
    found = swatches(Picture(len(seen), 1, seen.tobytes()), 12, apart=_APART)
    kept = [each for each in found if each.share >= _LEAST_SHARE and not _is_edge(each, found)]
    ranked = sorted(kept, key=_carries, reverse=True)[:count]
    return tuple(dict.fromkeys(_as_drawn(each, seen) for each in ranked))


def _as_drawn(swatch: Swatch, pixels: NDArray[np.uint8]) -> str:
    """Of a flat colour the very value it was drawn with; of a shaded one the mean."""
    values, counts = np.unique(pixels, axis=0, return_counts=True)
    near = np.linalg.norm(oklab(values / 255) - _lab(swatch.hex), axis=1) < _APART
    if not near.any() or counts[near].max() < _FLAT * counts[near].sum():
        return swatch.hex
    return rgb_to_hex(values[near][counts[near].argmax()])


def _decoded(content: bytes) -> Image.Image:
    """The first frame as RGBA, upright."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise InvalidInput("file", "This picture is too large.", code="picture_too_large")
            return ImageOps.exif_transpose(image).convert("RGBA")
    except _BROKEN:
        raise InvalidInput("file", "This is no picture I can read.", code="no_picture") from None


def _small_png(image: Image.Image) -> str:
    """The largest and truest PNG that a card has room for."""
    for each in _attempts(image):
        file = io.BytesIO()
        each.save(file, "PNG", optimize=True)
        encoded = base64.b64encode(file.getvalue()).decode()
        if len(encoded) <= LONGEST_LOGO:
            return encoded
    raise InvalidInput("file", "This picture is too large.", code="picture_too_large")


def _attempts(image: Image.Image) -> Iterator[Image.Image]:
    for size in _SIZES_PX:
        smaller = image.copy()
        smaller.thumbnail((size, size), Image.Resampling.LANCZOS)
        for inks in _INKS:
            yield smaller.quantize(inks, Image.Quantize.FASTOCTREE) if inks else smaller


def _carries(swatch: Swatch) -> float:
    """How much a brand looks like this colour: a strong one more than its area, paper last."""
    lightness, chroma = _light_and_chroma(swatch.hex)
    if chroma > _GREY:
        return 1 + math.sqrt(swatch.share) * (0.2 + chroma)
    return swatch.share if lightness < _PAPER else swatch.share - 1


def _is_edge(swatch: Swatch, all_found: Sequence[Swatch]) -> bool:
    """Whether it is only the blend of two colours that cover more."""
    if swatch.share > _EDGE_SHARE:
        return False
    point = _lab(swatch.hex)
    larger = [_lab(each.hex) for each in all_found if each.share > 1.5 * swatch.share]
    return any(
        _off_the_line(point, one, other) < _EDGE_WIDTH
        for place, one in enumerate(larger)
        for other in larger[:place]
    )


def _off_the_line(point: Floats, one: Floats, other: Floats) -> float:
    """Distance in OKLab from what lies strictly between two colours; infinite beside it."""
    along = other - one
    at = float((point - one) @ along / max(1e-9, float(along @ along)))
    if not 0.08 < at < 0.92:
        return math.inf
    return float(np.linalg.norm(one + at * along - point))


def _light_and_chroma(colour: str) -> tuple[float, float]:
    lab = _lab(colour)
    return float(lab[0]), math.hypot(float(lab[1]), float(lab[2]))


def _lab(colour: str) -> Floats:
    return oklab(np.array(hex_to_rgb(colour)) / 255)
