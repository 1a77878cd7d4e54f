"""What the benchmark asks of an engine, ours or another's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

Tokens = Sequence[int]


@dataclass(frozen=True, slots=True)
class Timed:
    """One batch on one engine."""

    first_s: float
    """Until every row has its first token."""
    rest_s: float
    """From there to the last token."""
    rest_tokens: int
    """Written in that time, by all rows."""


@dataclass(frozen=True, slots=True)
class Joined:
    """The first token of one row, twice."""

    alone_s: float
    joined_s: float
    """While other rows were writing."""


class Peer(Protocol):
    """An engine with the model loaded and warm. Greedy, ends ignored."""

    def batch(self, prompts: Sequence[Tokens], tokens: int, adapters: Sequence[str]) -> Timed:
        """Write so many tokens a row; `adapters`: "" is none, one for each row or empty."""

    def joining(self, running: Sequence[Tokens], joiner: Tokens, tokens: int) -> Joined:
        """The joiner's first token alone, and beside rows that have their first tokens.

        Raises NotImplementedError where rows can not join.
        """
