"""Writes a trained adapter as a finished card folder that PEFT and the studio both load.

adapter_model.safetensors (float16), adapter_config.json, CARD.md and, last of all, model.toml
with the hash of each file: a reader that finds model.toml finds the rest whole.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from peft import PeftModel
from safetensors.torch import save_file

from studio.training.lora import LoraProgress, LoraSpec, adapter_state
from studio.training.manifest import file_tables, table, training_table
from studio.training.options import TrainOptions
from studio.training.provenance import replaced

FILES = ("adapter_model.safetensors", "adapter_config.json")


@dataclass(frozen=True, slots=True)
class LoraCard:
    """What an adapter's card says beside its numbers."""

    name: str
    base: str
    """The card it sits on."""
    version: str
    languages: tuple[str, ...]
    crafts: tuple[str, ...]
    licence: str
    data: tuple[Path, ...]
    about: str
    """The body of CARD.md: what it is, its data and licences, its limits."""


def write_lora_card(
    card: LoraCard,
    model: PeftModel,
    spec: LoraSpec,
    options: TrainOptions,
    progress: LoraProgress,
) -> Path:
    """Write or replace `options.models / card.name`; returns the folder."""
    folder = options.models / card.name
    folder.mkdir(parents=True, exist_ok=True)
    _carry_notice(options.models / card.base, folder)
    _save(model, folder / FILES[0])
    replaced(folder / FILES[1], _config(model, card))
    measured = {
        "perplexity_base": round(math.exp(progress.before), 3),
        "perplexity": round(math.exp(progress.best), 3),
    }
    replaced(folder / "CARD.md", _card_text(card, measured, progress))
    manifest = _manifest(card, folder, spec, options, progress, measured)
    replaced(folder / "model.toml", manifest)
    return folder


def _carry_notice(base: Path, folder: Path) -> None:
    """An adapter is a derivative: what its base must be accompanied by goes with it."""
    if (base / "NOTICE").is_file():
        replaced(folder / "NOTICE", (base / "NOTICE").read_text("utf-8"))


def _save(model: PeftModel, path: Path) -> None:
    young = path.with_suffix(".young")
    save_file(adapter_state(model), young, metadata={"format": "pt"})
    os.replace(young, path)


def _config(model: PeftModel, card: LoraCard) -> str:
    given = model.peft_config["default"].to_dict()
    given |= {"base_model_name_or_path": card.base, "inference_mode": True}
    plain = {
        key: sorted(value) if isinstance(value, set) else value for key, value in given.items()
    }
    return json.dumps(plain, indent=2, sort_keys=True, default=str) + "\n"


def _card_text(card: LoraCard, measured: Mapping[str, float], progress: LoraProgress) -> str:
    numbers = "".join(f"- {name}: {value:.4g}\n" for name, value in measured.items())
    return (
        f"# {card.name} {card.version}\n\n{card.about.strip()}\n\n## Numbers\n"
        f"- training steps: {progress.step:,}\n{numbers}"
    )


def _manifest(
    card: LoraCard,
    folder: Path,
    spec: LoraSpec,
    options: TrainOptions,
    progress: LoraProgress,
    measured: Mapping[str, float],
) -> str:
    facts = {
        "steps": progress.step,
        "answer_tokens": progress.tokens,
        "minutes": round(progress.seconds / 60, 1),
        "rank": spec.rank,
        "alpha": spec.alpha,
        "dropout": spec.dropout,
        "learning_rate": spec.learning_rate,
        "weight_decay": spec.weight_decay,
        "warmup_steps": spec.warmup_steps,
        "batch_tokens": spec.batch_tokens,
    }
    lines = [
        *table(
            "",
            {
                "name": card.name,
                "version": card.version,
                "kind": "lora",
                "family": "causal_lm",
                "base": card.base,
                "languages": card.languages,
                "crafts": card.crafts,
                "licence": card.licence,
            },
        ),
        *file_tables(folder, FILES),
        *training_table(card.name, card.data, options, facts),
        *table("measured", {"command": f"studio evaluate {card.name} --json", **measured}),
    ]
    return "\n".join(lines) + "\n"
