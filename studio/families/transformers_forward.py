"""Any causal language model of `transformers`, through its own forward, over slots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn
from transformers.cache_utils import Cache, CacheLayerMixin
from transformers.pytorch_utils import Conv1D

from studio.families.forward import Prefix, Span
from studio.families.lora_rows import LoraRows, Part, Site


class TransformersForward:
    """A forward (see `Forward`) over a model's own code.

    Rows that decode go through the model together, each piece of a prompt on its own: a batch
    row needs as many tokens as the others, and padding would cost more than it saves.
    """

    def __init__(self, model: Any, slots: int, tokens: int, lora: LoraRows) -> None:
        self._model, self._lora = model, lora
        self._config = model.config.get_text_config()
        self._cursor = _Cursor(slots, tokens)
        count = self._config.num_hidden_layers
        self._layers = [_SlotLayer(self._cursor) for _ in range(count)]
        self._cache = Cache(layers=list(self._layers))
        self._hooks = [
            module.register_forward_hook(_adding(lora, name))
            for name, module in model.named_modules()
            if name in lora.sites
        ]

    @property
    def vocabulary_size(self) -> int:
        return int(self._config.vocab_size)

    def run(self, spans: Sequence[Span]) -> torch.Tensor:
        found: dict[int, torch.Tensor] = {}
        single = [i for i, span in enumerate(spans) if len(span.tokens) == 1]
        groups = [single] if single else []
        groups += [[i] for i, span in enumerate(spans) if len(span.tokens) > 1]
        for group in groups:
            logits = self._forward([spans[i] for i in group])
            found.update(zip(group, logits, strict=True))
        wanted = [found[i] for i, span in enumerate(spans) if span.wanted]
        if not wanted:
            return torch.zeros((0, self.vocabulary_size), device=self._model.device)
        return torch.stack(wanted).float()

    def place(self, slot: int, prefix: Prefix) -> None:
        if len(prefix.keys) != len(self._layers):
            raise ValueError(f"a prefix of {len(prefix.keys)} layers, not {len(self._layers)}")
        for layer, keys, values in zip(self._layers, prefix.keys, prefix.values, strict=True):
            layer.place(slot, keys.to(self._model.dtype), values.to(self._model.dtype))

    def copy(self, source: int, target: int, tokens: int) -> None:
        for layer in self._layers:
            layer.copy(source, target, tokens)

    def footprint(self) -> int:
        weights: int = sum(each.nbytes for each in self._model.parameters())
        cache = sum(layer.footprint() for layer in self._layers)
        return weights + cache + self._lora.footprint()

    def _forward(self, spans: Sequence[Span]) -> torch.Tensor:
        device = self._model.device
        starts = torch.tensor([span.start for span in spans], device=device)
        positions = starts[:, None] + torch.arange(len(spans[0].tokens), device=device)
        self._cursor.move([span.slot for span in spans], positions, max(s.end for s in spans))
        self._lora.select([span.adapter for span in spans])
        logits: torch.Tensor = self._model(
            input_ids=torch.tensor([list(span.tokens) for span in spans], device=device),
            position_ids=positions,
            attention_mask=self._masks(positions),
            past_key_values=self._cache,
            use_cache=True,
            logits_to_keep=1,
        ).logits
        return logits[:, -1]

    def _masks(self, positions: torch.Tensor) -> Any:
        """A mask [rows, 1, tokens, reach] of bool, or one for each kind of layer."""
        looks = torch.arange(self._cursor.reach, device=positions.device)
        full = looks <= positions[:, None, :, None]
        window = getattr(self._config, "sliding_window", None)
        kinds = set(getattr(self._config, "layer_types", None) or ())
        if not window or kinds == {"full_attention"}:
            return full
        near = full & (looks > positions[:, None, :, None] - window)
        if not kinds or kinds == {"sliding_attention"}:
            return near
        return {"full_attention": full, "sliding_attention": near}


def sites_of(model: nn.Module) -> dict[str, Site]:
    """Every linear module of a model as a place for adapters."""
    sites = {}
    for name, module in model.named_modules():
        if isinstance(module, nn.Linear):
            sites[name] = Site(module.in_features, (Part(name, module.out_features),))
        elif isinstance(module, Conv1D):
            sites[name] = Site(module.nx, (Part(name, module.nf),))
    return sites


def _adding(lora: LoraRows, site: str) -> Any:
    def add(_module: nn.Module, inputs: tuple[torch.Tensor, ...], output: torch.Tensor) -> Any:
        return lora.add(site, inputs[0], output)

    return add


class _Cursor:
    """Where in the slots the coming forward reads and writes."""

    def __init__(self, slots: int, tokens: int) -> None:
        self.slots, self.tokens = slots, tokens
        self.rows = torch.zeros(0, dtype=torch.long)
        self.positions = torch.zeros(0, 0, dtype=torch.long)
        self.reach = 0

    def move(self, slots: Sequence[int], positions: torch.Tensor, reach: int) -> None:
        self.rows = torch.tensor(slots, device=positions.device)
        self.positions, self.reach = positions, reach


class _SlotLayer(CacheLayerMixin):  # type: ignore[no-untyped-call]
    """One layer's keys and values in slots; allocated when the first ones tell their shape."""

    is_sliding = False

    def __init__(self, cursor: _Cursor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._cursor = cursor
        self._stored: tuple[torch.Tensor, torch.Tensor] | None = None

    def lazy_initialization(self, key_states: torch.Tensor, value_states: torch.Tensor) -> None:
        size = (self._cursor.slots, key_states.shape[1], self._cursor.tokens)
        keys = key_states.new_zeros((*size, key_states.shape[-1]))
        self._stored = keys, value_states.new_zeros((*size, value_states.shape[-1]))
        self.is_initialized = True

    def update(
        self, key_states: torch.Tensor, value_states: torch.Tensor, *_: Any, **__: Any
    ) -> tuple[torch.Tensor, torch.Tensor]:
        if self._stored is None:
            self.lazy_initialization(key_states, value_states)
        assert self._stored is not None
        rows, reach = self._cursor.rows, self._cursor.reach
        for stored, new in zip(self._stored, (key_states, value_states), strict=True):
            stored[rows[:, None], :, self._cursor.positions] = new.transpose(1, 2)
        keys, values = self._stored
        return keys[rows, :, :reach], values[rows, :, :reach]

    def place(self, slot: int, keys: torch.Tensor, values: torch.Tensor) -> None:
        """Fill the slot's first places; [kv heads, tokens, width]. Raises ValueError."""
        if self._stored is None:
            self.lazy_initialization(keys[None], values[None])
        assert self._stored is not None
        for stored, new in zip(self._stored, (keys, values), strict=True):
            if (stored.shape[1], stored.shape[3]) != (new.shape[0], new.shape[2]):
                raise ValueError(f"a prefix of {tuple(new.shape)} does not fit this model")
            stored[slot, :, : new.shape[1]] = new

    def copy(self, source: int, target: int, tokens: int) -> None:
        """The first places of one slot into those of another."""
        for stored in self._stored or ():
            stored[target, :, :tokens] = stored[source, :, :tokens]

    def get_mask_sizes(self, _query_length: int) -> tuple[int, int]:
        return self._cursor.reach, 0

    def get_seq_length(self) -> int:
        return self._cursor.reach

    def get_max_length(self) -> int:
        return self._cursor.tokens

    def footprint(self) -> int:
        return sum(each.nbytes for each in self._stored or ())
