"""Adapters that are a learnt prefix (prefix tuning, arXiv 2101.00190), read from PEFT's files."""

from __future__ import annotations

import json
from pathlib import Path

import torch

from studio.families.adapter_file import adapter_files, unusable
from studio.families.forward import Prefix

KEPT = 16
"""Prefixes that stay in memory; each is about a megabyte."""


class Prefixes:
    """The prefixes that rows have asked for."""

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._prefixes: dict[str, Prefix] = {}

    def of(self, name: str, folder: Path) -> Prefix | None:
        """The prefix of an adapter, None when it is an adapter of another kind.

        Raises NotReady when it is damaged.
        """
        if name not in self._prefixes and _is_prefix(folder):
            while len(self._prefixes) >= KEPT:
                self._prefixes.pop(next(iter(self._prefixes)))
            self._prefixes[name] = self._read(name, folder)
        return self._prefixes.get(name)

    def retire(self, name: str) -> None:
        """There is a newer adapter of that name."""
        self._prefixes.pop(name, None)

    def _read(self, name: str, folder: Path) -> Prefix:
        config, weights = adapter_files(name, folder)
        if "prompt_embeddings" not in weights:
            raise unusable(name, "its file holds no prefix")
        layers, heads = int(config["num_layers"]), int(config["num_attention_heads"])
        rows = weights["prompt_embeddings"].float()
        try:
            # PEFT's layout: [tokens, (layer, key or value), heads, width]
            split = rows.view(len(rows), layers, 2, heads, -1).permute(2, 1, 3, 0, 4)
        except RuntimeError as error:
            raise unusable(name, "its prefix has the wrong shape") from error
        return Prefix(*split.to(self._device).contiguous())


def _is_prefix(folder: Path) -> bool:
    path = folder / "adapter_config.json"
    if not path.is_file():
        return False
    return bool(json.loads(path.read_text("utf-8")).get("peft_type") == "PREFIX_TUNING")
