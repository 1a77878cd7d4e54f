"""One font at one weight: which characters it has, how wide they are, what they look like."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import Any

from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont
from PIL import ImageFont, features

from studio.render.typography.outline import Step, StepPen

Box = tuple[float, float, float, float]

_MEASURING_PX = 1000
_NO_LIGATURES = ("-liga", "-clig", "-calt", "-dlig")


class FontFile:
    """A font file (OpenType, TrueType, WOFF2, one of a collection) set to its weight.

    Lengths are in em, y upwards. A character that the font does not have shows its "missing" box.
    One lock guards the file: fontTools and FreeType read lazily.
    """

    def __init__(self, path: Path, number: int = 0, weight: float | None = None) -> None:
        self.path, self.number = path, number
        self.lock = RLock()
        self._font = TTFont(path, fontNumber=number, lazy=True)
        self._content = _unpacked(path) if path.suffix == ".woff2" else None
        self._names: Mapping[int, str] = self._font.getBestCmap() or {}
        self._weight = weight if weight is not None and "fvar" in self._font else None
        place = None if self._weight is None else {"wght": self._weight}
        self._glyphs: Any = self._font.getGlyphSet(location=place)
        self.em = float(self._font["head"].unitsPerEm)
        """Font units of one em."""

    def __contains__(self, character: str) -> bool:
        return ord(character) in self._names

    @property
    def can_be_drawn(self) -> bool:
        """Whether its glyphs have outlines; fonts of colour pictures do not."""
        return any(table in self._font for table in ("glyf", "CFF ", "CFF2"))

    @property
    def copyright(self) -> str:
        return str(self._font["name"].getDebugName(0) or "")

    def advance(self, character: str) -> float:
        """How far the character moves the pen."""
        return _glyph(self, character)[0]

    def steps(self, character: str) -> tuple[Step, ...]:
        """The outline, in font units."""
        return _glyph(self, character)[1]

    def bounds(self, character: str) -> Box | None:
        """Exact box (left, bottom, right, top) of the ink; None for a blank."""
        return _glyph(self, character)[2]

    def kern(self, one: str, other: str) -> float:
        """What the font's own kerning adds between two of its characters (0 without raqm)."""
        return _kern(self, one, other)

    def at(self, px: float) -> ImageFont.FreeTypeFont:
        """This font for PIL at a size in px. Hold `lock` while it is used."""
        return _at(self, px)

    def read_glyph(self, character: str) -> tuple[float, tuple[Step, ...], Box | None]:
        """Advance, outline and ink of a character, anew from the file."""
        with self.lock:
            glyph = self._glyphs[self._names.get(ord(character), ".notdef")]
            pen, box = StepPen(self._glyphs), BoundsPen(self._glyphs)
            glyph.draw(pen)
            glyph.draw(box)
            left, low, right, high = (each / self.em for each in box.bounds or (0, 0, 0, 0))
            ink = (left, low, right, high) if box.bounds else None
            return glyph.width / self.em, tuple(pen.steps), ink

    def read_kern(self, one: str, other: str) -> float:
        """`kern`, anew from the file."""
        asked: Any = {"features": list(_NO_LIGATURES)} if features.check("raqm") else {}
        with self.lock:
            font = self.at(_MEASURING_PX)
            pair, first, second = (
                font.getlength(each, **asked) for each in (one + other, one, other)
            )
        return float(pair - first - second) / _MEASURING_PX

    def open_at(self, px: float) -> ImageFont.FreeTypeFont:
        """`at`, anew from the file."""
        with self.lock:
            source = self.path if self._content is None else io.BytesIO(self._content)
            font = ImageFont.truetype(source, px, index=self.number)
            if self._weight is not None:
                font.set_variation_by_axes([self._weight])
            return font


def _unpacked(path: Path) -> bytes:
    """A WOFF2 as OpenType: unpacking it for each size would take longer than drawing."""
    font = TTFont(path)
    font.flavor = None
    content = io.BytesIO()
    font.save(content, reorderTables=None)
    return content.getvalue()


@lru_cache(maxsize=16384)
def _glyph(file: FontFile, character: str) -> tuple[float, tuple[Step, ...], Box | None]:
    return file.read_glyph(character)


@lru_cache(maxsize=16384)
def _kern(file: FontFile, one: str, other: str) -> float:
    return file.read_kern(one, other)


@lru_cache(maxsize=128)
def _at(file: FontFile, px: float) -> ImageFont.FreeTypeFont:
    return file.open_at(px)
