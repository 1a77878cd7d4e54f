"""Find words in a description, with their degree ("very") and negation ("not too", 不要太)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

NEGATED_EN = re.compile(
    r"\b(not|no|never|without|avoid|nothing|isn't|don't|do not|less|hardly|zero|anything but)\b"
    r"(?!.*\bonly\b)[^.,;:!?]{0,18}$"
)
NEGATED_ZH = re.compile(
    r"(不要|不必|不用|不是|不能|不|别|没有|没|无|勿|莫|非)[^，。；！？,.]{0,3}$"
)
STRONGER = re.compile(
    r"(\b(very|so|really|extremely|deeply|super|utterly)\b\s*$)|((很|非常|极|超|特别|十分|最)$)"
)
WEAKER = re.compile(
    r"(\b(slightly|somewhat|a little|a bit|fairly|rather|almost)\b\s*$)|((有点|稍|略|微|一点)$)"
)


def weight(text: str, words: str) -> float:
    """Sum of the strengths of all words found: about 1 each, negative where negated."""
    return sum(strengths(text, words))


def strengths(text: str, words: str) -> Iterator[float]:
    """The strength of each hit of these words in a description."""
    lowered = text.lower()
    for match in pattern(words).finditer(lowered):
        before = lowered[max(0, match.start() - 28) : match.start()]
        degree = 1.5 if STRONGER.search(before) else 0.6 if WEAKER.search(before) else 1.0
        negated = NEGATED_EN.search(before) or NEGATED_ZH.search(before[-7:])
        yield -degree if negated else degree


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
