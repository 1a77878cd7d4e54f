"""Regular Chinese verse as a constraint: exact lines, marks, tones and rhyme, never a dead end.

The rule keeps every plan (sequence of line kinds) that the characters so far allow; the model's
own first line narrows them, and its first rhyme word chooses the rhyme. Rhymes with few words are
never begun, so a partner is always left. No character twice, but for doubled ones (萧萧). Words
the poem must say open a line wherever their tones fit it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from studio.requests import TokenRule, Vocabulary
from studio.verse.zh_form import FREE, Plan, ZhForm
from studio.verse.zh_lexicon import LEVEL, OBLIQUE, Book, ZhLexicon, zh_lexicon

MIN_RHYME_WORDS = 24
Tokens = tuple[int, ...]
Rhymes = frozenset[str] | None
"""The rhymes still possible; None: not begun."""


@dataclass(frozen=True, slots=True)
class RegularVerse:
    """The constraint: a form, and what it must say in which rhyme book."""

    form: ZhForm
    openings: str = ""
    """The characters its lines open with (藏头), or none."""
    book: Book = "both"
    words: tuple[str, ...] = ()
    """Two-character words that open a line each, where the tones allow it."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """Raises ValueError when the vocabulary can not rhyme (no such characters)."""
        table = vocabulary.cached(
            ("regular verse", self.book), lambda: VerseTable(vocabulary, zh_lexicon(), self.book)
        )
        return _RegularVerseRule(self, table)


class VerseTable:
    """One vocabulary's tokens by tone and by rhyme; built once per vocabulary and book."""

    def __init__(self, vocabulary: Vocabulary, lexicon: ZhLexicon, book: Book) -> None:
        self.eos: Tokens = (vocabulary.eos,)
        self.character = _character_tokens(vocabulary, lexicon)
        self.token = {each: token for token, each in self.character.items()}
        self.tones = {token: lexicon.tones(each, book) for token, each in self.character.items()}
        self.rhymes = _rhymes(self.character, lexicon, book)
        self.marks = {mark: _only(vocabulary, mark) for mark in "，。"}
        self._sets: dict[Hashable, Tokens] = {}
        if not any(self.rhymes.values()):
            raise ValueError("This vocabulary holds no rhyme of enough characters.")

    def spelled(self, words: Sequence[str]) -> list[Tokens]:
        """The two-character words whose characters the vocabulary has, as tokens."""
        pairs = (word for word in words if len(word) == 2 and set(word) <= self.token.keys())
        return [tuple(self.token[character] for character in word) for word in pairs]

    def of(self, wanted: frozenset[tuple[str, Rhymes]]) -> Tokens:
        """Tokens that suit one of these places: (平, 仄, 中 or 韵, rhymes still possible)."""
        if wanted not in self._sets:
            found = [t for t in self.character if any(self.suits(t, *each) for each in wanted)]
            self._sets[wanted] = tuple(found)
        return self._sets[wanted]

    def suits(self, token: int, place: str, rhymes: Rhymes) -> bool:
        """Whether a character may stand at such a place."""
        if place == FREE:
            return True
        if place != "韵":
            return place in self.tones[token]
        own = self.rhymes[token]
        return bool(own if rhymes is None else own & rhymes)


class _RegularVerseRule:
    """One row: where it stands and which plans are still alive, each with its rhymes."""

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
        self._used: set[int] = set()
        self._last = -1
        self._alive: dict[Plan, Rhymes] = dict.fromkeys(self._form.plans)
        self._pending = self._table.spelled(self._verse.words)
        self._planned: Tokens = ()
        self._plan_word()

    def _next(self) -> Tokens:
        if self._line == self._form.lines:
            return self._table.eos
        if self._place == self._form.width:
            return self._table.marks[self._form.marks[self._line]]
        forced = self._table.token.get(self._opening())
        if forced is not None:
            return (forced,)
        if self._place < len(self._planned):
            return (self._planned[self._place],)
        return self._fresh(self._table.of(self._wanted()))

    def _wanted(self) -> frozenset[tuple[str, Rhymes]]:
        return frozenset((self._asked(plan), rhymes) for plan, rhymes in self._alive.items())

    def _asked(self, plan: Plan) -> str:
        """平, 仄, 中, or 韵 where the plan wants the rhyme."""
        if self._opening():
            return FREE
        if self._place == self._form.width - 1 and self._form.rhymes(plan, self._line):
            return "韵"
        return self._form.pattern(plan, self._line)[self._place]

    def _plan_word(self) -> None:
        """At a line's start: which word opens it. The second line of a couplet is the model's
        own, unless a word fits nowhere later."""
        self._planned = ()
        if self._verse.openings:
            return
        self._pending = [each for each in self._pending if not self._used & set(each)]
        for word in self._pending:
            later = range(self._line + 1, self._form.lines)
            is_free = self._line % 2 and any(self._fits(word, line) for line in later)
            if not is_free and self._fits(word, self._line):
                self._planned = word
                return

    def _fits(self, word: Tokens, line: int) -> bool:
        """Whether the tones of a plan still alive let the word open the line."""
        patterns = [self._form.pattern(plan, line) for plan in self._alive]
        return any(
            all(self._table.suits(token, pattern[at], None) for at, token in enumerate(word))
            for pattern in patterns
        )

    def _opening(self) -> str:
        openings = self._verse.openings
        return openings[self._line] if self._place == 0 and self._line < len(openings) else ""

    def _fresh(self, tokens: Tokens) -> Tokens:
        banned = self._used if self._place else self._used | {self._last}
        # An open set is thousands wide; only a poem that used up its rhyme falls back.
        return tuple(token for token in tokens if token not in banned) or tokens

    def _take(self, token: int) -> None:
        self._seen += 1
        if self._line == self._form.lines:
            return
        if self._place == self._form.width:
            self._line, self._place = self._line + 1, 0
            if self._line < self._form.lines:
                self._plan_word()
            return
        self._alive = self._narrowed(token)
        # The one before last is banned from now on; the last may still double itself.
        self._used.add(self._last)
        if token == self._last or self._place == self._form.width - 1:
            self._used.add(token)
        self._last = token
        self._place += 1

    def _narrowed(self, token: int) -> dict[Plan, Rhymes]:
        alive: dict[Plan, Rhymes] = {}
        for plan, rhymes in self._alive.items():
            place = self._asked(plan)
            if token in self._table.character and self._table.suits(token, place, rhymes):
                own = self._table.rhymes[token]
                alive[plan] = (own if rhymes is None else own & rhymes) if place == "韵" else rhymes
        return alive or self._alive


def _character_tokens(vocabulary: Vocabulary, lexicon: ZhLexicon) -> dict[int, str]:
    texts = ((token, vocabulary.text(token)) for token in range(len(vocabulary)))
    return {token: text for token, text in texts if len(text) == 1 and text in lexicon}


def _rhymes(
    characters: dict[int, str], lexicon: ZhLexicon, book: Book
) -> dict[int, frozenset[str]]:
    """token -> its level rhymes; rhymes of few characters are left out."""
    words: dict[str, set[int]] = defaultdict(set)
    for token, character in characters.items():
        if lexicon.tones(character, book) == {LEVEL}:
            for rhyme in lexicon.rhymes(character, book):
                words[rhyme].add(token)
    rich = {rhyme for rhyme, found in words.items() if len(found) >= MIN_RHYME_WORDS}
    return {
        token: frozenset(
            rhyme for rhyme in lexicon.rhymes(character, book) & rich if token in words[rhyme]
        )
        for token, character in characters.items()
    }


def _only(vocabulary: Vocabulary, mark: str) -> Tokens:
    tokens = vocabulary.encode(mark)
    if len(tokens) != 1:
        raise ValueError(f"The vocabulary writes {mark} in {len(tokens)} tokens, not in one.")
    return tokens


__all__ = ["LEVEL", "OBLIQUE", "RegularVerse", "VerseTable"]
