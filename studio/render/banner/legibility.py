"""How well a text reads, measured on the pixels that lie under its glyphs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from studio.crafts.palette import hex_to_rgb
from studio.render.banner.box import Box
from studio.render.oklab import linear
from studio.render.typography import SetLine, Typeface

Floats = NDArray[np.floating[Any]]

WORST_SHARE = 5.0
"""The contrast of a text is that of its worst pixels: this percentile."""
_LUMINANCE = (0.2126, 0.7152, 0.0722)
_LIGHT = linear(np.arange(256) / 255)


def luminance(pixels: NDArray[np.uint8]) -> Floats:
    """Relative luminance 0..1 (WCAG 2.2) of [..., 3] sRGB bytes."""
    return np.asarray(_LIGHT[pixels] @ np.array(_LUMINANCE))


def ratios(pixels: NDArray[np.uint8], colour: str) -> Floats:
    """Contrast ratio of each pixel with a hex colour."""
    ground = luminance(pixels) + 0.05
    text = float(luminance(np.array(hex_to_rgb(colour), np.uint8))) + 0.05
    return np.asarray(np.maximum(ground, text) / np.minimum(ground, text))


def worst(pixels: NDArray[np.uint8], colour: str, share: float = WORST_SHARE) -> float:
    """The contrast ratio that all but `share` percent of the pixels reach."""
    return float(np.percentile(ratios(pixels, colour), share)) if pixels.size else 21.0


def ink_mask(
    lines: tuple[SetLine, ...], face: Typeface, size: float, box: tuple[int, int, int, int]
) -> Image.Image:
    """Coverage of the glyphs within a box of whole pixels, mode L."""
    left, top, right, bottom = box
    drawn = Image.new("RGB", (max(1, right - left), max(1, bottom - top)))
    for each in lines:
        face.draw(drawn, (each.x - left, each.baseline - top), each.text, size, "#ffffff")
    return drawn.getchannel(0)


def under_ink(ground: Image.Image, mask: Image.Image, corner: tuple[int, int]) -> NDArray[np.uint8]:
    """The pixels [n, 3] of the ground that glyphs cover or touch."""
    box = (*corner, corner[0] + mask.width, corner[1] + mask.height)
    touched = np.asarray(mask.filter(ImageFilter.MaxFilter(3))) > 64
    return np.asarray(ground.crop(box))[touched]


def pixels_of(box: Box, image: Image.Image) -> tuple[int, int, int, int]:
    """Whole pixels around a box, within the image."""
    return (
        max(0, int(np.floor(box.left))),
        max(0, int(np.floor(box.top))),
        min(image.width, int(np.ceil(box.right))),
        min(image.height, int(np.ceil(box.bottom))),
    )
