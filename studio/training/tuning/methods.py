"""The ways of tuning. A new one is one file and one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from studio.errors import InvalidInput
from studio.training.tuning.adalora_tuning import open_adalora
from studio.training.tuning.full_tuning import open_full, open_scratch
from studio.training.tuning.peft_tuning import open_ia3, open_lora
from studio.training.tuning.prefix_tuning import open_prefix
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.tuning import Tuning

Open = Callable[[Path, TuningRecipe, str, int], Tuning]
"""(folder of the base, recipe, device, steps planned) -> what is tuned."""

METHODS: Mapping[str, Open] = MappingProxyType(
    {
        "lora": open_lora,
        "adalora": open_adalora,
        "prefix": open_prefix,
        "ia3": open_ia3,
        "full": open_full,
        "scratch": open_scratch,
    }
)
WHOLE = frozenset({"full", "scratch"})
"""Methods that make a model of its own (lm/NAME); the others make an adapter (lora/NAME)."""


def open_tuning(folder: Path, recipe: TuningRecipe, device: str, total: int) -> Tuning:
    """What a recipe tunes. Raises InvalidInput `tuning_method` for a method there is not."""
    if recipe.method not in METHODS:
        raise InvalidInput(
            "method",
            f"There is no method {recipe.method}.",
            f"Methods: {', '.join(METHODS)}.",
            code="tuning_method",
            value=recipe.method,
            choices=", ".join(METHODS),
        )
    return METHODS[recipe.method](folder, recipe, device, total)
