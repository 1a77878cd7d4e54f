"""How easy a text is to read, in stated measures.

English: the Flesch reading ease, 0 hard to 100 easy (Flesch, J. Applied Psychology 32, 1948), and
the mean length of a sentence. Chinese: the mean number of characters between two marks, and the
share of characters outside level 1 of GB 2312, the 3,755 common ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CLAUSE = re.compile(r"[^，。！？；：…、—\n,.!?;:]+")
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|[。！？…]+[”’」』）]*")
_VOWELS = re.compile(r"[aeiouy]+")
LEVEL_1 = range(0xB0, 0xD8)
"""First bytes of the common characters in GB 2312."""


def readability(text: str, lang: str) -> Mapping[str, float]:
    """The measures of the language by name; empty when there is nothing to measure."""
    return _chinese(text) if lang == "zh" else _english(text)


def sentence_count(text: str) -> int:
    """At least 1 when there is any text."""
    return max(len(_SENTENCE_END.findall(text)), 1 if text.strip() else 0)


def _english(text: str) -> Mapping[str, float]:
    words, sentences = _WORD.findall(text), sentence_count(text)
    if not words:
        return {}
    syllables = sum(_syllables(word) for word in words)
    ease = 206.835 - 1.015 * len(words) / sentences - 84.6 * syllables / len(words)
    return {
        "reading_ease": round(min(100.0, max(0.0, ease)), 1),
        "sentence_length": round(len(words) / sentences, 1),
    }


def _chinese(text: str) -> Mapping[str, float]:
    characters = _HAN.findall(text)
    clauses = [len(_HAN.findall(each)) for each in _CLAUSE.findall(text)]
    full = [each for each in clauses if each]
    if not full:
        return {}
    rare = sum(not _is_common(each) for each in characters)
    return {
        "clause_length": round(sum(full) / len(full), 1),
        "rare_characters": round(100 * rare / len(characters), 1),
    }


def _is_common(character: str) -> bool:
    try:
        return character.encode("gb2312")[0] in LEVEL_1
    except UnicodeEncodeError:
        return False


def _syllables(word: str) -> int:
    """Vowel groups, a silent final e left out: right for about nine words in ten."""
    plain = word.casefold()
    groups = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)
