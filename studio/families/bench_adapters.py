"""Random adapters for benchmarks, written as PEFT writes them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save_file

from studio.catalog import Card
from studio.families.loaded_lm import LoadedLm

RANK = 16


def random_adapters(base: Card, lm: LoadedLm, count: int, scratch: Path) -> list[Card]:
    """LoRAs of rank 16 on every place, as cards with folders in `scratch`."""
    return [_random_adapter(base, lm, f"lora/bench-{i}", scratch) for i in range(count)]


def _random_adapter(base: Card, lm: LoadedLm, name: str, scratch: Path) -> Card:
    folder = scratch / name.replace("/", "-")
    folder.mkdir(parents=True, exist_ok=True)
    weights, modules = {}, set()
    for site in lm.lora.sites.values():
        for part in site.parts:
            key = f"base_model.model.{part.module}"
            weights[f"{key}.lora_A.weight"] = torch.randn(RANK, site.inputs) * 0.01
            weights[f"{key}.lora_B.weight"] = torch.randn(part.outputs, RANK) * 0.01
            modules.add(part.module.rpartition(".")[2])
    save_file(weights, folder / "adapter_model.safetensors")
    config = {
        "peft_type": "LORA", "task_type": "CAUSAL_LM", "r": RANK, "lora_alpha": RANK,
        "target_modules": sorted(modules),
    }  # fmt: skip
    (folder / "adapter_config.json").write_text(json.dumps(config))
    return replace(base, name=name, kind="lora", base=base.name, folder=folder)
