"""Numbers up to 999 in figures or words, in English and Chinese: 16, sixteen, 十六."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(_ONES)}
    | {word: 10 * number for number, word in enumerate(_TENS, 2)}
)
_HAN: Mapping[str, int] = MappingProxyType(
    {each: number for number, each in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
)
_WORD = "|".join(sorted(_SMALL, key=len, reverse=True))
NUMBER = (
    rf"(?:(?<!\d)\d{{1,3}}(?!\d)|\b(?:(?:a|one|two)[\s-]hundred(?:[\s-]and)?(?:[\s-](?:{_WORD}))*"
    rf"|(?:{_WORD})(?:[\s-](?:{_WORD}))?)\b|[零〇一二两三四五六七八九十百]+)"
)
"""A pattern (not capturing, ignoring case) that finds a number."""


def number_of(text: str) -> int | None:
    """The number that a hit of NUMBER says; None for Han characters that say none (十百)."""
    if text.isdigit():
        return int(text)
    return _english(text.lower()) if text.isascii() else _chinese(text)


def _english(text: str) -> int:
    total = 0
    for word in re.split(r"[\s-]+", text):
        if word == "hundred":
            total = 100 * max(1, total)
        else:
            total += _SMALL.get(word, int(word == "a"))
    return total


def _chinese(text: str) -> int | None:
    """一百二 is 120, 二十四 is 24, 一二〇 is 120."""
    if not set(text) & set("十百"):
        return int("".join(str(_HAN[each]) for each in text))
    found = re.fullmatch(
        r"(?:([一二两三四五六七八九])?百)?[零〇]?(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?",
        text,
    )
    if found is None:
        return None
    hundreds, tens, ten, ones = found.groups()
    last = _HAN.get(ones or "", 0)
    if "百" in text and not ten and "零" not in text and "〇" not in text:
        last *= 10
    return 100 * _HAN.get(hundreds or "一", 1) * ("百" in text) + (
        10 * _HAN.get(tens or "一", 1) * bool(ten) + last
    )
