"""LoRA and (IA)3 by PEFT: little modules inside a frozen model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import torch
from peft import (
    IA3Config,
    LoraConfig,
    PeftConfig,
    PeftModel,
    get_peft_model,
    get_peft_model_state_dict,
)
from safetensors.torch import save_file

from studio.training.provenance import replaced
from studio.training.tuning.inner_model import ATTENTION, FEED_FORWARD, linears, open_model
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.scored_lm import PlainLm

WEIGHTS, CONFIG = "adapter_model.safetensors", "adapter_config.json"


class PeftTuning(PlainLm):
    """A frozen base with an adapter of PEFT's in it (see `Tuning`)."""

    def __init__(self, base: Any, config: PeftConfig) -> None:
        base.requires_grad_(False)
        self._peft: PeftModel = get_peft_model(base, config)
        super().__init__(self._peft)
        for each in self.learnt().values():
            each.data = each.data.float()  # small steps are lost in bfloat16

    @property
    def peft(self) -> PeftModel:
        """The same, as PEFT has it."""
        return self._peft

    def off(self) -> AbstractContextManager[object]:
        off: AbstractContextManager[object] = self._peft.disable_adapter()
        return off

    def stepped(self, step: int) -> None:
        """Nothing changes but the parameters."""

    def state(self) -> dict[str, Any]:
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Nothing was kept."""

    def write(self, folder: Path) -> tuple[str, ...]:
        write_adapter(folder, get_peft_model_state_dict(self._peft), self._config)
        return WEIGHTS, CONFIG

    @property
    def _config(self) -> Any:
        return self._peft.peft_config["default"]


def open_lora(folder: Path, recipe: TuningRecipe, device: str, total: int) -> PeftTuning:  # noqa: ARG001
    """LoRA on every linear module (arXiv 2106.09685)."""
    base = open_model(folder, recipe, device, frozen_type(recipe))
    config = LoraConfig(
        task_type="CAUSAL_LM",
        r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        target_modules=linears(base, ATTENTION + FEED_FORWARD, recipe.freeze),
    )
    return PeftTuning(base, config)


def open_ia3(folder: Path, recipe: TuningRecipe, device: str, total: int) -> PeftTuning:  # noqa: ARG001
    """(IA)3: learnt factors on keys, values and the feed-forward's inside (arXiv 2205.05638).

    The factors of the inside stand on `up_proj`, whose output they scale: the same product, and
    the engine then only ever scales outputs.
    """
    base = open_model(folder, recipe, device, frozen_type(recipe))
    names = linears(base, ("k_proj", "v_proj", "up_proj"), recipe.freeze)
    config = IA3Config(task_type="CAUSAL_LM", target_modules=names, feedforward_modules=[])
    return PeftTuning(base, config)


def frozen_type(recipe: TuningRecipe) -> torch.dtype:
    """The number type of weights that are not learnt."""
    return torch.bfloat16 if recipe.bf16 else torch.float32


def write_adapter(folder: Path, weights: Mapping[str, torch.Tensor], config: PeftConfig) -> None:
    """The two files of an adapter as PEFT lays them out; weights in float16."""
    small = {
        name: each.detach().to("cpu", torch.float16).contiguous() for name, each in weights.items()
    }
    young = folder / f"{WEIGHTS}.young"
    save_file(small, young, metadata={"format": "pt"})
    young.replace(folder / WEIGHTS)
    table = config.to_dict() | {"base_model_name_or_path": None, "inference_mode": True}
    plain = {name: sorted(each) if isinstance(each, set) else each for name, each in table.items()}
    replaced(folder / CONFIG, json.dumps(plain, indent=2, sort_keys=True, default=str) + "\n")
