"""Which English words have been seen side by side, and which may follow which.

`en_pairs.bin` holds the pairs seen several times in the English corpora (`assets/verse/
SOURCES.md`): for each word of `en.tsv`, in its order, how many words follow it, then their
places in `en.tsv`; unsigned 16-bit little-endian numbers.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from studio.verse.en_lexicon import en_lexicon


class WordPairs:
    """The words that have been seen after each word."""

    def __init__(self, followers: Mapping[str, frozenset[str]]) -> None:
        self._followers = followers

    @classmethod
    def parse(cls, data: bytes, words: Sequence[str]) -> WordPairs:
        """Pairs from their file and the words in the order of the lexicon."""
        numbers = _numbers(data)
        counts, places = numbers[: len(words)], numbers[len(words) :]
        followers, start = {}, 0
        for word, count in zip(words, counts, strict=True):
            followers[word] = frozenset(words[place] for place in places[start : start + count])
            start += count
        return cls(followers)

    def followers(self, word: str) -> frozenset[str]:
        """The words seen after it."""
        return self._followers.get(word, frozenset())

    def holds(self, one: str, other: str) -> bool:
        """Whether `other` has been seen after `one`."""
        return other in self.followers(one)


def packed(pairs: Iterable[tuple[str, str]], words: Sequence[str]) -> bytes:
    """The pairs as `WordPairs.parse` reads them."""
    places = {word: number for number, word in enumerate(words)}
    rows: list[set[int]] = [set() for _ in words]
    for one, other in pairs:
        rows[places[one]].add(places[other])
    numbers = array("H", [len(row) for row in rows])
    for row in rows:
        numbers.extend(sorted(row))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


@cache
def word_pairs() -> WordPairs:
    """The pairs that come with the studio, read once."""
    data = files("studio.verse").joinpath("en_pairs.bin").read_bytes()
    return WordPairs.parse(data, list(en_lexicon().words))


def _numbers(data: bytes) -> array[int]:
    numbers = array("H")
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
