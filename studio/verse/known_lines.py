"""Whether a line of Chinese verse stands word for word in the poems the verse model learned from.

`zh_lines.bin` is a Bloom filter of those lines (it holds no text): it never misses one, and takes
about one new line in six hundred for an old one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

HASHES = 8


class KnownLines:
    """A set of lines that may answer yes too often, never no."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits

    @classmethod
    def of(cls, lines: Iterable[str], size: int) -> KnownLines:
        """The filter of these lines in `size` bytes."""
        bits = bytearray(size)
        for line in lines:
            for place in _places(line, size):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    def __contains__(self, line: str) -> bool:
        places = _places(line, len(self._bits))
        return all(self._bits[place >> 3] >> (place & 7) & 1 for place in places)

    def to_bytes(self) -> bytes:
        """The filter as it is stored."""
        return self._bits


@cache
def known_lines() -> KnownLines:
    """The lines of the training poems, read once."""
    return KnownLines(files("studio.verse").joinpath("zh_lines.bin").read_bytes())


def _places(line: str, size: int) -> Iterator[int]:
    digest = hashlib.blake2b(line.encode(), digest_size=4 * HASHES).digest()
    for start in range(0, len(digest), 4):
        yield int.from_bytes(digest[start : start + 4], "little") % (8 * size)
