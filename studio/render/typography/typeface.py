"""A typeface: a stack of fonts that together show any text, measured and drawn the same way.

The first font that has a character draws it: the Latin one, the Chinese ones, then the machine's
own. Quotation marks, dashes and ellipses of a Chinese text are Chinese. Glyphs are placed one by
one at exact lengths with kerning, so that what is measured, drawn on pixels and written as outlines
agrees to a part of a pixel. No ligatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from PIL import Image

from studio.render.typography.characters import SHARED, is_han, is_wide, plain
from studio.render.typography.font_file import FontFile
from studio.render.typography.glyph_mask import Colour, InkBox, Point, ink_of, paint
from studio.render.typography.outline import Outline, path_data
from studio.render.typography.placed_glyph import PlacedGlyph
from studio.render.typography.spacing import space_between
from studio.render.typography.system_fonts import font_with
from studio.render.typography.web_font import web_font

Family = Literal["sans", "serif"]
Weight = Literal["regular", "bold"]

FONTS = Path(__file__).resolve().parents[3] / "assets" / "fonts"
LATIN: Mapping[str, str] = MappingProxyType(
    {"sans": "instrument-sans-latin-wght-normal", "serif": "newsreader-latin-wght-normal"}
)
WGHT: Mapping[str, int] = MappingProxyType({"regular": 400, "bold": 700})
_TALL, _DEEP = "Hbdfkl国Q", "gjpqy国，Q"
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f]+")


class Typeface:
    """One family at one weight. Sizes are px of one em; x runs right, y down, from the baseline.

    White space of any kind is one space; what is unseen (joiners, variation selectors) takes no
    room. A character that no font has is drawn as a box: see `missing`.
    """

    def __init__(self, family: Family, weight: Weight, files: Sequence[FontFile]) -> None:
        self.family, self.weight = family, weight
        self.files = tuple(files)
        """The shipped fonts, in the order in which they are asked; the machine's come after."""
        self._place = lru_cache(maxsize=4096)(self._placed)
        self._find = lru_cache(maxsize=8192)(self._found)

    def missing(self, text: str) -> frozenset[str]:
        """The characters of `text` that no font at hand can show (they would be boxes: "tofu")."""
        return frozenset(each for each in plain(text) if self._find(each, False) is None)

    def width(self, text: str, size: float) -> float:
        """Advance width of one line in px, kerning and the space between scripts included."""
        glyphs = self.place(text)
        return size * (glyphs[-1].x + glyphs[-1].advance) if glyphs else 0.0

    def ascent(self, size: float) -> float:
        """From the baseline to the top of the tallest letters and Chinese characters, px."""
        return size * max(box[3] for box in self._boxes(_TALL))

    def descent(self, size: float) -> float:
        """From the baseline down to the end of the deepest letters, px (positive)."""
        return size * -min(box[1] for box in self._boxes(_DEEP))

    def ink(self, text: str, size: float, at: Point = (0, 0)) -> InkBox | None:
        """The px (left, top, right, bottom) that `draw` touches, and no others; None for blanks."""
        return ink_of(self.place(text), at, size)

    def draw(self, image: Image.Image, at: Point, text: str, size: float, fill: Colour) -> None:
        """Draw one line with its pen at `at` = (x, baseline) into an RGB or RGBA image."""
        paint(image, self.place(text), at, size, fill)

    def outlines(self, text: str, size: float) -> tuple[Outline, ...]:
        """The glyphs of one line as paths, with their advances; blanks have an empty path."""
        return tuple(
            Outline(
                each.character,
                path_data(each.file.steps(each.character), size / each.file.em, each.x * size),
                each.x * size,
                each.advance * size,
            )
            for each in self.place(text)
        )

    def subset(self, texts: Iterable[str]) -> bytes:
        """A WOFF2 with the glyphs of these texts and the kerning of their pairs.

        Name it freely in `@font-face`. A browser kerns within one script only: write the line's
        `width` as `textLength` beside it.
        """
        lines = tuple(self.place(each) for each in dict.fromkeys(texts))
        high, deep = round(self.ascent(1000)), round(self.descent(1000))
        return web_font(f"Atelier {self.family} {self.weight}", lines, high, deep)

    def place(self, text: str) -> tuple[PlacedGlyph, ...]:
        """The glyphs of one line from x = 0, lengths in em."""
        return self._place(plain(text))

    def _placed(self, text: str) -> tuple[PlacedGlyph, ...]:
        files = [self._file(text, place) for place in range(len(text))]
        x, glyphs = 0.0, []
        for place, (character, file) in enumerate(zip(text, files, strict=True)):
            advance = file.advance(character)
            if place + 1 < len(text):
                advance += _between(character, file, text[place + 1], files[place + 1])
            glyphs.append(PlacedGlyph(character, file, x, advance))
            x += advance
        return tuple(glyphs)

    def _file(self, text: str, place: int) -> FontFile:
        chinese = text[place] in SHARED and _is_chinese(text) and not _in_latin(text, place)
        return self._find(text[place], chinese) or self.files[-1]

    def _found(self, character: str, chinese: bool) -> FontFile | None:
        files = self.files[1:] if chinese else self.files
        own = next((each for each in files if character in each), None)
        return own or font_with(character, self.family, self.weight)

    def _boxes(self, characters: str) -> Iterator[tuple[float, float, float, float]]:
        for each in characters:
            file = self._find(each, False)
            box = file.bounds(each) if file else None
            if box is not None:
                yield box


@lru_cache(maxsize=4)
def typeface(family: Family, weight: Weight) -> Typeface:
    """The shipped typeface: Instrument Sans or Newsreader, with Noto Sans SC or Noto Serif SC."""
    latin = FontFile(FONTS / f"{LATIN[family]}.woff2", weight=WGHT[weight])
    chinese = [
        FontFile(FONTS / f"noto-{family}-sc-{weight}-{part}.woff2") for part in ("common", "rare")
    ]
    return Typeface(family, weight, (latin, *chinese))


def _between(one: str, its: FontFile, other: str, others: FontFile) -> float:
    if its is others and not is_wide(one) and one not in SHARED:
        return its.kern(one, other)
    if one == other == "—":
        return -_blank_beside(its, one)
    return space_between(
        one, other, one_full=its.advance(one) >= 1, other_full=others.advance(other) >= 1
    )


def _blank_beside(file: FontFile, character: str) -> float:
    """Em without ink on both sides of a character: the two halves of a Chinese dash touch."""
    box = file.bounds(character)
    return file.advance(character) - (box[2] - box[0]) if box else 0.0


def _is_chinese(text: str) -> bool:
    return sum(map(is_han, text)) > len(_LATIN_WORD.findall(text))


def _in_latin(text: str, place: int) -> bool:
    """An apostrophe, or a sign between two Latin words."""
    if text[place] == "’" and text[:place][-1:].isascii() and text[:place][-1:].isalnum():
        return True
    before = next(filter(str.isalnum, reversed(text[:place])), "")
    after = next(filter(str.isalnum, text[place + 1 :]), "")
    return bool(before and after) and not is_han(before) and not is_han(after)
