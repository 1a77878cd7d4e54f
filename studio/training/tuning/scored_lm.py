"""A model of transformers or PEFT as it is, for taking its losses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from peft import PeftModel
from torch import nn
from transformers.cache_utils import Cache, DynamicCache


class PlainLm:
    """See `ScoredLm`; modules that PEFT has put inside take part."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self._inner: Any = model.get_base_model() if isinstance(model, PeftModel) else model

    @property
    def model(self) -> nn.Module:
        model: nn.Module = self._model
        return model

    def learnt(self) -> Mapping[str, nn.Parameter]:
        """What a training may change, by name."""
        return {name: each for name, each in self._model.named_parameters() if each.requires_grad}

    def cache(self) -> Cache:
        """An empty one, for reading a text in pieces."""
        return DynamicCache(config=self._inner.config)

    def hidden(self, ids: torch.Tensor, cache: Cache | None = None) -> torch.Tensor:
        found: torch.Tensor = self._inner.base_model(
            input_ids=ids, past_key_values=cache, use_cache=cache is not None
        ).last_hidden_state
        return found

    def head(self) -> nn.Module:
        head: nn.Module = self._inner.get_output_embeddings()
        return head

    def penalty(self) -> torch.Tensor | None:
        return None


class PrefixLm(PlainLm):
    """A model behind the prefix that PEFT has loaded for it."""

    def hidden(self, ids: torch.Tensor, cache: Cache | None = None) -> torch.Tensor:
        return super().hidden(ids, cache or self._model.get_prompt(batch_size=len(ids)))


def scored(model: Any) -> PlainLm:
    """The model, ready for its losses."""
    is_peft = isinstance(model, PeftModel)
    behind = is_peft and model.active_peft_config.peft_type == "PREFIX_TUNING"
    return PrefixLm(model) if behind else PlainLm(model)
