"""The contract between the batching loop and a model's forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens of one row that go through the model together: one while decoding, a piece of the
    prompt while prefilling. Keys and values before `start` lie in the slot already."""

    slot: int
    start: int
    tokens: Sequence[int]
    adapter: int = 0
    """Row of the adapter stack; 0 is no adapter."""
    wanted: bool = True
    """Whether the logits after the last token are needed."""

    @property
    def end(self) -> int:
        return self.start + len(self.tokens)


@dataclass(frozen=True, slots=True)
class Prefix:
    """Learnt keys and values before a row's prompt, each [layers, kv heads, tokens, width]."""

    keys: torch.Tensor
    values: torch.Tensor

    @property
    def tokens(self) -> int:
        """How many places of a slot it takes."""
        return self.keys.shape[2]


class Forward(Protocol):
    """One model over pre-allocated slots. What it writes for a span can be written again."""

    @property
    def vocabulary_size(self) -> int: ...

    def run(self, spans: Sequence[Span]) -> torch.Tensor:
        """Advance the rows; float32 logits [wanted spans, vocabulary], in the spans' order."""

    def place(self, slot: int, prefix: Prefix) -> None:
        """Write a prefix into the first places of a slot; its row starts behind it.

        Raises ValueError when it is not of this model's shape.
        """

    def copy(self, source: int, target: int, tokens: int) -> None:
        """Let a slot begin with the first tokens of another, as if it had read them."""

    def footprint(self) -> int:
        """Bytes of weights, slots and adapters."""
