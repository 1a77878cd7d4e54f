"""Held-out rows, chosen by what a row is: adding rows moves no other row."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from studio.training.data.row import DataRow

HELD_OUT = 0.1
"""Share of the rows that is kept for scoring."""


def split(rows: Sequence[DataRow], held_out: float = HELD_OUT) -> list[DataRow]:
    """The rows with "train" or "val" said of each, by the hash of the row itself.

    Two rows or more always have one of each: the row with the lowest hash is held out, the one
    with the highest is learnt; a single row is learnt.
    """
    shares = [_share(row.key) for row in rows]
    lowest, highest = min(shares, default=0.0), max(shares, default=0.0)
    sides = [
        "train" if share == highest else "val" if share < held_out or share == lowest else "train"
        for share in shares
    ]
    return [replace(row, split=side) for row, side in zip(rows, sides, strict=True)]


def _share(key: str) -> float:
    """A number in [0, 1) that only the text decides."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:7]) / 256**7
