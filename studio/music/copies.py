"""Whether a melody says again what a training tune said: runs of nine notes, in any key and at any
note values.

Equal are the eight steps in semitones and the eight times from onset to onset, up to a common
factor: 2/4 in sixteenths and 4/4 in eighths are one tune written twice. How long the ninth note
lasts does not matter, so that a run is known at its onset. The runs are kept in a Bloom filter
(Bloom 1970, "Space/time trade-offs in hash coding with allowable errors"): none is missed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, reduce
from hashlib import blake2b
from importlib.resources import files
from itertools import pairwise
from math import gcd

from studio.music.meter import QUARTER
from studio.music.note import Note

WINDOW = 9
"""Notes in a row that make a copy."""
Struck = tuple[int, int]
"""A note as runs see it: pitch (or step) in semitones, onset in ticks from any common start."""
PROBES = 8
BITS_A_RUN = 17.5
"""About 3 runs in ten thousand are taken for known that are not."""


class CopyIndex:
    """The runs of the training tunes."""

    def __init__(self, bits: bytes) -> None:
        """`bits` as `to_bytes` gave them."""
        self._bits = bits
        self._size = 8 * len(bits)

    @classmethod
    def of(cls, runs: Collection[bytes]) -> CopyIndex:
        """An index of runs (see `runs_of`)."""
        bits = bytearray(max(1, int(BITS_A_RUN * len(runs) / 8)))
        for run in runs:
            for place in _places(run, 8 * len(bits)):
                bits[place >> 3] |= 1 << (place & 7)
        return cls(bytes(bits))

    @classmethod
    def read(cls, content: bytes) -> CopyIndex:
        """From the bytes of a file. Raises ValueError when there are none."""
        if not content:
            raise ValueError("an index of copies has no bytes")
        return cls(content)

    def to_bytes(self) -> bytes:
        """What `read` takes."""
        return self._bits

    def completes(self, previous: Sequence[Struck], following: Struck) -> bool:
        """Whether the next note makes a known run of nine with the last eight before it."""
        if len(previous) < WINDOW - 1:
            return False
        return self._knows(_run((*previous[1 - WINDOW :], following)))

    def longest_run(self, notes: Sequence[Note]) -> int:
        """How many notes in a row are known, 0 when not nine are. Runs that overlap count as one,
        even from different tunes: never less than the truth."""
        longest = current = 0
        for run in runs_of(struck_notes(notes)):
            current = current + 1 if self._knows(run) else 0
            longest = max(longest, current)
        return longest + WINDOW - 1 if longest else 0

    def _knows(self, run: bytes) -> bool:
        bits = self._bits
        return all(bits[place >> 3] >> (place & 7) & 1 for place in _places(run, self._size))


@cache
def training_copies() -> CopyIndex:
    """The runs of the tunes that lm/melody learned from, read once."""
    return CopyIndex.read(files("studio.music").joinpath("copies.bin").read_bytes())


def runs_of(struck: Sequence[Struck]) -> Iterator[bytes]:
    """The runs of nine, from the first note to the last."""
    for start in range(len(struck) - WINDOW + 1):
        yield _run(struck[start : start + WINDOW])


def struck_notes(notes: Sequence[Note]) -> tuple[Struck, ...]:
    """Notes as runs see them."""
    return tuple((note.pitch, int(note.onset * QUARTER)) for note in notes)


def _run(struck: Sequence[Struck]) -> bytes:
    """A run without its key and its note values."""
    times = [late[1] - early[1] for early, late in pairwise(struck)]
    factor = reduce(gcd, times) or 1
    steps = [late[0] - early[0] for early, late in pairwise(struck)]
    return repr((steps, [time // factor for time in times])).encode("ascii")


def _places(run: bytes, size: int) -> Iterator[int]:
    """Bits of a run: one digest, two hashes (Kirsch and Mitzenmacher 2006)."""
    digest = int.from_bytes(blake2b(run, digest_size=16).digest(), "big")
    start, step = digest >> 64, digest & (1 << 64) - 1 | 1
    return ((start + turn * step) % size for turn in range(PROBES))
