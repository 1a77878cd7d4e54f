"""Chinese verse of a form as a constraint: exact lines, marks, tones and rhyme, never a dead end.

The rule keeps every *reading* (plan, tone pattern of the line, rhymes still possible) that the
characters so far allow; the model's own first lines narrow them, and its first rhyme word chooses
the rhyme. Rhymes with few words are never begun, so a partner is always left. No character comes
twice but doubled (萧萧); in a long 词 it may after a while. Words the poem must say open a line
wherever their tones fit it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.requests import TokenRule, Vocabulary
from studio.verse.verse_table import Place, Rhymes, Tokens, VerseTable
from studio.verse.zh_form import FREE, Plan, ZhForm, ZhLine
from studio.verse.zh_lexicon import LEVEL, OBLIQUE, Book, zh_lexicon

TUNE_MEMORY = 28
"""A character of a 词 may come again after so many others; one that rhymed may not."""
SHORTEST_FOR_WORD = 4
"""A line as long as this may be opened by a word the poem must say."""


@dataclass(frozen=True, slots=True)
class RegularVerse:
    """The constraint: a form, and what it must say in which rhyme book."""

    form: ZhForm
    openings: str = ""
    """The characters its lines open with (藏头), or none."""
    book: Book = "both"
    words: tuple[str, ...] = ()
    """Two-character words that open a line each, where the tones allow it."""
    said: str = ""
    """Characters that stand already (the line of a couplet to be answered): none comes again."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """Raises ValueError when the vocabulary can not rhyme (no such characters)."""
        table = vocabulary.cached(
            ("chinese verse", self.book), lambda: VerseTable(vocabulary, zh_lexicon(), self.book)
        )
        return _RegularVerseRule(self, table)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read the poem so far."""

    plan: Plan
    pattern: str = ""
    """Of the line it stands in."""
    begun: tuple[tuple[str, Rhymes], ...] = ()
    """The rhymes still possible of each letter that has been heard."""

    def rhymes(self, line: ZhLine, table: VerseTable, is_tune: bool) -> Rhymes:
        """What the line may rhyme on: its letter's rhymes, or any rich one not yet taken."""
        begun = dict(self.begun)
        if line.rhyme in begun:
            return begun[line.rhyme]
        tones = {each.rhyme_tone for each in self.plan if each.rhyme == line.rhyme}
        taken = {
            each.rhyme for each in self.plan if each.rhyme and each.rhyme_tone == line.rhyme_tone
        }
        heard = frozenset().union(*(begun[letter] for letter in taken if letter in begun))
        return table.rich(frozenset(tones), is_tune) - heard


class _RegularVerseRule:
    """One row: where it stands and which readings are still alive."""

    def __init__(self, verse: RegularVerse, table: VerseTable) -> None:
        self._verse, self._form, self._table = verse, verse.form, table
        self._start()

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        if len(tokens) < self._seen:
            self._start()
        for token in tokens[self._seen :]:
            self._take(token)
        return self._next()

    def _start(self) -> None:
        self._seen, self._line, self._place = 0, 0, 0
        self._written: list[int] = []
        self._rhymed: set[int] = set()
        self._said = set(self._table.tokens_of(self._verse.said))
        self._alive: list[_Reading] = [_Reading(plan) for plan in self._form.plans]
        self._pending = self._table.spelled(self._verse.words)
        self._begin_line()

    def _begin_line(self) -> None:
        """Every pattern that the line may have under the plans still alive."""
        kept = dict.fromkeys(
            replace(reading, pattern=pattern)
            for reading in self._alive
            for pattern in reading.plan[self._line].patterns
        )
        self._alive = list(kept)
        self._repeated = self._tail()
        self._plan_word()

    def _tail(self) -> Tokens:
        """The characters a repeating line says again."""
        line = self._form.plans[0][self._line]
        return tuple(self._written[-line.width :]) if line.repeats else ()

    def _next(self) -> Tokens:
        if self._line == self._form.lines:
            return self._table.eos
        if self._place == self._form.width(self._line):
            return self._table.mark(self._form.marks[self._line])
        forced = self._table.token.get(self._opening())
        if forced is not None:
            return (forced,)
        if self._place < len(self._repeated):
            return (self._repeated[self._place],)
        if self._place < len(self._planned):
            return (self._planned[self._place],)
        return self._fresh(self._table.of(frozenset(map(self._asked, self._alive))))

    def _asked(self, reading: _Reading) -> Place:
        """What a reading asks of the next character."""
        line = reading.plan[self._line]
        if self._opening() or self._repeated:
            return Place(FREE)
        if line.rhyme and self._place == line.width - 1:
            is_tune = self._form.is_tune
            rhymes = reading.rhymes(line, self._table, is_tune)
            return Place(line.rhyme_tone, rhymes, is_tune)
        return Place(reading.pattern[self._place])

    def _plan_word(self) -> None:
        """At a line's start: which word opens it. Every other line is the model's own, unless a
        word fits nowhere later."""
        self._planned: Tokens = ()
        if self._verse.openings or self._repeated:
            return
        written = set(self._written)
        self._pending = [each for each in self._pending if not written & set(each)]
        for word in self._pending:
            later = range(self._line + 1, self._form.lines)
            is_free = self._line % 2 and any(self._fits(word, line) for line in later)
            if not is_free and self._fits(word, self._line):
                self._planned = word
                return

    def _fits(self, word: Tokens, line: int) -> bool:
        """Whether the tones of a plan still alive let the word open the line."""
        shape = [reading.plan[line] for reading in self._alive]
        if shape[0].width < SHORTEST_FOR_WORD or shape[0].repeats:
            return False
        patterns = {pattern for each in shape for pattern in each.patterns}
        return any(
            all(self._table.suits(token, Place(pattern[at])) for at, token in enumerate(word))
            for pattern in patterns
        )

    def _opening(self) -> str:
        openings = self._verse.openings
        return openings[self._line] if self._place == 0 and self._line < len(openings) else ""

    def _fresh(self, tokens: Tokens) -> Tokens:
        banned = self._banned()
        # An open set is thousands wide; only a poem that used up its rhyme falls back.
        return tuple(token for token in tokens if token not in banned) or tokens

    def _banned(self) -> set[int]:
        """What was written, but the last character inside its line: that may double itself."""
        kept = TUNE_MEMORY if self._form.is_tune else len(self._written)
        recent = self._written[-kept:] if kept else []
        *before, last = recent or [-1]
        banned = {*before, *self._rhymed, *self._said}
        is_tripled = len(before) > 0 and before[-1] == last
        if self._place == 0 or is_tripled or self._ends_line():
            banned.add(last)
        return banned

    def _ends_line(self) -> bool:
        return self._place == self._form.width(self._line) - 1

    def _take(self, token: int) -> None:
        self._seen += 1
        if self._line == self._form.lines:
            return
        if self._place == self._form.width(self._line):
            self._line, self._place = self._line + 1, 0
            if self._line < self._form.lines:
                self._begin_line()
            return
        if self._ends_line() and self._form.plans[0][self._line].rhyme:
            self._rhymed.add(token)
        self._alive = self._narrowed(token)
        self._written.append(token)
        self._place += 1

    def _narrowed(self, token: int) -> list[_Reading]:
        alive: list[_Reading] = []
        for reading in self._alive:
            place = self._asked(reading)
            if token not in self._table.character or not self._table.suits(token, place):
                continue
            letter = reading.plan[self._line].rhyme
            if place.rhymes is not None:
                left = place.rhymes & self._table.own_rhymes(token, place)
                begun = {**dict(reading.begun), letter: left}
                reading = replace(reading, begun=tuple(begun.items()))
            alive.append(reading)
        return list(dict.fromkeys(alive)) or self._alive


__all__ = ["LEVEL", "OBLIQUE", "RegularVerse", "VerseTable"]
