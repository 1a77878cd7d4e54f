"""Fits a text into a box: the largest size that suits, with lines that a typographer would set."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from studio.render.typography.breaking import Break, line_breaks, words_of
from studio.render.typography.characters import plain
from studio.render.typography.glyph_mask import InkBox
from studio.render.typography.hyphens import hyphen_breaks
from studio.render.typography.line_choice import Choice, LineChoice
from studio.render.typography.setting import Align, SetLine, Setting
from studio.render.typography.typeface import Typeface

SMALLER = (1.0, 1.04, 1.08, 1.13, 1.2, 1.3, 1.4)
"""How much size may be given up for better lines; what they cost must be worth it."""
_STEP_PX = 0.25
HYPHEN = "-"


@dataclass(frozen=True, slots=True)
class _Box:
    """What a text is set into; lengths in px."""

    width: float
    height: float
    least: float
    most: float
    most_lines: int
    leading: float


def set_text(
    text: str,
    face: Typeface,
    box: tuple[float, float],
    sizes: tuple[float, float],
    lang: str,
    *,
    most_lines: int,
    leading: float = 1.15,
    align: Align = "left",
) -> Setting | None:
    """`text` in at most `most_lines` lines inside `box` (width, height) px.

    The size is the largest of `sizes` (least, most) px that fits, a little less when that spares
    an ugly break. Lines are even; no line is one lone character, the last one no widow where that
    can be helped; a line break in the text is kept. A word is parted with a hyphen only when it is
    wider than the box at the least size. None when the text does not fit at the least size.
    """
    room = _Box(*box, *sizes, most_lines, leading)
    if not plain(text).strip():
        return Setting((), room.most, 0, 0, (0, 0, 0, 0))
    for choice in _attempts(text, face, lang, room):
        setting = _largest(choice, face, room, align)
        if setting is not None:
            return setting
    return None


def _attempts(text: str, face: Typeface, lang: str, room: _Box) -> Iterator[LineChoice]:
    """The text with its breaks: as they should be, then with widows, then with hyphens."""
    plainly = _prepared(text, face)
    yield plainly
    yield replace(plainly, widows=True)
    parted = _parted(plainly, face, lang, room)
    if parted:
        breaks = (*plainly.breaks, *parted)
        yield replace(plainly, breaks=breaks, widows=True)


@lru_cache(maxsize=512)
def _prepared(text: str, face: Typeface) -> LineChoice:
    lines = [re.sub(" +", " ", plain(each)).strip(" \u3000") for each in text.splitlines()]
    lines = [each for each in lines if each]
    whole = " ".join(lines)
    forced, place = set(), 0
    for line in lines[:-1]:
        place += len(line) + 1
        forced.add(place)
    hyphen = face.width(HYPHEN, 1)
    return LineChoice(whole, face.place(whole), line_breaks(whole), frozenset(forced), hyphen)


def _parted(whole: LineChoice, face: Typeface, lang: str, room: _Box) -> list[Break]:
    return [
        each
        for start, word in words_of(whole.text)
        if face.width(word, room.least) > room.width
        for each in hyphen_breaks(word, start, lang)
    ]


def _largest(choice: LineChoice, face: Typeface, room: _Box, align: Align) -> Setting | None:
    """The best of all numbers of lines; nothing for a text that fits in none."""
    found = [
        (size * math.exp(-chosen.cost), -len(chosen.lines), size, chosen)
        for count in range(1, room.most_lines + 1)
        for size, chosen in _sizes(choice, face, room, count)
    ]
    for _, _, size, chosen in sorted(found, key=lambda each: each[:2], reverse=True):
        setting = _fitted(choice, chosen, size, face, room, align)
        if setting is not None:
            return setting
    return None


def _sizes(
    choice: LineChoice, face: Typeface, room: _Box, count: int
) -> Iterator[tuple[float, Choice]]:
    """Sizes for `count` lines, the largest first, each with its best lines."""
    high = face.ascent(1) + face.descent(1) + (count - 1) * room.leading
    narrowest = choice.narrowest(count)
    if narrowest == math.inf:
        return
    largest = min(room.most, room.height / high, room.width / max(narrowest, 1e-6))
    free = choice.best(count, math.inf)
    for less in SMALLER:
        size = largest / less
        if size < room.least:
            return
        chosen = choice.best(count, room.width / size + 1e-9)
        if chosen is not None:
            yield size, chosen
        if chosen == free:
            return


def _fitted(
    choice: LineChoice, chosen: Choice, size: float, face: Typeface, room: _Box, align: Align
) -> Setting | None:
    """The lines in the box, a little smaller until their ink is inside."""
    texts = [
        choice.text[first:end] + (HYPHEN if hyphen else "") for first, end, hyphen in chosen.lines
    ]
    step = _STEP_PX * max(1, size // 100)
    size = max(room.least, math.floor(size / step) * step)
    while size >= room.least:
        setting = _placed(texts, size, face, room, align)
        if _inside(setting, room):
            return setting
        size -= step
    return None


def _placed(texts: Sequence[str], size: float, face: Typeface, room: _Box, align: Align) -> Setting:
    lines = [_line(text, size, face, room, align, place) for place, text in enumerate(texts)]
    ink = _ink(lines, size, face)
    right, down = max(0, -ink[0]) or min(0, math.floor(room.width) - ink[2]), max(0, -ink[1])
    moved = tuple(SetLine(each.text, each.x + right, each.baseline + down) for each in lines)
    height = face.ascent(size) + face.descent(size) + lines[-1].baseline - lines[0].baseline
    width = max(_edges(each.text, size, face)[1] for each in lines)
    placed = (ink[0] + right, ink[1] + down, ink[2] + right, ink[3] + down)
    return Setting(moved, size, width, height, placed)


def _line(text: str, size: float, face: Typeface, room: _Box, align: Align, place: int) -> SetLine:
    """One line with its ink, not its advance, at the edge or in the middle of the box."""
    left, width = _edges(text, size, face)
    free = {"left": 0.0, "center": 0.5, "right": 1.0}[align] * (room.width - width)
    baseline = math.ceil(face.ascent(size)) + round(place * size * room.leading)
    return SetLine(text, free - left, baseline)


def _edges(text: str, size: float, face: Typeface) -> tuple[float, float]:
    """Where the ink of a line begins and how wide it is, px."""
    glyphs = face.place(text)
    left, right = min(each.left for each in glyphs), max(each.right for each in glyphs)
    return left * size, (right - left) * size


def _ink(lines: Sequence[SetLine], size: float, face: Typeface) -> InkBox:
    boxes = [face.ink(each.text, size, (each.x, each.baseline)) for each in lines]
    left, top, right, bottom = zip(*(each for each in boxes if each), strict=True)
    return min(left), min(top), max(right), max(bottom)


def _inside(setting: Setting, room: _Box) -> bool:
    left, top, right, bottom = setting.ink
    return left >= 0 and top >= 0 and right <= room.width and bottom <= room.height
