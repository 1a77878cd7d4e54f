"""Writes a trained language model as a finished card folder.

model.safetensors (fp16, tied head left out), config.json, tokenizer.json, CARD.md and, last of
all, model.toml with the hash of each file: a reader that finds model.toml finds the rest whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from transformers import LlamaForCausalLM

from studio.training.manifest import file_tables, table, training_table
from studio.training.options import TrainOptions
from studio.training.provenance import replaced

FILES = ("model.safetensors", "config.json", "tokenizer.json")


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
    config.pop("_name_or_path", None)  # the folder of the machine that trained it
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
        *table(
            "",
            {
                "name": card.name,
                "version": card.version,
                "kind": "lm",
                "family": "causal_lm",
                "roles": card.roles,
                "languages": card.languages,
                "crafts": card.crafts,
                "licence": card.licence,
                "base": "",
                "parameters": _parameters(model),
                "context": model.config.max_position_embeddings,
            },
        ),
        *file_tables(folder, FILES),
        *training_table(card.name, card.data, options, {"steps": steps}),
        *table("measured", {"command": f"studio evaluate {card.name} --json", **measured}),
    ]
    return "\n".join(lines) + "\n"
