"""Writes a tuned generator as a finished card folder; the card it replaces is kept beside it.

model.toml comes last, with the hash of each file: a reader that finds it finds the rest whole.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from torch import Tensor

from studio.catalog import Card
from studio.families.composition import NUMBERS, STYLES, Composition
from studio.families.gan import PRIOR
from studio.sources.stamp import sha256_of
from studio.training.manifest import file_tables, table
from studio.training.own_cards import check_own_name, next_version
from studio.training.own_pictures import ROWS, PictureSet
from studio.training.picture_card import tiled, write_weights
from studio.training.provenance import commit_of_code, replaced

SHEET = "before_after.png"
VOICES = "families.safetensors"
"""The base's vectors of the families of drawings: with them words choose among sketches."""


@dataclass(frozen=True, slots=True)
class TunedPictureCard:
    """What a tuned generator's card says beside its numbers."""

    name: str
    base: Card
    pictures: PictureSet
    run: str
    """The run that makes it: the same run replaces its own card, another makes a new version."""
    command: str

    def write(
        self,
        models: Path,
        network: Composition,
        sheet: Tensor,
        training: Mapping[str, Any],
        measured: Mapping[str, float],
    ) -> Path:
        """Write or replace `models / name`. `sheet` [24, 3, h, h]: rows of the person's pictures,
        before, after. Returns the folder."""
        folder = models / self.name
        folder.mkdir(parents=True, exist_ok=True)
        version = next_version(folder, self.run)
        write_weights(network, folder)
        replaced(folder / "config.json", json.dumps(_config(network), indent=2) + "\n")
        files = ["model.safetensors", "config.json"]
        if (self.base.folder / VOICES).is_file():
            shutil.copyfile(self.base.folder / VOICES, folder / VOICES)
            files.append(VOICES)
        tiled(sheet, 8).save(folder / SHEET, optimize=True)
        replaced(folder / "CARD.md", self._text(version, training, measured))
        lines = [
            *table("", self._head(version, network)),
            *file_tables(folder, files),
            *table("training", self._training(training)),
            *table("measured", measured),
        ]
        replaced(folder / "model.toml", "\n".join(lines) + "\n")
        return folder

    def check_name(self, models: Path) -> None:
        """Raises InvalidInput `name_taken` when a card of that name was not made from pictures."""
        check_own_name(models, self.name)

    def _head(self, version: str, network: Composition) -> Mapping[str, Any]:
        return {
            "name": self.name,
            "version": version,
            "kind": "gan",
            "family": "gan",
            "roles": ["picture"],
            "languages": list(self.base.languages),
            "crafts": list(self.base.crafts),
            "licence": f"{self.base.licence}; pictures: {', '.join(self.pictures.licences)}",
            "base": "",
            "parameters": sum(each.numel() for each in network.parameters()),
            "prior": str(self.base.extra.get("prior", PRIOR)),
            "automatic": False,
        }

    def _training(self, told: Mapping[str, Any]) -> Mapping[str, Any]:
        rows = self.pictures.folder / ROWS
        return {
            "command": self.command,
            "base": self.base.name,
            "base_version": self.base.version,
            "data": [{"file": rows.name, "sha256": sha256_of(rows)}],
            "pictures": len(self.pictures.of_split("train")),
            "held_out": len(self.pictures.of_split("val")),
            "run": self.run,
            "commit": commit_of_code(),
            **told,
        }

    def _text(self, version: str, told: Mapping[str, Any], measured: Mapping[str, float]) -> str:
        numbers = "".join(f"- {name}: {value:.4g}\n" for name, value in measured.items())
        return (
            f"# {self.name} {version}\n\nMade from a person's own pictures: {self.base.name} "
            f"{self.base.version}, tuned with its early layers frozen, a new judge and adaptive "
            f"augmentation.\n\n![Own pictures, before, after]({SHEET})\n\n"
            f"## Data and licences\n{len(self.pictures.pictures)} pictures, "
            f"{len(self.pictures.of_split('val'))} of them held out. Licences: "
            f"{', '.join(self.pictures.licences)}.\n\n## Numbers\nDistances to the held-out "
            f"pictures in a classifier's features, before and after; less is nearer.\n\n"
            f"- best step: {told['best_step']:,}\n{numbers}"
        )


def _config(network: Composition) -> Mapping[str, Any]:
    return {
        "widths": list(network.widths),
        "style": network.style,
        "styles": list(STYLES),
        "numbers": list(NUMBERS),
    }
