"""AdaLoRA by PEFT: a budget of rank that moves to the matrices that need it (arXiv 2303.10512).

What is written is a plain LoRA: B diag(E) A with the ranks that are left is a product of two
matrices, so nothing is lost and the engine needs no code of its own for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from peft import AdaLoraConfig, LoraConfig
from peft.tuners.adalora import SVDLinear

from studio.errors import InvalidInput
from studio.training.tuning.inner_model import ATTENTION, FEED_FORWARD, linears, open_model
from studio.training.tuning.peft_tuning import (
    CONFIG,
    WEIGHTS,
    PeftTuning,
    frozen_type,
    write_adapter,
)
from studio.training.tuning.recipe import TuningRecipe

BEGIN, SETTLE = 0.1, 0.3
"""Shares of the run before ranks are taken away, and after the last one was."""
EVERY = 10
"""Steps from one allocation of ranks to the next, in long runs."""
ORTHOGONAL = 0.5
ADAPTER = "default"


class AdaLoraTuning(PeftTuning):
    """A frozen base with AdaLoRA in it (see `Tuning`)."""

    def penalty(self) -> torch.Tensor | None:
        """How far A and B are from orthogonal, on average: PEFT adds it in a forward that the
        loop does not go through."""
        terms = [
            torch.linalg.matrix_norm(each - torch.eye(len(each), device=each.device))
            for module in self._modules().values()
            for each in (
                module.lora_A[ADAPTER] @ module.lora_A[ADAPTER].T,
                module.lora_B[ADAPTER].T @ module.lora_B[ADAPTER],
            )
        ]
        return ORTHOGONAL * torch.stack(terms).mean()

    def stepped(self, step: int) -> None:
        self._tuner.update_and_allocate(step)

    def state(self) -> dict[str, Any]:
        allocator = self._tuner.rankallocator
        return {
            "importance": dict(allocator.ipt),
            "smoothed": dict(allocator.exp_avg_ipt),
            "uncertainty": dict(allocator.exp_avg_unc),
            "ranks": dict(self._config.rank_pattern or {}),
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        allocator = self._tuner.rankallocator
        allocator.ipt = dict(state["importance"])
        allocator.exp_avg_ipt = dict(state["smoothed"])
        allocator.exp_avg_unc = dict(state["uncertainty"])
        self._config.rank_pattern = dict(state["ranks"]) or None

    def write(self, folder: Path) -> tuple[str, ...]:
        products = {name: _product(module) for name, module in self._modules().items()}
        rank = max(1, *(len(down) for down, _ in products.values()))
        weights: dict[str, torch.Tensor] = {}
        for name, (down, up) in products.items():
            missing = rank - len(down)
            weights[f"{name}.lora_A.weight"] = torch.nn.functional.pad(down, (0, 0, 0, missing))
            weights[f"{name}.lora_B.weight"] = torch.nn.functional.pad(up, (0, missing))
        config = LoraConfig(
            task_type="CAUSAL_LM",
            r=rank,
            lora_alpha=rank,
            target_modules=[name.removeprefix("base_model.model.") for name in products],
        )
        write_adapter(folder, weights, config)
        return WEIGHTS, CONFIG

    def ranks(self) -> Mapping[str, int]:
        """Singular values left in each module."""
        return {name: len(_product(module)[0]) for name, module in self._modules().items()}

    @property
    def _tuner(self) -> Any:
        return self._peft.base_model

    def _modules(self) -> dict[str, Any]:
        named = self._peft.named_modules()
        return {name: module for name, module in named if isinstance(module, SVDLinear)}


def open_adalora(folder: Path, recipe: TuningRecipe, device: str, total: int) -> AdaLoraTuning:
    """AdaLoRA on every linear module, its budget planned over `total` steps.

    Raises InvalidInput `adalora_plan` when there is no plan.
    """
    if not total:
        raise InvalidInput(
            "epochs",
            "AdaLoRA takes ranks away by plan.",
            "Give --epochs or --steps.",
            code="adalora_plan",
        )
    base = open_model(folder, recipe, device, frozen_type(recipe))
    config = AdaLoraConfig(
        task_type="CAUSAL_LM",
        init_r=max(recipe.rank + 1, recipe.rank * 3 // 2),
        target_r=recipe.rank,
        lora_alpha=recipe.alpha,
        lora_dropout=recipe.dropout,
        tinit=int(BEGIN * total),
        tfinal=int(SETTLE * total),
        deltaT=max(1, min(EVERY, total // 20)),
        total_step=total,
        target_modules=linears(base, ATTENTION + FEED_FORWARD, recipe.freeze),
    )
    return AdaLoraTuning(base, config)


def _product(module: Any) -> tuple[torch.Tensor, torch.Tensor]:
    """(A [rank, in], B [out, rank]) whose product is what the module adds; the singular values
    are shared between the two, so that float16 holds both."""
    values = module.lora_E[ADAPTER].detach().float()[:, 0]
    scale = float(module.scaling[ADAPTER]) / (float(module.ranknum[ADAPTER]) + 1e-5)
    left = values.nonzero()[:, 0]
    root = (values[left].abs() * scale).sqrt()
    down = module.lora_A[ADAPTER].detach().float()[left] * (root * values[left].sign())[:, None]
    up = module.lora_B[ADAPTER].detach().float()[:, left] * root
    return down, up
