"""Which English words have been seen side by side: a Bloom filter, small enough to ship.

`en_pairs.bin` holds the pairs seen several times in the English corpora (`assets/verse/
SOURCES.md`). About one unseen pair in sixty is taken for a seen one: good enough to rank poems.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from zlib import adler32, crc32


class WordPairs:
    """A set of (word, next word) that may answer yes too often, never no."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], size: int) -> WordPairs:
        """The filter of these pairs in `size` bytes."""
        bits = bytearray(size)
        for one, other in pairs:
            for place in _places(one, other, size):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def holds(self, one: str, other: str) -> bool:
        """Whether `other` has been seen after `one`."""
        places = _places(one, other, len(self._bits))
        return all(self._bits[place >> 3] >> (place & 7) & 1 for place in places)

    def to_bytes(self) -> bytes:
        """The filter as it is stored."""
        return self._bits


@cache
def word_pairs() -> WordPairs:
    """The pairs that come with the studio, read once."""
    return WordPairs(files("studio.verse").joinpath("en_pairs.bin").read_bytes())


def _places(one: str, other: str, size: int) -> tuple[int, int]:
    text = f"{one} {other}".encode()
    return crc32(text) % (8 * size), crc32(text, adler32(text)) % (8 * size)
