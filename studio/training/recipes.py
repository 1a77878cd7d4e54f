"""Which module trains which card. A new trainable card is one module and one line."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, cast

from studio.catalog import Card
from studio.errors import InvalidInput
from studio.training.options import TrainOptions

RECIPES: Mapping[str, str] = MappingProxyType(
    {
        "lm/verse-zh": "studio.training.verse",
        "lm/melody": "studio.training.melody",
        "gan/abstract": "studio.training.gan",
        "prior/layout": "studio.training.layout_prior",
        "reader/image-plan": "studio.training.plan_reader",
        "reader/melody-plan": "studio.training.plan_reader",
        "lm/prose-zh": "studio.training.prose_zh",
        "lora/writing-en": "studio.training.adapters",
        "lora/ads-en": "studio.training.adapters",
        "lora/poetry-en": "studio.training.adapters",
        "lora/prose-zh": "studio.training.adapters",
    }
)


class Recipe(Protocol):
    """What a training module offers."""

    def train(self, options: TrainOptions) -> None:
        """Train or resume, save, and publish the card into `options.models`."""

    def evaluate(self, card: Path, data: Path) -> Mapping[str, float]:
        """Held-out numbers of a finished card folder on the corpora in `data`."""


OWN_PICTURES = "studio.training.picture_tuning"
"""Measures a generator that was tuned on a person's own pictures."""
OWN = "studio.training.tuning.own_evaluation"
"""Measures what a person has trained on own texts (`studio train --base`)."""


class Evaluation(Protocol):
    """What a module that measures cards offers."""

    def evaluate(self, card: Path, data: Path) -> Mapping[str, float]:
        """Held-out numbers of a finished card folder on the texts in `data`."""


def evaluation(card: Card) -> Evaluation:
    """The module that measures a card. Raises InvalidInput as `recipe` does."""
    if "run" in card.training:
        own = OWN_PICTURES if card.family == "gan" else OWN
        return cast(Evaluation, importlib.import_module(own))
    return recipe(card.name)


def recipe(card: str) -> Recipe:
    """The training module of a card. Raises InvalidInput for cards that are not trained here."""
    if card not in RECIPES:
        known = ", ".join(sorted(RECIPES))
        raise InvalidInput(
            "card", f"No recipe trains {card}.", f"Known: {known}.", code="no_recipe", card=card
        )
    return cast(Recipe, importlib.import_module(RECIPES[card]))
