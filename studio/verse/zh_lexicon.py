"""Tone and rhyme of Chinese characters, by the 平水韵, the 中华新韵, or both at once.

The lexicon is data of this package. `zh.tsv`: character, 平水韵, 中华新韵; "-" is an oblique
reading, a character a level rhyme, "?" unknown. `zh_rhymes.tsv`: character, its parts in the
词林正韵 (what the 平水韵 is to 诗, it is to 词), its rhymes in the 中华新韵, each with its tone:
"7平 7仄", "18入". How they were made: `assets/verse/SOURCES.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

Book = Literal["both", "平水韵", "中华新韵"]
"""Which rhyme book rules. "both": tone and rhyme must hold in either."""

BOOKS: tuple[Book, ...] = ("both", "平水韵", "中华新韵")
LEVEL = "平"
OBLIQUE = "仄"
ENTERING = "入"


class ZhLexicon:
    """character -> its tones and its level rhymes."""

    def __init__(
        self,
        entries: Mapping[str, tuple[str, str]],
        tune_entries: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        self._entries = dict(entries)
        self._tune_entries = dict(tune_entries)

    @classmethod
    def parse(cls, text: str, tune_text: str = "") -> ZhLexicon:
        """A lexicon from the texts of its files: three tab-separated columns a line."""
        return cls(_columns(text), _columns(tune_text))

    def __contains__(self, character: str) -> bool:
        return character in self._entries

    def characters(self) -> Iterable[str]:
        """All characters, the most frequent in verse first."""
        return self._entries.keys()

    def tones(self, character: str, book: Book) -> frozenset[str]:
        """LEVEL, OBLIQUE, both of them, or none (unknown, or the books disagree)."""
        sets = [_tones(column) for column in self._columns(character, book)]
        return frozenset.intersection(*sets)

    def rhymes(self, character: str, book: Book) -> frozenset[str]:
        """The level rhymes it belongs to; in "both" pairs such as "东庚"."""
        columns = [_level(column) for column in self._columns(character, book)]
        if len(columns) == 1:
            return columns[0]
        return frozenset(old + new for old in columns[0] for new in columns[1])

    def tune_rhymes(self, character: str, book: Book, tone: str) -> frozenset[str]:
        """The rhymes of 词 it belongs to in LEVEL or OBLIQUE; in "both" pairs such as "7寒".

        A level and an oblique rhyme of one name sound alike; 15 to 19 are the entering tone's.
        """
        columns = _chosen(self._tune_entries.get(character, ("?", "?")), book)
        sets = [_in_tone(column, tone) for column in columns]
        if len(sets) == 1:
            return sets[0]
        return frozenset(old + new for old in sets[0] for new in sets[1])

    def _columns(self, character: str, book: Book) -> tuple[str, ...]:
        return _chosen(self._entries.get(character, ("?", "?")), book)


@cache
def zh_lexicon() -> ZhLexicon:
    """The lexicon that comes with the studio, read once."""
    folder = files("studio.verse")
    names = ("zh.tsv", "zh_rhymes.tsv")
    return ZhLexicon.parse(*(folder.joinpath(name).read_text(encoding="utf-8") for name in names))


def _chosen(columns: tuple[str, str], book: Book) -> tuple[str, ...]:
    """The columns of the books that rule."""
    if book == "both":
        return columns
    return columns[:1] if book == "平水韵" else columns[1:]


def _columns(text: str) -> dict[str, tuple[str, str]]:
    rows = (line.split("\t") for line in text.splitlines() if line)
    return {character: (old, new) for character, old, new in rows}


@cache
def _in_tone(column: str, tone: str) -> frozenset[str]:
    tones = (LEVEL,) if tone == LEVEL else (OBLIQUE, ENTERING)
    return frozenset(each[:-1] for each in column.split() if each[-1] in tones)


@cache
def _tones(column: str) -> frozenset[str]:
    return frozenset(OBLIQUE if each == "-" else LEVEL for each in column if each != "?")


@cache
def _level(column: str) -> frozenset[str]:
    return frozenset(each for each in column if each not in "-?")
