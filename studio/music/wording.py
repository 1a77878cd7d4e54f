"""Find words in a description, with their degree ("very") and negation ("not too", 不要太)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

NEGATED_EN = re.compile(
    r"\b(not|no|nor|never|without|avoid|nothing|isn't|don't|doesn't|can't|cannot|less|hardly|zero"
    r"|anything but|instead of|rather than|other than)\b"
    r"(?!.*\b(?:only|but|just|yet|though)\b)[^.,;:!?]{0,22}$"
)
NEGATED_ZH = re.compile(
    r"((不要|不想|没有|避免|而不是|而非|拒绝)[^，。；！？,.要而但只就是]{0,4}"
    r"|(不必|不用|不是|不能|不可|不会|不(?![仅但光止只过禁由])|(?<![特分告离送])别|没|无(?![比限尽穷])|勿|莫"
    r"|非(?!常))[^，。；！？,.要而但只就]{0,3})$"
)
STRONGER = re.compile(
    r"(\b(very|so|really|extremely|deeply|super|utterly)\b\s*$)|((很|非常|极|超|特别|十分|最)$)"
)
WEAKER = re.compile(
    r"(\b(slightly|somewhat|a little|a bit|fairly|rather|almost)\b\s*$)|((有点|稍|略|微|一点)$)"
)
_REACH = 32


def weight(text: str, words: str) -> float:
    """Sum of the strengths of all words found: about 1 each, negative where negated."""
    return sum(strengths(text, words))


def strengths(text: str, words: str) -> Iterator[float]:
    """The strength of each hit of these words in a description."""
    lowered = text.lower().replace("’", "'")
    for match in pattern(words).finditer(lowered):
        yield strength(lowered, match.start())


def strength(lowered: str, start: int) -> float:
    """0.6 to 1.5 for a word that stands at `start`, by the word before; negative where negated."""
    before = lowered[max(0, start - _REACH) : start]
    degree = 1.5 if STRONGER.search(before) else 0.6 if WEAKER.search(before) else 1.0
    return -degree if negated(lowered, start) else degree


def negated(lowered: str, start: int) -> bool:
    """Whether what stands at `start` is not wanted. The text in lower case."""
    before = lowered[max(0, start - _REACH) : start]
    return bool(NEGATED_EN.search(before) or NEGATED_ZH.search(before[-9:]))


def found_words(text: str, words: str) -> Iterator[str]:
    """The words of a list that a text says and does not negate, as they stand in it."""
    lowered = text.lower().replace("’", "'")
    for match in pattern(words).finditer(lowered):
        if not negated(lowered, match.start()):
            yield match.group()


@lru_cache(maxsize=256)
def pattern(words: str) -> re.Pattern[str]:
    """One expression for a list of words: `*` any ending, `-` a space or a hyphen; Chinese words
    match anywhere, the longest first."""
    english, chinese = [], []
    for word in sorted(words.split(), key=len, reverse=True):
        if word.isascii():
            english.append(re.escape(word).replace(r"\*", r"\w*").replace(r"\-", r"[\s-]"))
        else:
            chinese.append(re.escape(word))
    parts = [rf"\b(?:{'|'.join(english)})\b"] if english else []
    return re.compile("|".join([*parts, *chinese]))
