"""A PEFT folder read and checked: plain LoRA, or (IA)3 whose factors scale outputs.

Low-rank adaptation: arXiv 2106.09685; rank-stabilised scale: arXiv 2312.03732; (IA)3: arXiv
2205.05638; file layout: PEFT's adapter_model.safetensors.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file

from studio.errors import NotReady

PREFIX = "base_model.model."
UNSUPPORTED = ("use_dora", "modules_to_save", "rank_pattern", "alpha_pattern", "layer_replication")


@dataclass(frozen=True, slots=True)
class Part:
    """One module of the base at a site: its name there and how many outputs it has."""

    module: str
    outputs: int


@dataclass(frozen=True, slots=True)
class Site:
    """A place in the forward where an adapter acts; fused projections have several parts."""

    inputs: int
    parts: tuple[Part, ...]

    @property
    def outputs(self) -> int:
        """Of all parts together."""
        return sum(part.outputs for part in self.parts)


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """One adapter's weights by module. An (IA)3 adapter is of rank 0 and has gains."""

    rank: int
    scale: float
    weights: Mapping[str, torch.Tensor]

    @property
    def has_gains(self) -> bool:
        """Whether it scales outputs."""
        return any(name.endswith(".ia3_l") for name in self.weights)

    def at(self, site: Site) -> tuple[torch.Tensor, torch.Tensor]:
        """(A [parts * rank, in], scaled B [parts * rank, out]); zeros where it has no module."""
        down = torch.zeros(len(site.parts) * self.rank, site.inputs)
        up = torch.zeros(len(down), site.outputs)
        column = 0
        for i, part in enumerate(site.parts):
            rows = slice(i * self.rank, (i + 1) * self.rank)
            if f"{part.module}.lora_A.weight" in self.weights:
                down[rows] = self.weights[f"{part.module}.lora_A.weight"]
                up[rows, column : column + part.outputs] = (
                    self.weights[f"{part.module}.lora_B.weight"].T * self.scale
                )
            column += part.outputs
        return down, up

    def gain(self, site: Site) -> torch.Tensor:
        """What each output is multiplied by, [out]; ones where it has no module."""
        parts = []
        for part in site.parts:
            found = self.weights.get(f"{part.module}.ia3_l")
            parts.append(torch.ones(part.outputs) if found is None else found.flatten())
        return torch.cat(parts)


def read_adapter(name: str, folder: Path, sites: Mapping[str, Site]) -> AdapterFile:
    """Raises NotReady `adapter_unusable` for a folder that does not fit these sites."""
    config, weights = adapter_files(name, folder)
    named = {key.removeprefix(PREFIX): value.float() for key, value in weights.items()}
    kind = config.get("peft_type")
    if kind == "IA3":
        if config.get("feedforward_modules"):
            raise unusable(name, "it scales inputs, and only outputs can be scaled")
        _check_gains(name, named, sites)
        return AdapterFile(0, 1.0, named)
    _check_kind(name, config)
    _check_modules(name, named, sites)
    rank, alpha = int(config["r"]), float(config["lora_alpha"])
    scale = alpha / math.sqrt(rank) if config.get("use_rslora") else alpha / rank
    return AdapterFile(rank, scale, named)


def adapter_files(name: str, folder: Path) -> tuple[dict[str, Any], dict[str, torch.Tensor]]:
    """(config, weights) as they lie there. Raises NotReady when they can not be read."""
    try:
        config = json.loads((folder / "adapter_config.json").read_text("utf-8"))
        return config, load_file(folder / "adapter_model.safetensors")
    except (OSError, ValueError, SafetensorError) as error:
        raise unusable(name, "its files can not be read") from error


def unusable(name: str, reason: str) -> NotReady:
    """The error for an adapter that does not fit."""
    return NotReady(
        name,
        f"The adapter {name} can not be used: {reason}.",
        "Use an adapter trained on this base: LoRA, (IA)3 or a prefix.",
        code="adapter_unusable",
        reason=reason,
    )


def _check_kind(name: str, config: Mapping[str, Any]) -> None:
    if config.get("peft_type") != "LORA":
        raise unusable(name, f"{config.get('peft_type')} is not LoRA")
    used = [key for key in UNSUPPORTED if config.get(key)]
    if used or config.get("bias", "none") != "none":
        raise unusable(name, f"it uses {', '.join(used) or 'bias'}")


def _check_modules(
    name: str, weights: Mapping[str, torch.Tensor], sites: Mapping[str, Site]
) -> None:
    shapes = {
        part.module: (site.inputs, part.outputs) for site in sites.values() for part in site.parts
    }
    for key, value in weights.items():
        module, _, which = key.removesuffix(".weight").rpartition(".")
        if module not in shapes or which not in ("lora_A", "lora_B"):
            raise unusable(name, f"the base has no place for {key}")
        inputs, outputs = shapes[module]
        if (inputs if which == "lora_A" else outputs) != value.shape[which == "lora_A"]:
            raise unusable(name, f"{key} has the wrong shape")


def _check_gains(name: str, weights: Mapping[str, torch.Tensor], sites: Mapping[str, Site]) -> None:
    outputs = {part.module: part.outputs for site in sites.values() for part in site.parts}
    for key, value in weights.items():
        module, _, which = key.rpartition(".")
        if module not in outputs or which != "ia3_l":
            raise unusable(name, f"the base has no place for {key}")
        if value.numel() != outputs[module]:
            raise unusable(name, f"{key} has the wrong shape")
