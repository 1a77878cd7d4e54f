"""The contract between the training loop and a way of tuning."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import torch
from torch import nn
from transformers.cache_utils import Cache


class ScoredLm(Protocol):
    """A language model whose losses can be taken."""

    @property
    def model(self) -> nn.Module:
        """What is switched between training and scoring."""

    def hidden(self, ids: torch.Tensor, cache: Cache | None = None) -> torch.Tensor:
        """Last hidden states [rows, tokens, width] of int64 ids padded on the right; with a
        `cache`, of the tokens that follow what is in it."""

    def head(self) -> nn.Module:
        """From hidden states to logits."""

    def penalty(self) -> torch.Tensor | None:
        """What is added to the loss of a step, if anything."""


class Tuning(ScoredLm, Protocol):
    """A model with something in it to learn."""

    def learnt(self) -> Mapping[str, nn.Parameter]:
        """What is learnt, by name: what the optimizer moves and a checkpoint keeps."""

    def cache(self) -> Cache:
        """A cache for one row, with nothing of the row in it yet."""

    def off(self) -> AbstractContextManager[object]:
        """Inside, the model is as it was before anything was learnt."""

    def stepped(self, step: int) -> None:
        """The optimizer has made a step (counted from 1); gradients are still there."""

    def state(self) -> dict[str, Any]:
        """What a resumed run needs beside parameters and optimizer."""

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take back what `state` gave."""

    def write(self, folder: Path) -> tuple[str, ...]:
        """Write the files that the engine (and PEFT) load; their names."""
