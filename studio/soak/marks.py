"""The mark that a person's results carry: a word that nobody else has and no model writes.

A small model that is asked to write of `qzxkmsiqchab` may well spell it anew. Its last letters
follow from the others, so what only looks like a mark is not taken for somebody's.
"""

from __future__ import annotations

import random
import re
import string
import zlib

_MARK = re.compile(r"qzx([a-z]{6})([a-z]{3})")
_LETTERS = string.ascii_lowercase


def mark_of(seed: int, number: int) -> str:
    """The mark of one person of a soak."""
    body = "".join(random.Random(f"mark {seed} {number}").choices(_LETTERS, k=6))
    return f"qzx{body}{_check(body)}"


def marks_in(text: str | bytes) -> frozenset[str]:
    """Every mark in a text, or in the bytes of a file."""
    read = text.decode("latin-1") if isinstance(text, bytes) else text
    found = _MARK.finditer(read)
    return frozenset(each.group() for each in found if each[2] == _check(each[1]))


def _check(body: str) -> str:
    number = zlib.crc32(body.encode())
    return "".join(_LETTERS[number // 26**place % 26] for place in range(3))
