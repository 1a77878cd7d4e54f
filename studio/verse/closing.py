"""Which words a line of English verse may close on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from studio.verse.en_form import LineShape
from studio.verse.en_lexicon import EnLexicon, Word, may_close
from studio.verse.meter import fits_iambic

PARTNERS = 4
"""Words of different onsets that a rhyme must have when it begins."""
CLOSING_RANK = 6000
"""Only words at least this frequent close a line."""


@dataclass(frozen=True, slots=True)
class Closing:
    """No rhyme, the beginning of one (`begins`), or its return (`rhyme`)."""

    begins: bool = False
    rhyme: str = ""
    without: frozenset[str] = frozenset()
    """Rhymes taken by other lines where one begins; onsets already heard where it returns."""
    iambic: int = 0
    """Syllables of an iambic line: the word must end it on a beat. 0: any line."""

    @classmethod
    def of(cls, shape: LineShape, closed: Mapping[str, tuple[Word, ...]]) -> Closing:
        """What a line must close on, by the closing words of each rhyme letter so far."""
        iambic = shape.high if shape.iambic else 0
        if not shape.rhyme:
            return cls(iambic=iambic)
        mates = closed.get(shape.rhyme, ())
        if mates:
            heard = frozenset(word.onset for word in mates)
            return cls(rhyme=mates[0].rhyme, without=heard, iambic=iambic)
        taken = frozenset(words[0].rhyme for words in closed.values())
        return cls(begins=True, without=taken, iambic=iambic)

    def words(self, lexicon: EnLexicon) -> Iterable[Word]:
        """The words themselves."""
        if self.rhyme:
            family = self._fitting(lexicon.families[self.rhyme])
            return [word for word in family if word.onset not in self.without]
        if self.begins:
            families = lexicon.families.items()
            open_ones = (self._fitting(group) for r, group in families if r not in self.without)
            return [word for group in open_ones if _has_partners(group) for word in group]
        known = lexicon.words.values()
        return self._fitting([w for w in known if w.rank < CLOSING_RANK and may_close(w)])

    def _fitting(self, words: Sequence[Word]) -> Sequence[Word]:
        if not self.iambic:
            return words
        return [word for word in words if fits_iambic(word, self.iambic - word.syllables)]


def _has_partners(words: Sequence[Word]) -> bool:
    """Whether a rhyme that begins on one of these can return."""
    return len({word.onset for word in words}) >= PARTNERS
