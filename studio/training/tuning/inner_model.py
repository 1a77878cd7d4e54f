"""The transformers model below PEFT's wrappers: its layers, its decoder, its head."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from torch import nn
from transformers import AutoModelForCausalLM

from studio.training.tuning.recipe import TuningRecipe

ATTENTION = ("q_proj", "k_proj", "v_proj", "o_proj")
FEED_FORWARD = ("gate_proj", "up_proj", "down_proj")


def open_model(folder: Path, recipe: TuningRecipe, device: str, dtype: torch.dtype) -> Any:
    """The card's model on the device. Raises OSError when files are missing in the folder."""
    model: Any = AutoModelForCausalLM.from_pretrained(
        folder, dtype=dtype, local_files_only=True, use_safetensors=True
    )
    if recipe.checkpointing:
        model.activation_checkpointing_enable({"use_reentrant": False})
    return model.to(device)


def decoder_layers(model: Any) -> Sequence[nn.Module]:
    """The stack of layers, lowest first."""
    return list(model.base_model.layers)


def linears(model: Any, names: Sequence[str], freeze: int) -> list[str]:
    """Full names of these linear modules in the layers from `freeze` on."""
    prefix = f"{model.base_model_prefix}.layers."
    found = []
    for name, module in model.named_modules():
        if name.startswith(prefix) and isinstance(module, nn.Linear):
            layer = int(name.removeprefix(prefix).split(".")[0])
            if layer >= freeze and name.rpartition(".")[2] in names:
                found.append(name)
    return found
