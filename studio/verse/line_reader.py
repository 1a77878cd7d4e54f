"""One line of English verse, read token by token.

Where a token stream stands is not always certain: a word may be the line's close or only a word
on the way, a comma may end the line or divide it. So the reader holds every *stand* that the
tokens allow, and a step is allowed when one of them allows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from studio.verse.en_form import LineShape
from studio.verse.en_lexicon import FUNCTION_WORDS, Word
from studio.verse.word_table import WordTable
from studio.verse.word_trie import Tokens, WordTrie

COMMA_GAP = 2
"""Syllables before a comma inside a line, at least; and after it."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A reading of the line so far."""

    words: tuple[Word, ...] = ()
    """The words left behind."""
    node: WordTrie | None = None
    """Where inside a word; None between words."""
    closing: bool = False
    """Whether that word is to close the line."""
    commas: int = 0
    marked: bool = False
    """The line's closing word and its mark stand; only the line end is missing."""

    @property
    def syllables(self) -> int:
        """Syllables of the words left behind."""
        return sum(word.syllables for word in self.words)


class LineReader:
    """A line of one shape with its closing words; a step is offered only if the line can close."""

    def __init__(
        self,
        table: WordTable,
        shape: LineShape,
        openers: WordTrie,
        closers: WordTrie,
        said: frozenset[Word],
        is_last: bool,
    ) -> None:
        self._table, self._shape = table, shape
        self._openers, self._closers = openers, closers
        self._banned = table.tokens_of(said)
        self._line_end = table.eos if is_last else table.newline
        self._marks = table.last_marks if is_last else table.end_marks
        self._shortest = min(closers.sizes)
        self._stands = [Stand()]

    def allowed(self) -> Tokens:
        """The tokens that may come next."""
        found = [token for stand in self._stands for token in self._after(stand)]
        return tuple(dict.fromkeys(found))

    def take(self, token: int) -> tuple[Word, ...] | None:
        """Read a token. Returns the words of the line when it ends it."""
        for stand in self._stands:
            if token in self._line_end and (stand.marked or self._closes(stand)):
                return self._said(stand)
        moved = [each for stand in self._stands for each in self._moves(stand, token)]
        # A token from outside the rule leaves the reading where it was.
        self._stands = moved or self._stands
        return None

    def _said(self, stand: Stand) -> tuple[Word, ...]:
        word = stand.node.word if stand.node is not None else None
        return stand.words if word is None else (*stand.words, word)

    def _left(self, stand: Stand) -> tuple[int, int]:
        """Fewest and most syllables the next word may have if it closes the line."""
        spoken = stand.syllables
        return max(1, self._shape.low - spoken), self._shape.high - spoken

    def _room(self, stand: Stand) -> int:
        """Most syllables of a next word that does not close the line."""
        return self._shape.high - stand.syllables - self._shortest

    def _closes(self, stand: Stand) -> bool:
        low, high = self._left(stand)
        word = stand.node.word if stand.closing and stand.node is not None else None
        return word is not None and low <= word.syllables <= high

    def _passed(self, stand: Stand) -> Stand | None:
        """The stand with its word left behind, None inside a word or when no room is left."""
        word = stand.node.word if stand.node is not None and not stand.closing else None
        if word is None or word.syllables > self._room(stand):
            return None
        return Stand((*stand.words, word), commas=stand.commas)

    def _after(self, stand: Stand) -> Iterator[int]:
        if stand.marked:
            yield from self._line_end
        elif stand.node is None:
            yield from self._starts(stand)
        elif stand.closing:
            yield from stand.node.steps(*self._left(stand))
            if self._closes(stand):
                yield from (*self._line_end, *self._marks)
        else:
            yield from stand.node.steps(1, self._room(stand))
            passed = self._passed(stand)
            if passed is not None:
                yield from self._starts(passed)
                yield from self._comma(passed)

    def _starts(self, stand: Stand) -> Tokens:
        """First tokens of a word; none that was just said, or said before and means much."""
        if not stand.words:
            return self._fresh(self._openers.steps(1, self._room(stand)), stand)
        inner = self._table.words.steps(1, self._room(stand))
        closing = self._closers.steps(*self._left(stand))
        return self._fresh((*inner, *closing), stand)

    def _fresh(self, steps: Tokens, stand: Stand) -> Tokens:
        content = [word for word in stand.words if word.text not in FUNCTION_WORDS]
        banned = self._banned | self._table.tokens_of((*content, *stand.words[-1:]))
        return tuple(step for step in steps if step not in banned) or steps

    def _comma(self, stand: Stand) -> Tokens:
        spoken = stand.syllables
        early = spoken < COMMA_GAP or self._shape.low - spoken < COMMA_GAP
        if stand.commas or early or stand.words[-1].text in FUNCTION_WORDS:
            return ()
        return self._table.comma

    def _moves(self, stand: Stand, token: int) -> Iterator[Stand]:
        if stand.node is None:
            yield from self._begun(stand, token)
            return
        limits = self._left(stand) if stand.closing else (1, self._room(stand))
        deeper = stand.node.step(token, *limits)
        if deeper is not None:
            yield replace(stand, node=deeper)
        if self._closes(stand) and token in self._marks:
            yield replace(stand, marked=True)
        passed = self._passed(stand)
        if passed is not None:
            if token in self._comma(passed):
                yield replace(passed, commas=1)
            yield from self._begun(passed, token)

    def _begun(self, stand: Stand, token: int) -> Iterator[Stand]:
        """A word begins: one on the way, or the one that closes the line."""
        trie = self._table.words if stand.words else self._openers
        inner = trie.step(token, 1, self._room(stand))
        if inner is not None:
            yield replace(stand, node=inner)
        closing = self._closers.step(token, *self._left(stand)) if stand.words else None
        if closing is not None:
            yield replace(stand, node=closing, closing=True)
