"""Iambic lines: where in a line a word may stand by its stress."""

from __future__ import annotations

from collections.abc import Sequence

from studio.verse.en_lexicon import FUNCTION_WORDS, Word

STRONG, WEAK = "/", "x"


def fits_iambic(word: Word, spoken: int) -> bool:
    """Whether a word may follow `spoken` syllables: its main stress falls on an even syllable of
    the line (counted from 1), or on the first. A word of one syllable fits anywhere."""
    if word.syllables == 1 or not word.stress:
        return True
    places = [spoken + at for at, digit in enumerate(word.stress) if digit == "1"]
    return all(place % 2 == 1 or place == 0 for place in places)


def is_iambic(words: Sequence[Word]) -> bool:
    """Whether every word of a line stands where it may."""
    spoken = 0
    for word in words:
        if not fits_iambic(word, spoken):
            return False
        spoken += word.syllables
    return True


def scanned(words: Sequence[Word]) -> str:
    """A line's syllables as heard: / stressed, x not. A small word is weak, another word of one
    syllable takes the beat of its place."""
    heard = ""
    for word in words:
        if word.syllables == 1:
            is_weak = word.text in FUNCTION_WORDS or len(heard) % 2 == 0
            heard += WEAK if is_weak else STRONG
        else:
            stress = word.stress or "0" * word.syllables
            heard += "".join(STRONG if digit == "1" else WEAK for digit in stress)
    return heard
