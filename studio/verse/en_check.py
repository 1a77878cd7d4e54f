"""Measures a finished English poem against its form: lines, syllables, rhyme, openings."""

from __future__ import annotations

from collections.abc import Sequence

from studio.verse.en_form import EnForm, LineShape
from studio.verse.en_lexicon import EnLexicon, Word, rhymes
from studio.verse.verdict import Verdict


def check_measured(lines: Sequence[str], form: EnForm, lexicon: EnLexicon) -> tuple[Verdict, ...]:
    """The verdicts, line by line."""
    asked = len(form.lines)
    verdicts = [Verdict("line_count", len(lines) == asked, 0, f"{len(lines)}/{asked}")]
    heard: dict[str, list[Word]] = {}
    for number, (line, shape) in enumerate(zip(lines, form.lines, strict=False), start=1):
        verdicts.append(_syllables(number, line, shape, lexicon))
        if shape.opening:
            found = line[:1].upper() == shape.opening
            verdicts.append(Verdict("opening_character", found, number, shape.opening))
        verdicts += _rhyme(number, line, shape, lexicon, heard)
    return tuple(verdicts)


def _syllables(number: int, line: str, shape: LineShape, lexicon: EnLexicon) -> Verdict:
    counted = lexicon.syllables(line)
    asked = f"{shape.low}" if shape.low == shape.high else f"{shape.low}-{shape.high}"
    passed = counted is not None and shape.low <= counted <= shape.high
    return Verdict("syllables", passed, number, f"{'?' if counted is None else counted}/{asked}")


def _rhyme(
    number: int,
    line: str,
    shape: LineShape,
    lexicon: EnLexicon,
    heard: dict[str, list[Word]],
) -> list[Verdict]:
    """A verdict where a rhyme returns; the first line of a letter has nothing to rhyme with."""
    if not shape.rhyme:
        return []
    word = lexicon.closing(line)
    mates = heard.setdefault(shape.rhyme, [])
    earlier = list(mates)
    if word is None:
        return [Verdict("rhyme", False, number, shape.rhyme)]
    mates.append(word)
    if not earlier:
        return []
    passed = all(rhymes(word, mate) for mate in earlier)
    return [Verdict("rhyme", passed, number, f"{earlier[-1].text} / {word.text}")]
