"""Where a line may end, and how gladly.

Which places are allowed follows UAX 14 in outline, CLREQ and JIS X 4051 for Chinese (避头尾); which
are liked follows what a typographer does by hand in a headline: words of Chinese stay whole, a
number stays with its unit, an article with its noun, and a clause ends a line gladly.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from studio.render.typography.characters import NOT_AT_END, NOT_AT_START, is_han, is_mark, is_wide

IN_WORD = 0.3
HARD = 0.2
CLINGING = 0.08
CLAUSE_CHINESE, CLAUSE = -0.15, -0.08
"""What a break costs; below 0 it is welcome."""

_UNITS = (
    r"[%‰‱℃℉°]|°[CF]|[kcmµn]?[mgls]|[kM]?[WVA]|k?W?h|mAh|[kMG]?Hz|[kKMGT]B|dB|px|dpi|pt|fps|rpm|kcal|cal|kJ|oz|"
    r"lbs?|ft|in|mi|mph|km/h|mL|cl|hrs?|mins?|secs?|(?:day|week|month|year|hour|minute|second|night|"
    r"piece|pack|cup|serving|step|time|guest|dollar|euro|star|point|page|mile|metre|meter)s?|"
    r"a\.?m\.?|p\.?m\.?|percent|people|pcs|USD|EUR|GBP|CNY|RMB|million|billion|x|×"
)
_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_GLUED = re.compile(
    rf"(?<=\d) (?=(?:{_UNITS})(?![A-Za-z]))"
    rf"|(?<=\d) (?=\d|[×x–-] ?\d|{_MONTHS}(?![a-z])|[\u4e00-\u9fff])"
    rf"|(?:(?<=[×x–])|(?<=[$€£¥])|(?<=US\$)) (?=\d)"
    r"|(?:(?<=\bNo\.)|(?<=\bno\.)|(?<=\bNr\.)|(?<=\bp\.)|(?<=\bpp\.)|(?<=\bVol\.)|(?<=\bDay)"
    r"|(?<=\bStep)|(?<=\bPart)|(?<=\bSize)) (?=\d)"
    r"|(?:(?<=\bMr)|(?<=\bMr\.)|(?<=\bMs)|(?<=\bMs\.)|(?<=\bMrs)|(?<=\bMrs\.)|(?<=\bDr)"
    r"|(?<=\bDr\.)|(?<=\bSt\.)) (?=[A-Z])"
)
"""Spaces that never end a line."""
_MONTH_DAY = re.compile(rf"\b{_MONTHS} (?=\d)")
_CLINGS = re.compile(
    r"(?:a|an|the|of|to|in|on|at|for|by|with|from|and|or|but|as|is|are|be|your|my|our|its|his|her|"
    r"no|not|into|than|that|this|i|we|you)",
    re.IGNORECASE,
)
"""English words that would rather not end a line."""
_NOT_FIRST = frozenset("的了着过吗呢吧啊呀嘛们地得之上下里中后前内外")
_NOT_LAST = frozenset("在和与跟是把被从让为向对给于以及或也都就不很更最每这那一才再只由将")
_ORDINAL = "第每前近"
_CLAUSE_END = frozenset("，。！？；：、")
_NUMBER = re.compile(r"[0-9][0-9.,:/]*")


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the next line may begin: before the character at `index`."""

    index: int
    cost: float
    hyphen: bool = False


@lru_cache(maxsize=1024)
def line_breaks(text: str) -> tuple[Break, ...]:
    """The places where a line of `text` (single spaces) may end, in order."""
    glued = {found.end() for pattern in (_GLUED, _MONTH_DAY) for found in pattern.finditer(text)}
    words = _Words.of(text)
    return tuple(
        Break(index, _cost(text, index, words))
        for index in range(1, len(text))
        if index not in glued and _allowed(text, index, words)
    )


@dataclass(frozen=True, slots=True)
class _Words:
    """Where Chinese words begin, and what is bound to the number before it."""

    starts: frozenset[int]
    counted: frozenset[int]

    @classmethod
    def of(cls, text: str) -> _Words:
        starts, counted, place, before = set(), set(), 0, ""
        for word in rjieba.cut(text):
            starts.add(place)
            if _NUMBER.fullmatch(before) and is_han(word[0]):
                counted |= set(range(place, place + min(len(word), 3)))
            before = word if word != " " else before
            place += len(word)
        return cls(frozenset(starts), frozenset(counted))


def _allowed(text: str, index: int, words: _Words) -> bool:
    one, other = text[index - 1], text[index]
    if other == " " or other in NOT_AT_START or is_mark(other) or index in words.counted:
        return False
    last = text[:index].rstrip()[-1:]
    if last in NOT_AT_END:
        return False
    if one == " ":
        return True
    if is_wide(one) or is_wide(other):
        return not (one in _ORDINAL and other.isdigit())
    return _allowed_in_word(text, index)


def _allowed_in_word(text: str, index: int) -> bool:
    """After a hyphen, a dash or a slash between letters."""
    one, other = text[index - 1], text[index]
    if one in "-/":
        before = re.search(r"[^\W\d_]*[-/]$", text[:index].rpartition(" ")[2])
        after = re.match(r"[^\W\d_][^ ]*", text[index:])
        return bool(before and after and len(before[0]) > 3 and len(after[0]) > 2)
    return one in "—–" and other.isalpha()


def _cost(text: str, index: int, words: _Words) -> float:
    one, other = text[index - 1], text[index]
    if one == " ":
        return _cost_of_space(text, index)
    if one in _CLAUSE_END:
        return CLAUSE_CHINESE
    if is_han(one) and is_han(other) and index not in words.starts:
        return IN_WORD
    if is_han(other) and other in _NOT_FIRST and is_han(one):
        return HARD
    if (is_han(one) and other.isdigit()) or one in "-/":
        return HARD
    if one in _NOT_LAST and index - 1 in words.starts:
        return CLINGING
    return 0.0


def _cost_of_space(text: str, index: int) -> float:
    word = text[:index].rstrip().rpartition(" ")[2]
    if word[-1:] in ",.;:!?—–" or word[-1:] in _CLAUSE_END:
        return CLAUSE
    return CLINGING if _CLINGS.fullmatch(word.strip("“\"'(")) else 0.0


def words_of(text: str) -> Iterator[tuple[int, str]]:
    """The words between spaces and Chinese characters, each with its place."""
    for found in re.finditer(r"[^\s\u2e80-\uffef]+", text):
        yield found.start(), found[0]
