"""Writes a trained language model as a finished card folder.

model.safetensors (fp16, tied head left out), config.json, tokenizer.json, CARD.md and, last of
all, model.toml with the hash of each file: a reader that finds model.toml finds the rest whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaForCausalLM

from studio.sources.stamp import sha256_of
from studio.training.options import TrainOptions
from studio.training.provenance import commit_of_code, replaced


@dataclass(frozen=True, slots=True)
class LmCard:
    """What a language model's card says beside its numbers."""

    name: str
    version: str
    roles: tuple[str, ...]
    languages: tuple[str, ...]
    crafts: tuple[str, ...]
    licence: str
    tokenizer_json: str
    data: tuple[Path, ...]
    """The corpus files it was trained on; their names and hashes go into the card."""
    about: str
    """The body of CARD.md: what it is, its data and licences, its limits."""


def write_lm_card(
    card: LmCard,
    model: LlamaForCausalLM,
    options: TrainOptions,
    steps: int,
    measured: Mapping[str, float],
) -> Path:
    """Write or replace `options.models / card.name`; returns the folder."""
    folder = options.models / card.name
    folder.mkdir(parents=True, exist_ok=True)
    replaced(folder / "config.json", _config(model))
    replaced(folder / "tokenizer.json", card.tokenizer_json)
    _save_weights(model, folder / "model.safetensors")
    replaced(folder / "CARD.md", _card_text(card, model, steps, measured))
    replaced(folder / "model.toml", _manifest(card, model, options, folder, steps, measured))
    return folder


def _config(model: LlamaForCausalLM) -> str:
    config = model.config.to_dict() | {"architectures": ["LlamaForCausalLM"], "dtype": "float16"}
    return json.dumps(config, indent=2, sort_keys=True) + "\n"


def _save_weights(model: LlamaForCausalLM, path: Path) -> None:
    state = {
        name: tensor.detach().to("cpu", torch.float16).contiguous()
        for name, tensor in model.state_dict().items()
        if name != "lm_head.weight"
    }
    young = path.with_suffix(".young")
    save_file(state, young, metadata={"format": "pt"})
    os.replace(young, path)


def _parameters(model: LlamaForCausalLM) -> int:
    return sum(each.numel() for each in model.parameters())


def _card_text(
    card: LmCard, model: LlamaForCausalLM, steps: int, measured: Mapping[str, float]
) -> str:
    numbers = "".join(f"- {name}: {value:.4g}\n" for name, value in measured.items())
    return (
        f"# {card.name} {card.version}\n\n{card.about.strip()}\n\n## Numbers\n"
        f"- parameters: {_parameters(model):,}\n- training steps: {steps:,}\n{numbers}"
    )


def _manifest(
    card: LmCard,
    model: LlamaForCausalLM,
    options: TrainOptions,
    folder: Path,
    steps: int,
    measured: Mapping[str, float],
) -> str:
    lines = [
        f"name = {_toml(card.name)}",
        f"version = {_toml(card.version)}",
        'kind = "lm"',
        'family = "causal_lm"',
        f"roles = {_toml(card.roles)}",
        f"languages = {_toml(card.languages)}",
        f"crafts = {_toml(card.crafts)}",
        f"licence = {_toml(card.licence)}",
        'base = ""',
        f"parameters = {_parameters(model)}",
        f"context = {model.config.max_position_embeddings}",
        *_file_tables(folder),
        *_training_table(card, options, steps),
        *_measured_table(card, measured),
    ]
    return "\n".join(lines) + "\n"


def _file_tables(folder: Path) -> list[str]:
    lines: list[str] = []
    for name in ("model.safetensors", "config.json", "tokenizer.json"):
        path = folder / name
        lines += ["", "[[files]]", f"path = {_toml(name)}", f"sha256 = {_toml(sha256_of(path))}"]
        lines += [f"bytes = {path.stat().st_size}"]
    return lines


def _training_table(card: LmCard, options: TrainOptions, steps: int) -> list[str]:
    command = f"studio train {card.name} --data DATA --minutes {options.minutes:g}"
    data = ", ".join(
        f"{{ file = {_toml(path.name)}, sha256 = {_toml(sha256_of(path))} }}" for path in card.data
    )
    return [
        "",
        "[training]",
        f"command = {_toml(command)}",
        f"data = [{data}]",
        f"steps = {steps}",
        f"seed = {options.seed}",
        f"commit = {_toml(commit_of_code())}",
    ]


def _measured_table(card: LmCard, measured: Mapping[str, float]) -> list[str]:
    command = f"studio evaluate {card.name} --json"
    numbers = [f"{name} = {float(value)!r}" for name, value in measured.items()]
    return ["", "[measured]", f"command = {_toml(command)}", *numbers]


def _toml(value: str | Sequence[str]) -> str:
    # A JSON string or list of strings is the same in TOML.
    return json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)
