"""A tiny card, a toy data set, and runs on them that take a second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from studio.catalog import Card
from studio.sources.stamp import sha256_of
from studio.training.data.checking import Checked
from studio.training.data.dataset import Dataset, write_dataset
from studio.training.data.record import Place
from studio.training.data.row import DataRow
from studio.training.data.split import split
from studio.training.tuning.checkpoint import Checkpoint
from studio.training.tuning.journal import Journal
from studio.training.tuning.loop import Surroundings, TuningRun, planned_steps
from studio.training.tuning.methods import open_tuning
from studio.training.tuning.personal import TuneOptions, token_data
from studio.training.tuning.progress import TuningProgress
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.tuning import Tuning
from tests.families.tiny_models import tiny_card

NAMES = ("Ann", "Bea", "Cal", "Dov", "Eve", "Flo", "Gus", "Hal", "Ida", "Jon", "Kay", "Lou")


def toy_dataset(folder: Path) -> Dataset:
    """Two dozen little poems that say much the same: quickly learnt."""
    rows = [
        DataRow(
            "poetry",
            "en",
            f"{name} saw the {thing}.\nThe {thing} saw {name}.\nThe sea was still.",
            {"form": "haiku", "brief": f"{name} and the {thing}"},
            "CC0-1.0",
            Place("toy.jsonl", number),
        )
        for number, (name, thing) in enumerate(
            ((name, thing) for name in NAMES for thing in ("sea", "lamp")), 1
        )
    ]
    return write_dataset(Checked(tuple(split(rows, 0.2)), (), ()), folder)


def toy_recipe(method: str = "lora", **given: Any) -> TuningRecipe:
    """A dozen steps in float32, scored every four."""
    rates = {"full": 5e-3, "scratch": 5e-3, "prefix": 0.3, "ia3": 5e-2, "adalora": 5e-2}
    fields: dict[str, Any] = {
        "method": method,
        "rank": 4,
        "alpha": 8,
        "prefix_tokens": 5,
        "learning_rate": rates.get(method, 2e-2),
        "batch_tokens": 1024,
        "warmup_steps": 2,
        "steps": 12,
        "score_steps": 4,
        "bf16": False,
        "width": 32,
        "layers": 2,
        "heads": 2,
        "context": 190,
    }
    return TuningRecipe(**(fields | given))


def toy_models(folder: Path, kind: str = "llama") -> tuple[Path, Card]:
    """A models folder with one tiny card in it, lm/<kind>."""
    card = tiny_card(folder / "models" / "lm", kind)
    files = "".join(
        f'[[files]]\npath = "{path.name}"\nsha256 = "{sha256_of(path)}"\n'
        f"bytes = {path.stat().st_size}\n"
        for path in sorted(card.folder.iterdir())
    )
    head = f'name = "lm/{kind}"\nversion = "1"\nkind = "lm"\nfamily = "causal_lm"\n'
    head += f'licence = "CC0-1.0"\ncontext = {card.context}\n'
    (card.folder / "model.toml").write_text(head + files, encoding="utf-8")
    return folder / "models", card


def toy_options(
    folder: Path, recipe: TuningRecipe, kind: str = "llama", **given: Any
) -> TuneOptions:
    """Options of a whole run in `folder`, the card and the data set made for it."""
    models = folder / "models"
    if not models.exists():
        toy_models(folder, kind)
    if not (folder / "set").exists():
        toy_dataset(folder / "set")
    whole = recipe.method in ("full", "scratch")
    fields: dict[str, Any] = {
        "card": "lm/mine" if whole else "lora/mine",
        "base": f"lm/{kind}",
        "data": folder / "set",
        "out": folder / "run",
        "models": models,
        "cache": folder / "cache",
        "minutes": 30.0,
        "recipe": recipe,
        "threads": 1,
        "samples": 1,
    }
    return TuneOptions(**(fields | given))


class ToyRun:
    """One run without a card: its tuning, its scores, and a way to stop it at a step."""

    def __init__(self, base: Card, dataset: Dataset, recipe: TuningRecipe, out: Path) -> None:
        data = token_data(dataset, base, recipe)
        self.tuning: Tuning = open_tuning(base.folder, recipe, "cpu", planned_steps(data, recipe))
        self.bests: list[int] = []
        self.stop_at = 1_000_000
        self.on_best: Callable[[TuningProgress], None] = lambda _: None
        journal = Journal(out, "toy", recipe.table(), wandb=False)
        checkpoint = Checkpoint(out / "checkpoint.pt", recipe.table())
        around = Surroundings(checkpoint, journal, self._published, self._stops)
        self.run = TuningRun(self.tuning, data, recipe, around)

    def _published(self, progress: TuningProgress) -> None:
        self.bests.append(progress.step)
        self.on_best(progress)

    def _stops(self) -> bool:
        return self.run.progress.step >= self.stop_at
