"""Charged words of Chinese (`sentiment_zh.txt`, collected for this project, CC0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class ChargedWords:
    """Words that warm, words that darken, words that turn or scale the next one."""

    warm: frozenset[str]
    dark: frozenset[str]
    negation: frozenset[str]
    more: Mapping[str, float]
    """Degree words: "很" 1.2, "有点" 0.7."""


@cache
def charged_words() -> ChargedWords:
    """The lexicon of this package."""
    sections: dict[str, list[str]] = {}
    text = files("studio.prose").joinpath("sentiment_zh.txt").read_text("utf-8")
    for line in text.splitlines()[1:]:
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), [])
        else:
            section += line.split()
    degrees = {name: float(name.split()[1]) for name in sections if name.startswith("more")}
    return ChargedWords(
        warm=frozenset(sections["warm"]),
        dark=frozenset(sections["dark"]),
        negation=frozenset(sections["negation"]),
        more={word: scale for name, scale in degrees.items() for word in sections[name]},
    )
