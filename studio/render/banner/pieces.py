"""The single blocks of a banner, each with its box's corner at (0, 0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image

from studio.render.banner.banner_size import Range
from studio.render.banner.block import Block, Name
from studio.render.banner.box import Box
from studio.render.banner.wording import Wording
from studio.render.typography import SetLine, Setting, Typeface, set_text

BUTTON_HEIGHT, BUTTON_SIDE, _BUTTON_WIDTH = 2.45, 1.3, 5.6
"""Of the label's type size: the button's height, the room at each side of the label, and the least
width."""
_EM = 200
_SUBLINE_LINES = 3
_STRIP_PX, _STRIP_SIDE, _LEAST_SIDE = 32, 0.85, 0.6
"""The room at each side in a button no higher than so many pixels, and in a narrow column."""
_NEARLY = 0.92
"""Share of its size that a sub-line gives for one line less."""
_SHORT = 0.55
"""Two lines are evened out where one is shorter than this share of the other."""
_BALANCE = (0.55, 0.65, 0.75, 0.85, 0.93)
"""Shares of the column that lines of one text may be narrowed to, to be of one length."""
_CLAUSE = re.compile(r"[,;:.!?](?= )|[，；：。！？]+(?=[^，；：。！？”’」）])|——")
_CLAUSE_END = re.compile(r"[,;:.!?，；：。！？—]$")
_CLAUSE_GAIN = 0.45
"""Added to the evenness of two lines that are two clauses."""
_UNEVEN = 0.45
"""Share of its size that a headline would give for lines of one length."""
_LOGO_HEIGHT, _LOGO_AREA = 2.4, 7.0
"""Of the brand's type size: the most a logo is high, and its area in squares of that size."""
_MIDDLE = ("H", "国")
"""By whose middle a label is centred: tails below the line do not lift it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text and how it is to be set."""

    text: str
    face: Typeface
    lang: str
    leading: float
    most_lines: int


def headline_block(
    wording: Wording,
    width: float,
    height: float,
    sizes: Range,
    most_lines: int,
    *,
    balanced: bool = True,
    parted: bool = False,
) -> Block | None:
    """The headline as large as it fits, `balanced` into lines of one length; None where it does
    not fit. Words are only `parted` with hyphens where that is asked."""
    best: Block | None = None
    for text in (wording.headline, _claused(wording.headline)):
        for lines in range(1 + text.count("\n"), most_lines + 1):
            asked = _Asked(text, wording.display, wording.lang, wording.leading[0], lines)
            block = _lines_block("headline", asked, (width, height), sizes, balanced=balanced)
            if block and not parted and _is_parted(block, text):
                continue
            if block and (best is None or _merit(block) > _merit(best)):
                best = block
            if block and block.size >= sizes[1] - 0.5:
                break
    return best


def _is_parted(block: Block, text: str) -> bool:
    return "".join("".join(each.text for each in block.lines).split()) != "".join(text.split())


def _claused(text: str) -> str:
    """The text with a line break after the mark that ends a clause nearest to its middle."""
    marks = [each.end() for each in _CLAUSE.finditer(text)]
    if not marks:
        return text
    place = min(marks, key=lambda each: abs(each - len(text) / 2))
    return f"{text[:place].rstrip()}\n{text[place:].lstrip()}"


def _merit(block: Block) -> float:
    """Large, in lines about as long as each other: one short line among long ones looks broken."""
    if block.face is None:
        return 0.0
    widths = [block.face.width(each.text, block.size) for each in block.lines]
    shortest = min(widths[:-1], default=widths[-1])
    even = 0.8 * shortest / max(widths) + 0.2 * min(widths) / max(widths)
    if len(widths) == 2 and _CLAUSE_END.search(block.lines[0].text):
        even = max(even, 0.5) + _CLAUSE_GAIN
    return block.size * (1 - _UNEVEN + _UNEVEN * even)


def subline_block(
    wording: Wording, width: float, height: float, sizes: Range, *, balanced: bool = True
) -> Block | None:
    """The sub-line in the fewest lines that leave it large; None where it does not fit."""
    found = []
    for lines in range(1, _SUBLINE_LINES + 1):
        leading = wording.leading[1]
        asked = _Asked(wording.subline, wording.reading, wording.lang, leading, lines)
        block = _lines_block("subline", asked, (width, height), sizes, balanced=balanced)
        if block and block.size >= _NEARLY * sizes[1]:
            return block
        found += [block] if block else []
    return max(found, key=lambda each: each.size, default=None)


def brand_block(wording: Wording, sizes: Range, width: float, most_lines: int = 1) -> Block | None:
    """The logo, no wider than `width`, else the brand's name; None where there is neither or the
    name does not fit."""
    if wording.logo is not None:
        return _logo_block(wording.logo, sizes[1], width)
    if not wording.brand_name:
        return None
    asked = _Asked(wording.brand_name, wording.display, wording.lang, 1.12, most_lines)
    return _lines_block("logo", asked, (width, 3 * most_lines * sizes[1]), sizes)


def button_block(
    wording: Wording, size: float, radius: float, width: float, height: float = 0
) -> Block:
    """A button around its label, as wide as `width` at most where the label leaves it that;
    `radius` in button heights."""
    face = wording.label
    high = round(height or BUTTON_HEIGHT * size)
    label = face.width(wording.cta, size)
    side = (BUTTON_SIDE if high > _STRIP_PX else _STRIP_SIDE) * size
    side = min(side, max(_LEAST_SIDE * size, (width - label) / 2))
    wide = round(max(label + 2 * side, min(width, _BUTTON_WIDTH * size)))
    _, top, _, bottom = face.ink(_MIDDLE[wording.lang == "zh"], _EM, (0, 0)) or (0, 0, 0, 0)
    baseline = high / 2 - (top + bottom) / 2 * size / _EM
    line = SetLine(wording.cta, (wide - label) / 2, baseline)
    return Block("cta", Box(0, 0, wide, high), (line,), face, size, radius=radius * high)


def _logo_block(logo: Image.Image, size: float, most_wide: float) -> Block:
    """As large as its area allows: a wide one is lower than a square one."""
    aspect = logo.width / logo.height
    high = min(_LOGO_HEIGHT * size, size * (_LOGO_AREA / aspect) ** 0.5, most_wide / aspect)
    return Block("logo", Box(0, 0, round(high * aspect), round(high)), logo=logo)


def _lines_block(
    name: Name,
    asked: _Asked,
    box: tuple[float, float],
    sizes: Range,
    *,
    balanced: bool = False,
) -> Block | None:
    setting = _set(asked, box, (min(sizes), sizes[1]))
    if setting is None or not setting.lines:
        return None
    setting = _balanced(setting, asked, box) if balanced else setting
    block = Block(name, Box(*setting.ink), setting.lines, asked.face, setting.size)
    return block.at(0, 0)


def _balanced(setting: Setting, asked: _Asked, box: tuple[float, float]) -> Setting:
    """Two lines, one of them short, evened out: the same size in the narrowest column that takes
    two. Chinese is left as it is, for its phrases break worse than its lines look."""
    count = len(setting.lines)
    widths = [asked.face.width(each.text, setting.size) for each in setting.lines]
    if asked.lang == "zh" or count != 2 or min(widths) > _SHORT * max(widths):
        return setting
    for share in _BALANCE:
        narrow = _set(asked, (share * setting.width, box[1]), (setting.size, setting.size))
        if narrow and narrow.size == setting.size and _words(narrow) == _words(setting):
            return narrow
    return setting


def _words(setting: Setting) -> tuple[int, list[str]]:
    """How many lines, and the words: none of them parted anew."""
    return len(setting.lines), " ".join(each.text for each in setting.lines).split()


@lru_cache(maxsize=4096)
def _set(asked: _Asked, box: tuple[float, float], sizes: Range) -> Setting | None:
    return set_text(
        asked.text,
        asked.face,
        box,
        sizes,
        asked.lang,
        most_lines=asked.most_lines,
        leading=asked.leading,
    )
