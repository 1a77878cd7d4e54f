"""A limit that no text can exceed, whatever model writes it.

Every token's width is known beforehand, so a row only ever sees tokens that still fit. When room
runs short, a new word may begin only if it is complete as it stands or leaves room to finish it:
texts end at a word. The end of the text is always open once the minimum is reached.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from studio.ads.complete_words import COMPLETE_WORDS
from studio.ads.widths import Counter, upper_width
from studio.requests import TokenRule, Vocabulary

NEVER = frozenset('\ufffd\t\r\v\f"“”«»*#_`~|<>[]{}\\^=')
"""Not ad copy: marks of unknown bytes, markup, quotation marks that models wrap answers in."""

_WIDEST = 24
"""Wider tokens are runs of spaces or dashes."""
_WORD_END = 6
"""Room that a word may still need after its first token, when it is not known to be complete."""
_LATIN_WORD = re.compile(r" ([A-Za-z']+)\Z")
_SHOUT = re.compile(r"[A-Z]{3,}")
_LINK = re.compile(r"://|www\.|\.(?:com|org|net|io|co)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WithinLimit:
    """At most `limit` by the channel's `counter`; one line; none of the `forbidden` characters."""

    limit: int
    counter: Counter
    minimum: int = 1
    """Width before which the text may not end."""
    forbidden: frozenset[str] = frozenset()
    """Characters besides `NEVER`, for example "!" in a headline."""
    shouts: bool = False
    """Whether tokens of three capitals are allowed (a brand that is written so)."""

    def bind(self, vocabulary: Vocabulary) -> TokenRule:
        """A rule for one row. Tables are made once per vocabulary, for all limits."""
        key = ("within limit", self.counter, self.forbidden, self.shouts)
        return _Row(self, vocabulary.cached(key, partial(_table, self, vocabulary)))


@dataclass(frozen=True, slots=True)
class _Table:
    widths: Sequence[int]
    """By token; a token that ends the text has width 0."""
    ending: tuple[int, ...]
    within: tuple[Sequence[int], ...]
    """By room left, up to the widest need: the tokens that fit (none ends the text)."""
    within_or_end: tuple[Sequence[int], ...]


class _Row:
    """One row: remembers how far it has counted."""

    def __init__(self, constraint: WithinLimit, table: _Table) -> None:
        self._limit = constraint.limit
        self._minimum = constraint.minimum
        self._table = table
        self._counted = 0
        self._used = 0
        self._ended = False

    def allowed(self, tokens: Sequence[int]) -> Sequence[int]:
        """The tokens that may follow; never empty."""
        if len(tokens) < self._counted:
            self._counted, self._used, self._ended = 0, 0, False
        for token in tokens[self._counted :]:
            self._used += self._table.widths[token]
            self._ended = self._ended or token in self._table.ending
        self._counted = len(tokens)
        return self._table.ending if self._ended else self._next()

    def _next(self) -> Sequence[int]:
        table = self._table
        room = max(0, min(self._limit - self._used, len(table.within) - 1))
        too_short = self._used < self._minimum and len(table.within[room]) > 0
        return table.within[room] if too_short else table.within_or_end[room]


def _table(constraint: WithinLimit, vocabulary: Vocabulary) -> _Table:
    texts = [vocabulary.text(token) for token in range(len(vocabulary))]
    widths = [upper_width(constraint.counter, text) for text in texts]
    ending = {vocabulary.eos, *(at for at, text in enumerate(texts) if text == "\n")}
    needs = {
        at: need
        for at, text in enumerate(texts)
        if at not in ending and (need := _need(constraint, text, widths[at]))
    }
    for token in ending:
        widths[token] = 0
    within = [
        array("i", (at for at, need in needs.items() if need <= room))
        for room in range(1 + _WIDEST + _WORD_END)
    ]
    last = tuple(sorted(ending))
    with_end = tuple(each + array("i", last) for each in within)
    return _Table(array("i", widths), last, tuple(within), with_end)


def _need(constraint: WithinLimit, text: str, width: int) -> int:
    """Room that must be left before this token; 0: never."""
    if not text.strip() or width > _WIDEST or "  " in text or not text.isprintable():
        return 0
    if not NEVER.isdisjoint(text) or not constraint.forbidden.isdisjoint(text):
        return 0
    if _LINK.search(text) or (_SHOUT.search(text) and not constraint.shouts):
        return 0
    return width + (_WORD_END if _may_go_on(text) else 0)


def _may_go_on(text: str) -> bool:
    """Whether this token begins a Latin word that its own text may not complete."""
    word = _LATIN_WORD.match(text)
    return word is not None and word.group(1).casefold() not in COMPLETE_WORDS
