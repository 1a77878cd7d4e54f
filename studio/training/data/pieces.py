"""Long texts in pieces that fit a training row, cut where a paragraph or a sentence ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from types import MappingProxyType

MOST: Mapping[str, int] = MappingProxyType({"en": 1600, "zh": 700})
"""Characters of one row: some 350 to 500 tokens."""
OPENING: Mapping[str, int] = MappingProxyType({"en": 400, "zh": 160})
"""Characters of what came before that a continuation is given."""
_PARAGRAPH_END = re.compile(r"(?<=\n)")
_SENTENCE_END = re.compile(
    r"(?<=[.!?…][\"”’)])(?=\s)|(?<=[.!?…])(?=\s)|(?<=[。！？…])(?![”’」』）])"
)


def in_pieces(text: str, lang: str) -> list[str]:
    """The text cut so that no piece is longer than MOST; the pieces joined are the text."""
    return _packed(_PARAGRAPH_END, text, lang)


def as_continuations(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """(opening, what follows) for each piece: the first is opened by its own first sentences."""
    pieces = in_pieces(text, lang)
    before, first = _opened(pieces[0], lang)
    if before:
        yield before, first
    for earlier, piece in pairwise(pieces):
        opening = _end_of(earlier.rstrip(), lang)
        gap = earlier[len(earlier.rstrip()) :]
        yield opening, gap + piece.rstrip()


def _opened(piece: str, lang: str) -> tuple[str, str]:
    """Paragraph or sentences of at least a quarter of OPENING, and the rest; "" when too short."""
    sentences = _cut(_SENTENCE_END, piece)
    taken = ""
    while sentences and len(taken) < OPENING[lang] // 4:
        taken += sentences.pop(0)
    rest = "".join(sentences)
    if not rest.strip():
        return "", piece
    gap = taken[len(taken.rstrip()) :]
    return taken.rstrip(), gap + rest.rstrip()


def _end_of(text: str, lang: str) -> str:
    """The last whole sentences that OPENING takes; at least one."""
    taken = ""
    for sentence in reversed(_cut(_SENTENCE_END, text)):
        if taken and len(taken) + len(sentence) > OPENING[lang]:
            break
        taken = sentence + taken
    return taken.strip()


def _packed(ends: re.Pattern[str], text: str, lang: str) -> list[str]:
    pieces = [""]
    for part in _cut(ends, text):
        if len(part) > MOST[lang] and ends is _PARAGRAPH_END:
            pieces += _packed(_SENTENCE_END, part, lang)
        elif len(pieces[-1]) + len(part) > MOST[lang]:
            pieces.append(part)
        else:
            pieces[-1] += part
    return [piece for piece in pieces if piece.strip()]


def _cut(ends: re.Pattern[str], text: str) -> list[str]:
    return [part for part in ends.split(text) if part]
