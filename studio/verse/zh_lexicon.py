"""Tone and rhyme of Chinese characters, by the 平水韵, the 中华新韵, or both at once.

The lexicon is data of this package (`zh.tsv`: character, 平水韵, 中华新韵; "-" is an oblique
reading, a character a level rhyme, "?" unknown). How it was made: `assets/verse/SOURCES.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

Book = Literal["both", "平水韵", "中华新韵"]
"""Which rhyme book rules. "both": tone and rhyme must hold in either."""

BOOKS: tuple[Book, ...] = ("both", "平水韵", "中华新韵")
LEVEL = "平"
OBLIQUE = "仄"


class ZhLexicon:
    """character -> its tones and its level rhymes."""

    def __init__(self, entries: Mapping[str, tuple[str, str]]) -> None:
        self._entries = dict(entries)

    @classmethod
    def parse(cls, text: str) -> ZhLexicon:
        """A lexicon from the text of its file: three tab-separated columns a line."""
        rows = (line.split("\t") for line in text.splitlines() if line)
        return cls({character: (old, new) for character, old, new in rows})

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

    def _columns(self, character: str, book: Book) -> tuple[str, ...]:
        old, new = self._entries.get(character, ("?", "?"))
        if book == "both":
            return old, new
        return (old,) if book == "平水韵" else (new,)


@cache
def zh_lexicon() -> ZhLexicon:
    """The lexicon that comes with the studio, read once."""
    return ZhLexicon.parse(files("studio.verse").joinpath("zh.tsv").read_text(encoding="utf-8"))


@cache
def _tones(column: str) -> frozenset[str]:
    return frozenset(OBLIQUE if each == "-" else LEVEL for each in column if each != "?")


@cache
def _level(column: str) -> frozenset[str]:
    return frozenset(each for each in column if each not in "-?")
