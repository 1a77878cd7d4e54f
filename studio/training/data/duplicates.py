"""Doubles out: the same text twice, and texts that are nearly another one.

Near-duplicates are found by MinHash with locality-sensitive hashing (A. Broder, "On the
resemblance and containment of documents", 1997; PyPI datasketch), and each candidate's Jaccard
similarity of character shingles is then computed in full, so no row goes by chance alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from datasketch import MinHash, MinHashLSH

from studio.training.data.row import DataRow

SHINGLE = 5
"""Characters of a shingle: about a word of English, a phrase of Chinese."""
NEAR = 0.7
"""Jaccard similarity from which a text counts as nearly another one."""
LSH_THRESHOLD = 0.6
"""Candidates are looked for a little below NEAR; the full comparison decides."""
PERMUTATIONS = 128


@dataclass(frozen=True, slots=True)
class Double:
    """A row that is left out, the earlier row it repeats, and how alike they are (1: the same)."""

    row: DataRow
    of: DataRow
    likeness: float


def without_doubles(rows: Sequence[DataRow]) -> tuple[list[DataRow], list[Double]]:
    """The first of each text, in order, and what was left out."""
    kept, doubles = list[DataRow](), list[Double]()
    index = MinHashLSH(threshold=LSH_THRESHOLD, num_perm=PERMUTATIONS)
    seen: dict[str, int] = {}
    shingles: list[frozenset[str]] = []
    for row in rows:
        plain = _plain(row.text)
        own = _shingles(plain)
        sketch = _sketch(own)
        candidates = [seen[plain]] if plain in seen else index.query(sketch)
        near = max(((_likeness(own, shingles[at]), at) for at in candidates), default=(0.0, 0))
        if near[0] >= NEAR:
            doubles.append(Double(row, kept[near[1]], near[0]))
            continue
        seen[plain] = len(kept)
        index.insert(len(kept), sketch)
        shingles.append(own)
        kept.append(row)
    return kept, doubles


def _plain(text: str) -> str:
    """Letters and digits of every script, lower case, a space between words."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _shingles(plain: str) -> frozenset[str]:
    return frozenset(_runs(plain)) or frozenset((plain,))


def _runs(plain: str) -> Iterator[str]:
    return (plain[at : at + SHINGLE] for at in range(len(plain) - SHINGLE + 1))


def _sketch(shingles: frozenset[str]) -> MinHash:
    sketch = MinHash(num_perm=PERMUTATIONS)
    sketch.update_batch([each.encode() for each in sorted(shingles)])
    return sketch


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))
