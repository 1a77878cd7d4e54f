"""Many adapters on one base, each row with its own: LoRA over a whole batch at once.

All adapters of a site are stacked: A is [columns, in], B is [columns, out]. A row's product with
A has the columns of every adapter; a mask keeps those of its own; B adds them up. Two products
whatever the number of adapters, and no loop over them. Low-rank adaptation: arXiv 2106.09685;
rank-stabilised scale: arXiv 2312.03732; file layout: PEFT's adapter_model.safetensors.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
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
    """A place in the forward where a delta is added; fused projections have several parts."""

    inputs: int
    parts: tuple[Part, ...]


class LoraRows:
    """The stack of loaded adapters. Index 0 is no adapter."""

    def __init__(
        self, sites: Mapping[str, Site], dtype: torch.dtype, device: torch.device, most: int = 8
    ) -> None:
        self._sites = sites
        self._dtype = dtype
        self._device = device
        self._most = most
        self._names: list[str] = []
        self._adapters: dict[str, _Adapter] = {}
        self._stacks: dict[str, tuple[torch.Tensor, torch.Tensor]] = {}
        self._owners: dict[int, torch.Tensor] = {}
        self._masks: dict[int, torch.Tensor] = {}

    @property
    def sites(self) -> Mapping[str, Site]:
        """Where this base can be adapted."""
        return self._sites

    def index(self, name: str) -> int:
        """Where a loaded adapter lies; 0 when it is not loaded."""
        return self._names.index(name) + 1 if name in self._adapters else 0

    def load(self, name: str, folder: Path, busy: Sequence[int]) -> int:
        """Read a PEFT folder into the stack and return its index.

        The place of an idle adapter is taken when the stack is full (`busy`: indices in use).
        Raises NotReady for a folder that is not a plain LoRA of this base; RuntimeError when
        every place is in use.
        """
        adapter = _read(name, folder, self._sites)
        place = self._place(busy)
        if place <= len(self._names):
            del self._adapters[self._names[place - 1]]
            self._names[place - 1] = name
        else:
            self._names.append(name)
        self._adapters[name] = adapter
        self._stack()
        return place

    def select(self, adapters: Sequence[int]) -> None:
        """Say which adapter each row of the coming forward has."""
        if not any(adapters):
            self._masks = {}
            return
        rows = torch.tensor(adapters, device=self._device)[:, None]
        self._masks = {
            parts: (rows == owners).to(self._dtype) for parts, owners in self._owners.items()
        }

    def add(self, site: str, rows: torch.Tensor, outputs: torch.Tensor) -> torch.Tensor:
        """`outputs` [n, out] of the base at this site, plus each row's own delta."""
        if not self._masks:
            return outputs
        down, up = self._stacks[site]
        inner = rows @ down
        mask = self._masks[len(self._sites[site].parts)]
        if inner.dim() == 3:  # [rows, tokens, columns]: the mask is per row
            mask = mask[:, None]
        return outputs + (inner * mask) @ up

    def footprint(self) -> int:
        """Bytes of the stacks."""
        return sum(down.nbytes + up.nbytes for down, up in self._stacks.values())

    def _place(self, busy: Sequence[int]) -> int:
        if len(self._names) < self._most:
            return len(self._names) + 1
        idle = [place for place in range(1, self._most + 1) if place not in busy]
        if not idle:
            raise RuntimeError("every adapter place is in use")
        return idle[0]

    def _stack(self) -> None:
        ordered = [self._adapters[name] for name in self._names]
        for name, site in self._sites.items():
            downs, ups = zip(*(each.at(site) for each in ordered), strict=True)
            self._stacks[name] = (
                torch.cat(downs).T.contiguous().to(self._device, self._dtype),
                torch.cat(ups).to(self._device, self._dtype),
            )
        for parts in {len(site.parts) for site in self._sites.values()}:
            counts = [each.rank * parts for each in ordered]
            owners = [place for place, n in enumerate(counts, 1) for _ in range(n)]
            self._owners[parts] = torch.tensor(owners, device=self._device)[None]


@dataclass(frozen=True, slots=True)
class _Adapter:
    rank: int
    scale: float
    weights: Mapping[str, torch.Tensor]

    def at(self, site: Site) -> tuple[torch.Tensor, torch.Tensor]:
        """(A [parts * rank, in], scaled B [parts * rank, out]); zeros where it has no module."""
        down = torch.zeros(len(site.parts) * self.rank, site.inputs)
        up = torch.zeros(len(down), sum(part.outputs for part in site.parts))
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


def _read(name: str, folder: Path, sites: Mapping[str, Site]) -> _Adapter:
    try:
        config = json.loads((folder / "adapter_config.json").read_text("utf-8"))
        weights = load_file(folder / "adapter_model.safetensors")
    except OSError as error:
        raise _unusable(name, f"its files can not be read: {error}") from error
    _check_kind(name, config)
    named = {key.removeprefix(PREFIX): value.float() for key, value in weights.items()}
    _check_modules(name, named, sites)
    rank, alpha = int(config["r"]), float(config["lora_alpha"])
    scale = alpha / math.sqrt(rank) if config.get("use_rslora") else alpha / rank
    return _Adapter(rank, scale, named)


def _check_kind(name: str, config: Mapping[str, Any]) -> None:
    if config.get("peft_type") != "LORA":
        raise _unusable(name, f"{config.get('peft_type')} is not LoRA")
    used = [key for key in UNSUPPORTED if config.get(key)]
    if used or config.get("bias", "none") != "none":
        raise _unusable(name, f"it uses {', '.join(used) or 'bias'}")


def _check_modules(
    name: str, weights: Mapping[str, torch.Tensor], sites: Mapping[str, Site]
) -> None:
    shapes = {
        part.module: (site.inputs, part.outputs) for site in sites.values() for part in site.parts
    }
    for key, value in weights.items():
        module, _, which = key.removesuffix(".weight").rpartition(".")
        if module not in shapes or which not in ("lora_A", "lora_B"):
            raise _unusable(name, f"the base has no place for {key}")
        inputs, outputs = shapes[module]
        if (inputs if which == "lora_A" else outputs) != value.shape[which == "lora_A"]:
            raise _unusable(name, f"{key} has the wrong shape")


def _unusable(name: str, reason: str) -> NotReady:
    return NotReady(
        name,
        f"The adapter {name} can not be used: {reason}.",
        "Use a plain LoRA adapter trained on this base.",
        code="adapter_unusable",
        reason=reason,
    )
