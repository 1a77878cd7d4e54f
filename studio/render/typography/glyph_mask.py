"""Glyphs on pixels: drawn finer than asked and brought down, so that no hint moves them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageColor, ImageDraw

from studio.render.typography.font_file import FontFile
from studio.render.typography.placed_glyph import PlacedGlyph

InkBox = tuple[int, int, int, int]
Point = tuple[float, float]
Colour = str | tuple[int, int, int] | tuple[int, int, int, int]

FINER = ((40.0, 4), (120.0, 2))
"""Below so many px, draw so many times finer; larger type needs none."""
_MOST_KEPT_PX = 200
"""Glyphs up to this height are kept for the next line."""


@dataclass(frozen=True, slots=True)
class _Stamp:
    """The coverage of one glyph and where its corner lies from the pen, in fine px."""

    mask: Image.Image
    left: int
    top: int


def ink_of(glyphs: Sequence[PlacedGlyph], at: Point, size: float) -> InkBox | None:
    """The px (left, top, right, bottom) that `paint` may touch; None for blanks only."""
    fine = _finer(size)
    boxes = [
        (left, top, left + stamp.mask.width, top + stamp.mask.height)
        for stamp, left, top in _stamped(glyphs, at, size)
    ]
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return (
        math.floor(min(left) / fine),
        math.floor(min(top) / fine),
        math.ceil(max(right) / fine),
        math.ceil(max(bottom) / fine),
    )


def paint(
    image: Image.Image, glyphs: Sequence[PlacedGlyph], at: Point, size: float, fill: Colour
) -> None:
    """Draw the glyphs with their pen at `at` (x, baseline) into an RGB or RGBA image."""
    ink = ink_of(glyphs, at, size)
    if ink is None:
        return
    left, top = max(0, ink[0]), max(0, ink[1])
    right, bottom = min(image.width, ink[2]), min(image.height, ink[3])
    if left >= right or top >= bottom:
        return
    fine = _finer(size)
    mask = Image.new("L", ((right - left) * fine, (bottom - top) * fine))
    for stamp, x, y in _stamped(glyphs, at, size):
        mask.paste(255, (x - left * fine, y - top * fine), stamp.mask)
    _lay(image, mask.reduce(fine) if fine > 1 else mask, (left, top), fill)


def _lay(image: Image.Image, mask: Image.Image, at: tuple[int, int], fill: Colour) -> None:
    colour = ImageColor.getrgb(fill) if isinstance(fill, str) else fill
    alpha = colour[3] if len(colour) == 4 else 255
    seen = mask if alpha == 255 else mask.point([round(each * alpha / 255) for each in range(256)])
    if image.mode == "RGBA":
        layer = Image.new("RGBA", seen.size, colour[:3])
        layer.putalpha(seen)
        image.alpha_composite(layer, at)
    else:
        image.paste(colour[:3], at, seen)


def _stamped(
    glyphs: Sequence[PlacedGlyph], at: Point, size: float
) -> Iterator[tuple[_Stamp, int, int]]:
    """Each glyph's stamp with its corner, in fine px."""
    fine = _finer(size)
    baseline = round(at[1] * fine)
    for each in glyphs:
        stamp = _stamp(each.file, each.character, size * fine)
        if stamp is not None:
            pen = round((at[0] + each.x * size) * fine)
            yield stamp, pen + stamp.left, baseline + stamp.top


def _finer(size: float) -> int:
    return next((times for below, times in FINER if size < below), 1)


def _stamp(file: FontFile, character: str, px: float) -> _Stamp | None:
    return (_kept if px <= _MOST_KEPT_PX else _drawn)(file, character, px)


@lru_cache(maxsize=2048)
def _kept(file: FontFile, character: str, px: float) -> _Stamp | None:
    return _drawn(file, character, px)


def _drawn(file: FontFile, character: str, px: float) -> _Stamp | None:
    with file.lock:
        font = file.at(px)
        left, top, right, bottom = (round(each) for each in font.getbbox(character, anchor="ls"))
        pad = 2
        mask = Image.new("L", (right - left + 2 * pad, bottom - top + 2 * pad))
        place = (pad - left, pad - top)
        ImageDraw.Draw(mask).text(place, character, 255, font, anchor="ls")
    ink = mask.getbbox()
    return ink and _Stamp(mask.crop(ink), ink[0] - place[0], ink[1] - place[1])
