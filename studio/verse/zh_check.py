"""Measures a finished Chinese poem against its form: length, tones, rhyme, openings.

It knows nothing of the constraint that wrote the poem, so it can judge any poem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studio.verse.verdict import Verdict
from studio.verse.zh_form import FREE, Plan, ZhForm
from studio.verse.zh_lexicon import LEVEL, OBLIQUE, Book, ZhLexicon

MARKS = re.compile(r"[\s，。！？；、,.!?;]+")


def verse_lines(text: str) -> tuple[str, ...]:
    """The lines of a poem's text, without marks."""
    return tuple(line for line in MARKS.split(text) if line)


def check_regular(
    lines: Sequence[str], form: ZhForm, lexicon: ZhLexicon, book: Book, openings: str = ""
) -> tuple[Verdict, ...]:
    """The verdicts line by line, for the plan of line kinds that the poem fits best."""
    count = Verdict("line_count", len(lines) == form.lines, 0, f"{len(lines)}/{form.lines}")
    readings = (_lines(lines, form, plan, lexicon, book, openings) for plan in form.plans)
    best = min(readings, key=lambda verdicts: sum(not each.passed for each in verdicts))
    return (count, *best)


def _lines(
    lines: Sequence[str],
    form: ZhForm,
    plan: Plan,
    lexicon: ZhLexicon,
    book: Book,
    openings: str,
) -> list[Verdict]:
    verdicts = []
    rhyming = [number for number in range(form.lines) if form.rhymes(plan, number)]
    rhyme = _common_rhyme([lines[n] for n in rhyming if n < len(lines)], lexicon, book)
    for number, line in enumerate(lines[: form.lines]):
        verdicts.append(_length(number, line, form))
        if number < len(openings):
            found = line[:1] == openings[number]
            verdicts.append(Verdict("opening_character", found, number + 1, openings[number]))
        verdicts.append(_tones(number, line, form.pattern(plan, number), lexicon, book, openings))
        if number in rhyming:
            verdicts.append(_rhyme(number, line, rhyme, lexicon, book))
    return verdicts


def tone_text(line: str, lexicon: ZhLexicon, book: Book) -> str:
    """平 or 仄 for each character, 中 where it is either or not known."""
    return "".join(_tone(character, lexicon, book) for character in line)


def _length(number: int, line: str, form: ZhForm) -> Verdict:
    return Verdict("line_length", len(line) == form.width, number + 1, f"{len(line)}/{form.width}")


def _tones(
    number: int, line: str, pattern: str, lexicon: ZhLexicon, book: Book, openings: str
) -> Verdict:
    asked = (FREE + pattern[1:]) if number < len(openings) else pattern
    said = tone_text(line, lexicon, book)
    return Verdict("tones", not _misses(said, asked), number + 1, f"{said}/{asked}")


def _misses(said: str, asked: str) -> list[int]:
    """Places where a fixed tone is not met; a tone that is not known is no miss."""
    pairs = enumerate(zip(said, asked, strict=False))
    return [place for place, (s, a) in pairs if FREE not in (s, a) and s != a]


def _tone(character: str, lexicon: ZhLexicon, book: Book) -> str:
    tones = lexicon.tones(character, book)
    if len(tones) == 1:
        return LEVEL if LEVEL in tones else OBLIQUE
    return FREE


def _common_rhyme(lines: Sequence[str], lexicon: ZhLexicon, book: Book) -> frozenset[str]:
    """The rhymes that most of the rhyming lines share."""
    sets = [lexicon.rhymes(line[-1], book) for line in lines if line]
    shared = frozenset.intersection(*sets) if sets else frozenset()
    if shared:
        return shared
    votes = [rhyme for each in sets for rhyme in each]
    return frozenset({max(votes, key=votes.count)}) if votes else frozenset()


def _rhyme(
    number: int, line: str, rhyme: frozenset[str], lexicon: ZhLexicon, book: Book
) -> Verdict:
    own = lexicon.rhymes(line[-1:], book)
    # In "both" a rhyme is a pair, the old book's first.
    shown = "/".join("·".join(each) for each in sorted(own & rhyme or own)) or "?"
    return Verdict("rhyme", bool(own & rhyme), number + 1, f"{line[-1:]} {shown}")
