"""Prefix tuning by PEFT: learnt keys and values before the prompt (arXiv 2101.00190)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import torch
from peft import PeftConfig, PrefixTuningConfig
from transformers.cache_utils import Cache

from studio.errors import InvalidInput
from studio.training.tuning.inner_model import open_model
from studio.training.tuning.peft_tuning import PeftTuning, frozen_type
from studio.training.tuning.recipe import TuningRecipe

SMALL = 0.1
"""The first keys are near zero: a prefix then takes little attention from the prompt."""


class PrefixTuning(PeftTuning):
    """A frozen base behind a learnt prefix (see `Tuning`)."""

    def __init__(self, base: object, config: PeftConfig) -> None:
        super().__init__(base, config)
        self._off = False

    def hidden(self, ids: torch.Tensor, cache: Cache | None = None) -> torch.Tensor:
        if cache is None and not self._off:
            # New in each forward: the model writes the rows' own keys behind the prefix.
            cache = self._prefix(len(ids))
        return super().hidden(ids, cache)

    def cache(self) -> Cache:
        return self._prefix(1)

    def _prefix(self, rows: int) -> Cache:
        prefix: Any = self._peft.get_prompt(batch_size=rows)
        cache: Cache = prefix
        return cache

    def off(self) -> AbstractContextManager[object]:
        return self._without()

    @contextmanager
    def _without(self) -> Iterator[None]:
        self._off = True
        try:
            yield
        finally:
            self._off = False


def open_prefix(folder: Path, recipe: TuningRecipe, device: str, total: int) -> PrefixTuning:  # noqa: ARG001
    """A prefix of `recipe.prefix_tokens`. Raises InvalidInput for what it can not do."""
    if recipe.checkpointing or recipe.freeze:
        raise InvalidInput(
            "method",
            "A prefix reaches every layer and keeps its activations.",
            "Leave out --checkpointing and --freeze.",
            code="prefix_whole",
        )
    base = open_model(folder, recipe, device, frozen_type(recipe))
    config = PrefixTuningConfig(
        task_type="CAUSAL_LM", num_virtual_tokens=recipe.prefix_tokens, init_weights=None
    )
    tuning = PrefixTuning(base, config)
    with torch.no_grad():
        for each in tuning.learnt().values():
            each.mul_(SMALL)
    return tuning
