"""Measures a finished English poem against its form: lines, syllables, rhyme, openings, stress.

A word that the dictionary lacks is counted by its spelling ("~" before the count says so); it may
rhyme only where the caller allows that.
"""

from __future__ import annotations

from collections.abc import Sequence

from studio.verse.en_form import EnForm, LineShape
from studio.verse.en_lexicon import EnLexicon, Word, rhymes
from studio.verse.meter import is_iambic, scanned
from studio.verse.verdict import Verdict


def check_measured(
    lines: Sequence[str], form: EnForm, lexicon: EnLexicon, *, known_rhymes: bool = True
) -> tuple[Verdict, ...]:
    """The verdicts, line by line."""
    asked = len(form.lines)
    verdicts = [Verdict("line_count", len(lines) == asked, 0, f"{len(lines)}/{asked}")]
    heard: dict[str, list[Word]] = {}
    for number, (line, shape) in enumerate(zip(lines, form.lines, strict=False), start=1):
        words = lexicon.read(line)
        verdicts.append(_syllables(number, words, shape, lexicon))
        if shape.opening:
            found = line[:1].upper() == shape.opening
            verdicts.append(Verdict("opening_character", found, number, shape.opening))
        if shape.iambic:
            verdicts.append(Verdict("stress", is_iambic(words), number, scanned(words)))
        if shape.rhyme:
            mates = heard.setdefault(shape.rhyme, [])
            verdicts.append(_rhyme(number, words, shape.rhyme, mates, lexicon, known_rhymes))
    return tuple(verdicts)


def _syllables(number: int, words: Sequence[Word], shape: LineShape, lexicon: EnLexicon) -> Verdict:
    counted = sum(word.syllables for word in words)
    asked = f"{shape.low}" if shape.low == shape.high else f"{shape.low}-{shape.high}"
    guess = "" if all(word.text in lexicon.words for word in words) else "~"
    passed = shape.low <= counted <= shape.high
    return Verdict("syllables", passed, number, f"{guess}{counted}/{asked}")


def _rhyme(
    number: int,
    words: Sequence[Word],
    letter: str,
    mates: list[Word],
    lexicon: EnLexicon,
    known_rhymes: bool,
) -> Verdict:
    """Its letter, the word, and the one it answers; the first of a letter has only to be known."""
    if not words:
        return Verdict("rhyme", False, number, letter)
    word, earlier = words[-1], list(mates)
    mates.append(word)
    is_heard = not known_rhymes or word.text in lexicon.words
    passed = is_heard and all(_sound_alike(word, mate) for mate in earlier)
    pair = [mate.text for mate in earlier[-1:]] + [word.text]
    return Verdict("rhyme", passed, number, f"{letter} {' / '.join(pair)}")


def _sound_alike(word: Word, mate: Word) -> bool:
    """By the dictionary; by their last letters when either is not in it."""
    if word.rhyme[:1] == "~" or mate.rhyme[:1] == "~":
        end = min(len(word.rhyme), len(mate.rhyme), 4) - 1
        return word.text != mate.text and word.text[-end:] == mate.text[-end:]
    return rhymes(word, mate)
