"""Where a word that is wider than its box may be parted, after the patterns of TeX."""

from __future__ import annotations

import re
from functools import lru_cache

import pyphen

from studio.render.typography.breaking import Break

COST = 0.5
_LEAST_LEFT, _LEAST_RIGHT = 3, 3
_LETTERS = re.compile(r"[^\W\d_]+")


def hyphen_breaks(word: str, start: int, lang: str) -> tuple[Break, ...]:
    """Breaks inside `word`, which stands at `start` of its text: at least three letters each side.

    `lang` is "en" or "zh" (whose Latin words are taken for English).
    """
    return tuple(
        Break(start + found.start() + place, COST, hyphen=True)
        for found in _LETTERS.finditer(word)
        for place in _patterns(lang).positions(found[0])
    )


@lru_cache(maxsize=4)
def _patterns(lang: str) -> pyphen.Pyphen:
    known = None if lang in ("en", "zh") else pyphen.language_fallback(lang)
    return pyphen.Pyphen(lang=known or "en_US", left=_LEAST_LEFT, right=_LEAST_RIGHT)
