"""Tones of voice: the words a person may use for one, in either language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

AUTO = "auto"
TONES = (AUTO, "warm", "playful", "dry", "tender", "formal", "funny", "poetic", "sincere", "bold")

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "warm": r"warm(?:ly|er|th)?|friendly|kind(?:ly)?|温暖|温馨|亲切|暖一点",
        "playful": r"playful(?:ly)?|cheeky|light-?hearted|俏皮|活泼|轻松|调皮",
        "dry": r"dry(?:ly)?|deadpan|laconic|冷静|克制|冷幽默|平淡",
        "tender": r"tender(?:ly)?|gentl[ey]|温柔|深情|细腻",
        "formal": r"formal(?:ly)?|professional(?:ly)?|正式|严肃|书面",
        "funny": r"funny|humorous(?:ly)?|comic(?:ally)?|comedy|幽默|搞笑|诙谐|好笑",
        "poetic": r"poetic(?:ally)?|lyrical(?:ly)?|诗意|抒情|唯美|文艺",
        "sincere": r"sincere(?:ly)?|honest(?:ly)?|plain-?spoken|诚恳|真诚|朴实",
        "bold": r"bold(?:ly)?|punchy|energetic|大胆|热烈|有力|激昂",
    }
)
_PATTERNS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        tone: re.compile(rf"\b(?:{words})\b" if words.isascii() else rf"(?<![a-z])(?:{words})")
        for tone, words in _WORDS.items()
    }
)
_CHINESE: Mapping[str, str] = MappingProxyType(
    {
        "warm": "温暖",
        "playful": "俏皮",
        "dry": "冷静克制",
        "tender": "温柔",
        "formal": "正式",
        "funny": "幽默",
        "poetic": "诗意",
        "sincere": "诚恳",
        "bold": "有力",
    }
)


def resolved_tone(asked: str, text: str) -> str:
    """The tone to write in: what was asked (a known word in either language becomes its key, any
    other is kept as it is), else what the text itself asks for, else "" for none."""
    wanted = asked.strip()
    if wanted and wanted.casefold() != AUTO:
        return _known(wanted) or wanted
    return _known(_directions(text))


def spoken_tone(tone: str, lang: str) -> str:
    """The tone as a word of the language: ("warm", "zh") is 温暖. Unknown ones stay."""
    return _CHINESE.get(tone, tone) if lang == "zh" else tone


def _known(text: str) -> str:
    plain = text.casefold()
    return next((tone for tone, pattern in _PATTERNS.items() if pattern.search(plain)), "")


def _directions(text: str) -> str:
    """The part of a brief that speaks about the writing: before a colon, or 一点/风格 in Chinese.

    "Rewrite warmly: ..." asks for warmth; "a warm stone" in a story's brief does not.
    """
    before = re.match(r"([^:：\n]{1,60})[:：]", text)
    asides = re.findall(
        r"[^，。；,.;]*(?:一点|一些|风格|语气|\btone\b|\bstyle\b)[^，。；,.;]*", text
    )
    return " ".join([before.group(1) if before else "", *asides])
