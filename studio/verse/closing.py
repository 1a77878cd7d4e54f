"""Which words a line of English verse may close on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studio.verse.en_form import LineShape
from studio.verse.en_lexicon import EnLexicon, Word, may_close

CLOSING_RANK = 6000
"""Only words at least this frequent close a line."""


@dataclass(frozen=True, slots=True)
class Closing:
    """No rhyme, the beginning of one (`begins`), or its return (`rhyme`)."""

    begins: bool = False
    rhyme: str = ""
    without: frozenset[str] = frozenset()
    """Rhymes taken by other lines where one begins; onsets already heard where it returns."""

    @classmethod
    def of(cls, shape: LineShape, closed: Mapping[str, tuple[Word, ...]]) -> Closing:
        """What a line must close on, by the closing words of each rhyme letter so far."""
        if not shape.rhyme:
            return cls()
        mates = closed.get(shape.rhyme, ())
        if mates:
            return cls(rhyme=mates[0].rhyme, without=frozenset(word.onset for word in mates))
        return cls(begins=True, without=frozenset(words[0].rhyme for words in closed.values()))

    def words(self, lexicon: EnLexicon) -> Iterable[Word]:
        """The words themselves."""
        if self.rhyme:
            return [w for w in lexicon.families[self.rhyme] if w.onset not in self.without]
        if self.begins:
            families = lexicon.families.items()
            return [w for rhyme, group in families if rhyme not in self.without for w in group]
        return [
            word for word in lexicon.words.values() if word.rank < CLOSING_RANK and may_close(word)
        ]
