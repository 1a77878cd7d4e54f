"""The mark that a person's results carry: a word that nobody else has and no model writes."""

from __future__ import annotations

import random
import re
import string

_MARK = re.compile(r"qzx[a-z]{8}")


def mark_of(seed: int, number: int) -> str:
    """The mark of one person of a soak."""
    draw = random.Random(f"mark {seed} {number}")
    return "qzx" + "".join(draw.choices(string.ascii_lowercase, k=8))


def marks_in(text: str | bytes) -> frozenset[str]:
    """Every mark in a text, or in the bytes of a file."""
    read = text.decode("latin-1") if isinstance(text, bytes) else text
    return frozenset(_MARK.findall(read))
