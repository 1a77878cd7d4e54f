"""English verse as a constraint: syllables counted, line ends rhymed, never a dead end.

Works on vocabularies whose words carry their leading space (byte-level BPE). In each line a set
of *closing* words rules: words with plenty of rhymes where a rhyme begins, its partners where it
returns, anything but function words elsewhere. A step is offered only when the rest of the line
can still be filled (words of one syllable always can) and closed; `line_reader.py` sees to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studio.requests import TokenRule, Vocabulary
from studio.verse.closing import Closing
from studio.verse.en_form import EnForm
from studio.verse.en_lexicon import FUNCTION_WORDS, Word, en_lexicon
from studio.verse.line_reader import LineReader
from studio.verse.word_pairs import word_pairs
from studio.verse.word_table import WordTable


@dataclass(frozen=True, slots=True)
class MeasuredVerse:
    """The constraint: a form with syllables, rhymes and openings."""

    form: EnForm

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """Raises ValueError when the vocabulary needs several tokens for a mark."""
        table = vocabulary.cached(
            "measured verse", lambda: WordTable(vocabulary, en_lexicon(), word_pairs())
        )
        return _MeasuredVerseRule(self.form, table)


class _MeasuredVerseRule:
    """One row: its lines so far, and the reader of the line it stands in."""

    def __init__(self, form: EnForm, table: WordTable) -> None:
        self._form, self._table = form, table
        self._restart()

    def allowed(self, tokens: Sequence[int]) -> Sequence[int] | None:
        if len(tokens) < self._seen:
            self._restart()
        for token in tokens[self._seen :]:
            self._take(token)
        return self._table.eos if self._reader is None else self._reader.allowed()

    def _restart(self) -> None:
        self._seen, self._line = 0, 0
        self._closed: dict[str, tuple[Word, ...]] = {}
        self._said: frozenset[Word] = frozenset()
        self._reader = self._next_reader()

    def _take(self, token: int) -> None:
        self._seen += 1
        words = self._reader.take(token) if self._reader is not None else None
        if words is None:
            return
        letter = self._form.lines[self._line].rhyme
        self._closed[letter] = (*self._closed.get(letter, ()), words[-1])
        self._said |= {word for word in words if word.text not in FUNCTION_WORDS}
        self._line += 1
        self._reader = self._next_reader()

    def _next_reader(self) -> LineReader | None:
        if self._line == len(self._form.lines):
            return None
        shape, table = self._form.lines[self._line], self._table
        closing = Closing.of(shape, {k: v for k, v in self._closed.items() if k})
        return LineReader(
            table,
            shape,
            lower=self._form.lower,
            closing=closing,
            said=self._said,
            is_last=self._line == len(self._form.lines) - 1,
        )
