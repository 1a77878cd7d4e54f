"""What a test sees of a banner, by its own measure: the SVG says where and in which colour text is
set, the ground is the banner without it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

import numpy as np
from PIL import Image, ImageColor, ImageFilter

from studio.render.banner.banner import Banner
from studio.render.banner.raster import ground
from studio.render.typography import typeface

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """One text of a banner: its lines, its colour, and the coverage of its glyphs."""

    name: str
    lines: tuple[str, ...]
    colour: tuple[int, int, int]
    mask: np.ndarray

    @property
    def ink(self) -> tuple[int, int, int, int]:
        """left, top, right, bottom of the pixels that glyphs touch."""
        rows, columns = np.nonzero(self.mask > 16)
        return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


def texts(banner: Banner) -> list[Text]:
    root = ElementTree.fromstring(banner.svg)
    return [_text(each, banner.image.size) for each in root.iter(f"{SVG}text")]


def _text(element: ElementTree.Element, size: tuple[int, int]) -> Text:
    family = "serif" if "serif'" in element.get("font-family", "").split(",")[0] else "sans"
    weight = "bold" if element.get("font-weight") == "700" else "regular"
    face, canvas = typeface(family, weight), Image.new("RGB", size)
    spans = list(element.iter(f"{SVG}tspan"))
    for span in spans:
        place = float(span.get("x", "")), float(span.get("y", ""))
        face.draw(canvas, place, span.text or "", float(element.get("font-size", "")), "white")
    colour = ImageColor.getrgb(element.get("fill", ""))[:3]
    lines = tuple(span.text or "" for span in spans)
    return Text(element.get("id", ""), lines, colour, np.asarray(canvas.getchannel(0)))


def worst_contrast(banner: Banner, text: Text) -> float:
    """WCAG's ratio that 95 % of the pixels under and beside the glyphs reach."""
    left, top, right, bottom = text.ink
    box = (left - 2, top - 2, right + 2, bottom + 2)
    below = np.asarray(ground(banner.drawing).crop(box))
    touched = Image.fromarray(text.mask).crop(box).filter(ImageFilter.MaxFilter(3))
    light = _luminance(below[np.asarray(touched) > 64]) + 0.05
    own = _luminance(np.array([text.colour], np.uint8))[0] + 0.05
    return float(np.percentile(np.maximum(light, own) / np.minimum(light, own), 5))


def _luminance(pixels: np.ndarray) -> np.ndarray:
    part = pixels / 255
    light = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return light @ np.array([0.2126, 0.7152, 0.0722])
