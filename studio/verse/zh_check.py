"""Measures a finished Chinese poem against its form: length, tones, rhyme, openings, repeats.

It knows nothing of the constraint that wrote the poem, so it can judge any poem.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from studio.verse.verdict import Verdict
from studio.verse.zh_form import FREE, Plan, ZhForm, ZhLine
from studio.verse.zh_lexicon import LEVEL, OBLIQUE, Book, ZhLexicon

MARKS = re.compile(r"[\s，。！？；、：,.!?;:]+")
LICENCE = "拗救"
NUMERALS = "零一二三四五六七八九十"


def verse_lines(text: str) -> tuple[str, ...]:
    """The lines of a poem's text, without marks."""
    return tuple(line for line in MARKS.split(text) if line)


def check_regular(
    lines: Sequence[str], form: ZhForm, lexicon: ZhLexicon, book: Book, openings: str = ""
) -> tuple[Verdict, ...]:
    """The verdicts line by line, for the plan that the poem fits best."""
    count = Verdict("line_count", len(lines) == form.lines, 0, f"{len(lines)}/{form.lines}")
    reader = _Reader(form, lexicon, book, openings)
    readings = (reader.verdicts(lines, plan) for plan in form.plans)
    best = min(readings, key=lambda verdicts: sum(not each.passed for each in verdicts))
    return (count, *best)


def tone_text(line: str, lexicon: ZhLexicon, book: Book) -> str:
    """平 or 仄 for each character, 中 where it is either or not known."""
    return "".join(_tone(character, lexicon, book) for character in line)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads poems of one form by one rhyme book."""

    form: ZhForm
    lexicon: ZhLexicon
    book: Book
    openings: str

    def verdicts(self, lines: Sequence[str], plan: Plan) -> list[Verdict]:
        """Every verdict when the poem is to have this plan."""
        shared = self._shared_rhymes(lines, plan)
        found: list[Verdict] = []
        for at, (text, line) in enumerate(zip(lines, plan, strict=False)):
            found.append(_length(at, text, line))
            found += self._opening(at, text)
            if line.repeats:
                found.append(_repeat(at, text, lines[at - 1]))
            found.append(self._tones(at, text, line))
            if line.rhyme:
                found.append(self._rhyme(at, text, line, shared[line.rhyme]))
        return found

    def _opening(self, at: int, text: str) -> list[Verdict]:
        if at >= len(self.openings):
            return []
        asked = self.openings[at]
        return [Verdict("opening_character", text[:1] == asked, at + 1, asked)]

    def _tones(self, at: int, text: str, line: ZhLine) -> Verdict:
        said = tone_text(text, self.lexicon, self.book)
        is_opened = at < len(self.openings)
        patterns = [FREE + each[1:] if is_opened else each for each in line.patterns]
        asked = min(patterns, key=lambda pattern: len(_misses(said, pattern)))
        licence = f" {LICENCE}" if asked != patterns[0] or line.is_turned else ""
        return Verdict("tones", not _misses(said, asked), at + 1, f"{said}/{asked}{licence}")

    def _shared_rhymes(self, lines: Sequence[str], plan: Plan) -> dict[str, frozenset[str]]:
        """The rhymes that most lines of each letter share."""
        ends: dict[str, list[frozenset[str]]] = {}
        for text, line in zip(lines, plan, strict=False):
            if line.rhyme:
                ends.setdefault(line.rhyme, []).append(self._own(text[-1:], line))
        return {letter: _most_shared(sets) for letter, sets in ends.items()}

    def _own(self, character: str, line: ZhLine) -> frozenset[str]:
        if self.form.is_tune:
            return self.lexicon.tune_rhymes(character, self.book, line.rhyme_tone)
        return self.lexicon.rhymes(character, self.book)

    def _rhyme(self, at: int, text: str, line: ZhLine, shared: frozenset[str]) -> Verdict:
        own = self._own(text[-1:], line)
        shown = "/".join(self._name(each) for each in sorted(own & shared or own)) or "?"
        facts = f"{line.rhyme} {text[-1:]} {shown}"
        return Verdict("rhyme", bool(own & shared), at + 1, facts)

    def _name(self, rhyme: str) -> str:
        """尤; in "both" 尤·尤, the old book's first; of a 词 第十二部·尤."""
        part = re.match(r"\d+", rhyme)
        if part is None:
            return "·".join(rhyme)
        names = (f"第{_numeral(int(part[0]))}部", rhyme[part.end() :])
        return "·".join(each for each in names if each)


def _length(at: int, text: str, line: ZhLine) -> Verdict:
    facts = f"{len(text)}/{line.width}"
    return Verdict("line_length", len(text) == line.width, at + 1, facts)


def _repeat(at: int, text: str, before: str) -> Verdict:
    return Verdict("repeat", bool(text) and before.endswith(text), at + 1, text)


def _misses(said: str, asked: str) -> list[int]:
    """Places where a fixed tone is not met; a tone that is not known is no miss."""
    pairs = enumerate(zip(said, asked, strict=False))
    return [place for place, (s, a) in pairs if FREE not in (s, a) and s != a]


def _tone(character: str, lexicon: ZhLexicon, book: Book) -> str:
    tones = lexicon.tones(character, book)
    if len(tones) == 1:
        return LEVEL if LEVEL in tones else OBLIQUE
    return FREE


def _most_shared(sets: Sequence[frozenset[str]]) -> frozenset[str]:
    shared = frozenset.intersection(*sets)
    if shared:
        return shared
    votes = [rhyme for each in sets for rhyme in each]
    return frozenset({max(votes, key=votes.count)}) if votes else frozenset()


def _numeral(number: int) -> str:
    """1 to 19 as 一 to 十九."""
    tens, ones = divmod(number, 10)
    return ("十" if tens else "") + (NUMERALS[ones] if ones or not tens else "")
