"""Finds what a description asks for: concepts and colours, in English or Chinese. Pure Python.

Negated words ask for nothing ("not neon", 不要金线).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from studio.crafts.image_words import (
    COLOUR_NOT,
    COLOURS,
    COLOURS_ZH,
    CONCEPTS,
    NEGATIONS_EN,
    NEGATIONS_ZH,
)
from studio.crafts.palette import hex_to_lab, hex_to_rgb, is_hex, lab_to_hex, rgb_to_hex

_WORD = re.compile(r"[a-z][a-z'-]*")
_REACH_EN, _REACH_ZH = 2, 4
_DETAIL = re.compile(
    r"\b(?:one|a|single)(?:\s+[a-z-]+){0,2}\s+(?:line|dot|point|stroke|thread|spot)\b"
)
"""One small thing says that the rest is empty, not that the picture is dark or made of lines."""
DEEPER = frozenset({"dark", "deep", "深", "暗"})
PALER: Mapping[str, float] = MappingProxyType(
    {"pale": 0.65, "light": 0.45, "soft": 0.35, "浅": 0.5, "淡": 0.6}
)
"""How far towards white each goes."""
_COUNTS: Mapping[str, int] = MappingProxyType(
    {"one": 1, "two": 2, "three": 3, "一": 1, "两": 2, "二": 2, "三": 3}
)
_COUNTED = re.compile(
    r"\b(one|two|three)\s+(warm|hot|cold|cool)\s+colou?rs?\b|([一两二三])[种个块]?(暖|冷)色"
)
_DARK_DETAIL = re.compile(
    r"\b(?:one|a|single)(?:\s+[a-z-]+){0,2}\s+(?:dark|black)\s+(?:line|dot|point|stroke|thread|spot)"
    r"|一[道条根点抹笔]细?[黑深暗墨]"
)


def found_words(text: str) -> frozenset[tuple[str, str]]:
    """(concept, word of it) for all words of the lexicon that the text says and does not negate."""
    words, blocked = _english(_DETAIL.sub("one dot", plain(text)))
    spoken = [word for place, word in enumerate(words) if place not in blocked]
    chinese = unnegated(text)
    return frozenset(
        (name, each)
        for name, (english, han) in CONCEPTS.items()
        for each in (
            *(word for word in english.split() if _matches(word, spoken)),
            *(word for word in han.split() if word in chinese),
        )
    )


def found_concepts(text: str) -> frozenset[str]:
    """The concepts that the text asks for; negated words ask for nothing."""
    return frozenset(name for name, _ in found_words(text))


def plain(text: str) -> str:
    """As the English words are matched: lower case, straight apostrophes."""
    return text.lower().replace("’", "'")


def _english(text: str) -> tuple[list[str], set[int]]:
    """The words, and the places of negated ones."""
    words = _WORD.findall(text)
    blocked = {
        place + step
        for place, word in enumerate(words)
        if word in NEGATIONS_EN
        for step in range(_REACH_EN + 1)
    }
    return words, blocked


def _matches(pattern: str, words: list[str]) -> bool:
    if pattern.endswith("."):
        return pattern[:-1] in words
    return any(word.startswith(pattern) for word in words)


def says(text: str, english: str, chinese: str) -> bool:
    """Whether a text says one of the words, not negated: English whole words, Chinese anywhere;
    each list is parted by blanks."""
    words, blocked = _english(_DETAIL.sub("one dot", plain(text)))
    spoken = {word for place, word in enumerate(words) if place not in blocked}
    han = unnegated(text)
    return not spoken.isdisjoint(english.split()) or any(each in han for each in chinese.split())


def unnegated(text: str) -> str:
    """Chinese text without what its negations cover."""
    either = "|".join(sorted(NEGATIONS_ZH, key=len, reverse=True))
    return re.sub(rf"(?:{either})[\u4e00-\u9fff]{{0,{_REACH_ZH}}}", "·", text)


def found_colours(text: str) -> tuple[str, ...]:
    """The colours that are named, as hex, in the order of the text; negated ones left out.

    "dark", "deep", "pale" and 深, 浅 before a colour shade it."""
    found = [*_english_colours(plain(text)), *_chinese_colours(unnegated(text))]
    return tuple(dict.fromkeys(found))


def _english_colours(text: str) -> list[str]:
    words, blocked = _english(text)
    found = []
    for place, word in enumerate(words):
        named = COLOURS.get(word) or COLOURS.get(word.removesuffix("s"))
        for part in word.split("-"):
            named = named or COLOURS.get(part)
        if named and place not in blocked:
            found.append(shaded(named, words[place - 1] if place else ""))
    return found


def _chinese_colours(text: str) -> list[str]:
    for each in COLOUR_NOT:
        text = text.replace(each, "·" * len(each))
    either = "|".join(sorted(COLOURS_ZH, key=len, reverse=True))
    return [
        shaded(COLOURS_ZH[match[2]], match[1] or "")
        for match in re.finditer(rf"([深暗浅淡])?({either})", text)
    ]


def shaded(colour: str, before: str) -> str:
    """A hex colour, darker or paler when the word before it says so."""
    lightness, a, b = hex_to_lab(colour)
    if before in DEEPER:
        return lab_to_hex((max(8.0, lightness - 18), 0.85 * a, 0.85 * b))
    if (white := PALER.get(before, 0.0)) > 0:
        return lab_to_hex((lightness + white * (94 - lightness), (1 - white) * a, (1 - white) * b))
    return colour


def asked_temperatures(text: str) -> tuple[str, int]:
    """("warm" or "cold", how many) of "two warm colours", 三种冷色; ("", 0) when not asked."""
    match = _COUNTED.search(plain(text))
    if match is None:
        return "", 0
    count = _COUNTS[match[1] or match[3]]
    return ("warm" if (match[2] or match[4]) in ("warm", "hot", "暖") else "cold"), count


def asks_dark_detail(text: str) -> bool:
    """Whether one small dark thing is asked for: "one thin dark line", 一道黑线."""
    return _DARK_DETAIL.search(plain(text)) is not None


def colours_of(text: str) -> tuple[str, ...]:
    """The colours of one entry of a palette: a hex code, or names."""
    return (rgb_to_hex(hex_to_rgb(text)),) if is_hex(text) else found_colours(text)
