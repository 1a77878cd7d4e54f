"""What an edit changed: word by word in English, character by character in Chinese.

The parts put together again give both texts exactly: kept and removed parts the old one, kept and
added parts the new one. Matching is Python's `difflib`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

PartKind = Literal["kept", "removed", "added"]
_HAN_WORD = re.compile(r"[A-Za-z0-9]+|.", re.DOTALL)
_WORD = re.compile(r"\w+(?:['’-]\w+)*|\s+|[^\w\s]")
ALIKE = 0.55
"""Above this share of equal words an edit is a touch, below it a new text."""
LEAST_ISLAND, LEAST_ISLAND_OF_NEW = 1, 3
"""Fewer unchanged words than this between two changes are shown as changed too: islands of one
word in a rewritten sentence can not be read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text and what happened to it."""

    kind: PartKind
    text: str


def difference(before: str, after: str, lang: str) -> tuple[Part, ...]:
    """The parts in reading order; a replaced stretch is a removed part, then an added one."""
    old, new = _tokens(before, lang), _tokens(after, lang)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    least = LEAST_ISLAND if matcher.ratio() >= ALIKE else LEAST_ISLAND_OF_NEW
    blocks = [each for each in matcher.get_matching_blocks() if each.size]
    kept = [
        b for b in blocks if _is_shore(b.a, b.size, len(old)) or _words(old, b.a, b.size) >= least
    ]
    return tuple(each for each in _parts(old, new, [(b.a, b.b, b.size) for b in kept]) if each.text)


def _parts(
    old: Sequence[str], new: Sequence[str], kept: Sequence[tuple[int, int, int]]
) -> Iterator[Part]:
    at_old = at_new = 0
    for start_old, start_new, size in (*kept, (len(old), len(new), 0)):
        yield Part("removed", "".join(old[at_old:start_old]))
        yield Part("added", "".join(new[at_new:start_new]))
        yield Part("kept", "".join(old[start_old : start_old + size]))
        at_old, at_new = start_old + size, start_new + size


def _tokens(text: str, lang: str) -> list[str]:
    return (_HAN_WORD if lang == "zh" else _WORD).findall(text)


def _is_shore(at: int, size: int, whole: int) -> bool:
    """Text that begins or ends both versions is no island."""
    return at == 0 or at + size == whole


def _words(tokens: Sequence[str], at: int, size: int) -> int:
    return sum(each[0].isalnum() for each in tokens[at : at + size])
