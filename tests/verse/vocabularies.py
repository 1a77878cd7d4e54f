"""Vocabularies to bind constraints to, and a writer that chooses blindly."""

from __future__ import annotations

import random
from collections.abc import Callable, Hashable
from typing import Any

from studio.requests import Constraint


class Tokens:
    """A vocabulary over a list of token texts; `spell` cuts a text into tokens."""

    eos = 0

    def __init__(self, texts: list[str], spell: Callable[[str], tuple[int, ...]]) -> None:
        self._texts, self._spell = texts, spell
        self._kept: dict[Hashable, Any] = {}

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, token: int) -> str:
        return self._texts[token]

    def encode(self, text: str) -> tuple[int, ...]:
        return self._spell(text)

    def cached(self, key: Hashable, build: Callable[[], Any]) -> Any:
        if key not in self._kept:
            self._kept[key] = build()
        return self._kept[key]


def write_at_random(constraint: Constraint, vocabulary: Tokens, seed: int) -> str:
    """A text of the constraint by blind choices; fails where nothing is allowed."""
    rule, draw = constraint.bind(vocabulary), random.Random(seed)
    tokens: list[int] = []
    while True:
        allowed = rule.allowed(tokens)
        assert allowed, f"a dead end after {''.join(map(vocabulary.text, tokens))!r}"
        token = draw.choice(allowed)
        if token == vocabulary.eos:
            return "".join(map(vocabulary.text, tokens))
        tokens.append(token)
        assert len(tokens) < 1000, "never ends"
