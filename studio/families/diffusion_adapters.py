"""LoRA weights on a pipeline: loaded when first asked for, in use for the rows that ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.catalog import Card
from studio.errors import NotReady

_MOST = 4
"""Adapters that stay loaded; the one that waited longest leaves."""


class DiffusionAdapters:
    """The adapters of one pipeline's networks. All verbs between two calls of the pipeline."""

    def __init__(
        self, pipeline: Any, find: Callable[[str], Card], told: Callable[[str], None]
    ) -> None:
        """`find` raises what the person reads; `told` hears which weights are in use."""
        self._pipeline = pipeline
        self._find = find
        self._told = told
        self._loaded: OrderedDict[str, str] = OrderedDict()
        self._numbered = 0
        self._in_use: tuple[str, float] = ("", 0.0)

    def load(self, name: str) -> None:
        """Make the adapter ready. Raises NotReady or InvalidInput."""
        if name in self._loaded:
            self._loaded.move_to_end(name)
            return
        weights = _weights_of(self._find(name))
        # PEFT takes no dots in a name.
        key = f"lora_{self._numbered}"
        self._numbered += 1
        try:
            self._pipeline.load_lora_weights(
                weights.parent, weight_name=weights.name, adapter_name=key, local_files_only=True
            )
        except (AttributeError, ValueError, KeyError, RuntimeError, OSError) as error:
            raise _unusable(name, str(error).splitlines()[0]) from error
        self._loaded[name] = key
        self._switch(*self._in_use)

    def use(self, name: str, scale: float) -> None:
        """These weights at this strength for the next call; "" is the pipeline as it is."""
        if self._loaded and (name, scale) != self._in_use:
            self._switch(name, scale)

    def drop_idle(self, needed: set[str]) -> None:
        """Let go of the oldest that no row needs."""
        for name in list(self._loaded):
            if len(self._loaded) <= _MOST:
                return
            if name not in needed and name != self._in_use[0]:
                self._pipeline.delete_adapters(self._loaded.pop(name))

    def _switch(self, name: str, scale: float) -> None:
        self._in_use = (name, scale)
        self._told(f"{name} {scale}" if name else "")
        if not name:
            self._pipeline.disable_lora()
            return
        self._pipeline.enable_lora()
        self._pipeline.set_adapters([self._loaded[name]], [scale])


def _weights_of(card: Card) -> Path:
    paths = sorted(card.folder.glob("*.safetensors"))
    if not paths:
        raise _unusable(card.name, "it has no safetensors weights")
    return paths[0]


def _unusable(name: str, reason: str) -> NotReady:
    return NotReady(
        name,
        f"The adapter {name} can not be used: {reason}.",
        "Use LoRA weights that were trained on this painter.",
        code="adapter_unusable",
        reason=reason,
    )
