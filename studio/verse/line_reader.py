"""One line of English verse, read token by token.

Where a token stream stands is not always certain: a word may be the line's close or only a word
on the way, a comma may end the line or divide it. So the reader holds every *stand* that the
tokens allow, and a step is allowed when one of them allows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from studio.verse.closing import Closing
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
    low: int = 1
    """Fewest syllables that word may have."""
    high: int = 0
    """Most syllables it may have."""
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
        closing: Closing,
        said: frozenset[Word],
        lower: bool,
        is_last: bool,
    ) -> None:
        self._table, self._shape = table, shape
        self._closing, self._closers = closing, table.closers(closing)
        self._openers = table.openers(shape.opening, lower, shape.iambic)
        self._banned = table.tokens_of(said)
        self._line_end = table.eos if is_last else table.newline
        self._marks = table.last_marks if is_last else table.end_marks
        self._shortest = self._closers.shortest
        self._leading = table.leading(closing, self._shortest)
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

    def _whole(self, stand: Stand) -> Word | None:
        """The word that ends where the stand is, if it may."""
        word = stand.node.word if stand.node is not None else None
        return word if word is not None and stand.low <= word.syllables <= stand.high else None

    def _closes(self, stand: Stand) -> bool:
        return stand.closing and self._whole(stand) is not None

    def _passed(self, stand: Stand) -> Stand | None:
        """The stand with its word left behind, None inside a word or when no room is left."""
        word = None if stand.closing else self._whole(stand)
        if word is None:
            return None
        return Stand((*stand.words, word), commas=stand.commas)

    def _after(self, stand: Stand) -> Iterator[int]:
        if stand.marked:
            yield from self._line_end
        elif stand.node is None:
            yield from self._starts(stand)
        else:
            yield from stand.node.steps(stand.low, stand.high)
            if self._closes(stand):
                yield from (*self._line_end, *self._marks)
            passed = self._passed(stand)
            if passed is not None:
                yield from self._starts(passed)
                yield from self._comma(passed)

    def _starts(self, stand: Stand) -> Tokens:
        """First tokens of a word; none that was just said, or said before and means much."""
        room = self._room(stand)
        if not stand.words:
            return self._fresh(self._openers.steps(1, room), stand)
        inner = self._words(stand).steps(1, room - 1) + self._leaders(stand, room)
        closing = self._suited(stand).steps(*self._left(stand))
        return self._fresh((*inner, *closing), stand)

    def _words(self, stand: Stand) -> WordTrie:
        """The words that may come next on the line's way."""
        return self._table.words_after(stand.syllables, self._shape.iambic)

    def _leaders(self, stand: Stand, room: int) -> Tokens:
        """The last word before the closing one: seen before such a word, if there are any."""
        return self._leading.get(room) or self._words(stand).steps(room, room)

    def _suited(self, stand: Stand) -> WordTrie:
        """Words to close on: those seen after the last word, if there are any that fit."""
        suited = self._table.closers_after(self._closing, stand.words[-1])
        return suited if suited.holds(*self._left(stand)) else self._closers

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
        deeper = stand.node.step(token, stand.low, stand.high)
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
        room = self._room(stand)
        node = (self._words(stand) if stand.words else self._openers).step(token, 1, room)
        if node is not None:
            yield replace(stand, node=node, low=1, high=room)
        if stand.words:
            low, high = self._left(stand)
            node = self._suited(stand).step(token, low, high)
            if node is not None:
                yield replace(stand, node=node, closing=True, low=low, high=high)
