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

from studio.sources.stamp import sha256_of
from studio.training.lora import LoraProgress, LoraSpec, adapter_state
from studio.training.options import TrainOptions
from studio.training.provenance import commit_of_code, replaced

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


def _save(model: PeftModel, path: Path) -> None:
    young = path.with_suffix(".young")
    save_file(adapter_state(model), young, metadata={"format": "pt"})
    os.replace(young, path)


def _config(model: PeftModel, card: LoraCard) -> str:
    table = model.peft_config["default"].to_dict()
    table |= {"base_model_name_or_path": card.base, "inference_mode": True}
    plain = {
        key: sorted(value) if isinstance(value, set) else value for key, value in table.items()
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
    command = f"studio train {card.name} --data DATA --minutes {options.minutes:g}"
    data = ", ".join(
        f"{{ file = {_toml(path.name)}, sha256 = {_toml(sha256_of(path))} }}" for path in card.data
    )
    lines = [
        f"name = {_toml(card.name)}",
        f"version = {_toml(card.version)}",
        'kind = "lora"',
        'family = "causal_lm"',
        f"base = {_toml(card.base)}",
        f"languages = {_toml(list(card.languages))}",
        f"crafts = {_toml(list(card.crafts))}",
        f"licence = {_toml(card.licence)}",
        *_file_tables(folder),
        "",
        "[training]",
        f"command = {_toml(command)}",
        f"data = [{data}]",
        f"steps = {progress.step}",
        f"answer_tokens = {progress.tokens}",
        f"minutes = {round(progress.seconds / 60, 1)}",
        f"rank = {spec.rank}",
        f"alpha = {spec.alpha}",
        f"dropout = {spec.dropout}",
        f"learning_rate = {spec.learning_rate}",
        f"weight_decay = {spec.weight_decay}",
        f"warmup_steps = {spec.warmup_steps}",
        f"batch_tokens = {spec.batch_tokens}",
        f"seed = {options.seed}",
        f"commit = {_toml(commit_of_code())}",
        "",
        "[measured]",
        f"command = {_toml(f'studio evaluate {card.name} --json')}",
        *(f"{name} = {value!r}" for name, value in measured.items()),
    ]
    return "\n".join(lines) + "\n"


def _file_tables(folder: Path) -> list[str]:
    lines: list[str] = []
    for name in FILES:
        path = folder / name
        lines += ["", "[[files]]", f"path = {_toml(name)}", f"sha256 = {_toml(sha256_of(path))}"]
        lines += [f"bytes = {path.stat().st_size}"]
    return lines


def _toml(value: str | list[str]) -> str:
    # A JSON string or list of strings is the same in TOML.
    return json.dumps(value, ensure_ascii=False)
