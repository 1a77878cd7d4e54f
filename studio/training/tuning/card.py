"""Writes what was tuned as a finished card folder; the card it replaces is kept beside it.

model.toml comes last, with the hash of each file: a reader that finds it finds the rest whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.catalog import Card
from studio.sources.stamp import sha256_of
from studio.training.data.dataset import ROWS, Dataset
from studio.training.manifest import file_tables, table
from studio.training.own_cards import check_own_name, next_version
from studio.training.provenance import commit_of_code, replaced
from studio.training.tuning.methods import WHOLE
from studio.training.tuning.progress import TuningProgress, perplexity
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.tuning import Tuning


@dataclass(frozen=True, slots=True)
class TunedCard:
    """What a tuned card says beside its numbers."""

    name: str
    base: Card
    dataset: Dataset
    recipe: TuningRecipe
    run: str
    """The run that makes it: the same run replaces its own card, another makes a new version."""
    command: str

    def write(self, models: Path, tuning: Tuning, progress: TuningProgress) -> Path:
        """Write or replace `models / name`; returns the folder."""
        folder = models / self.name
        folder.mkdir(parents=True, exist_ok=True)
        version = next_version(folder, self.run)
        files = tuning.write(folder)
        measured = {
            "heldout_perplexity_before": round(perplexity(progress.before), 3),
            "heldout_perplexity": round(perplexity(progress.best), 3),
        }
        replaced(folder / "CARD.md", self._text(version, progress, measured))
        lines = [
            *table("", self._head(version, tuning)),
            *file_tables(folder, files),
            *table("training", self._training(progress)),
            *table("measured", measured),
        ]
        replaced(folder / "model.toml", "\n".join(lines) + "\n")
        return folder

    def check_name(self, models: Path) -> None:
        """Raises InvalidInput `name_taken` when a card of that name was not made from texts."""
        check_own_name(models, self.name)

    def _head(self, version: str, tuning: Tuning) -> Mapping[str, Any]:
        whole, rows = self.recipe.method in WHOLE, self.dataset.rows
        scratch = self.recipe.method == "scratch"
        head = {
            "name": self.name,
            "version": version,
            "kind": "lm" if whole else "lora",
            "family": "causal_lm",
            "base": "" if whole else self.base.name,
            "languages": sorted({row.lang for row in rows}),
            "crafts": sorted({row.craft for row in rows}),
            "licence": self._licence(),
            "parameters": sum(each.numel() for each in tuning.learnt().values()),
            "automatic": False,
        }
        if whole:
            head["roles"] = ["writer"]
            head["parameters"] = sum(each.numel() for each in tuning.model.parameters())
            head["context"] = self.recipe.context if scratch else self.base.context
        return head

    def _licence(self) -> str:
        base = "" if self.recipe.method == "scratch" else f"{self.base.licence}; "
        return f"{base}texts: {', '.join(self.dataset.licences)}"

    def _training(self, progress: TuningProgress) -> Mapping[str, Any]:
        rows = self.dataset.folder / ROWS
        return {
            "command": self.command,
            "base": self.base.name,
            "data": [{"file": rows.name, "sha256": sha256_of(rows)}],
            "rows": len(self.dataset.of_split("train")),
            "held_out": len(self.dataset.of_split("val")),
            "best_step": progress.best_step,
            "answer_tokens": progress.tokens,
            "minutes": round(progress.seconds / 60, 1),
            "run": self.run,
            "commit": commit_of_code(),
            **self.recipe.table(),
        }

    def _text(self, version: str, progress: TuningProgress, measured: Mapping[str, float]) -> str:
        numbers = "".join(f"- {name}: {value:.4g}\n" for name, value in measured.items())
        how = {
            "scratch": f"trained from scratch, with the tokenizer of {self.base.name}",
            "full": f"{self.base.name}, tuned in full",
        }.get(self.recipe.method, f"an adapter ({self.recipe.method}) for {self.base.name}")
        return (
            f"# {self.name} {version}\n\nMade from a person's own texts: {how}.\n\n"
            f"## Data and licences\n{len(self.dataset.rows)} texts, "
            f"{len(self.dataset.of_split('val'))} of them held out. Licences: "
            f"{', '.join(self.dataset.licences)}.\n\n## Numbers\n"
            f"- best step: {progress.best_step:,}\n{numbers}"
        )
