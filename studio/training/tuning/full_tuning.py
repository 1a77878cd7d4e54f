"""Every weight learnt: a card tuned in full, or a small new model from scratch."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import save_file
from transformers import AutoConfig, LlamaConfig, LlamaForCausalLM

from studio.families.text_prompt import TextPrompt
from studio.training.provenance import replaced
from studio.training.tuning.inner_model import decoder_layers, open_model
from studio.training.tuning.recipe import TuningRecipe
from studio.training.tuning.scored_lm import PlainLm

TOKENIZER = (
    "tokenizer.json",
    "tokenizer_config.json",
    "chat_template.jinja",
    "generation_config.json",
)
WEIGHTS, CONFIG = "model.safetensors", "config.json"


class FullTuning(PlainLm):
    """A model that is all learnt but its frozen layers (see `Tuning`)."""

    def __init__(self, model: Any, base: Path, freeze: int) -> None:
        """`base`: the folder whose tokenizer it shares."""
        super().__init__(model)
        self._base = base
        if freeze:
            model.get_input_embeddings().requires_grad_(False)
            for layer in decoder_layers(model)[:freeze]:
                layer.requires_grad_(False)

    def off(self) -> AbstractContextManager[object]:
        """Before the first step it is what it was; later the past is gone."""
        return nullcontext()

    def stepped(self, step: int) -> None:
        """Nothing changes but the parameters."""

    def state(self) -> dict[str, Any]:
        return {}

    def restore(self, state: Mapping[str, Any]) -> None:
        """Nothing was kept."""

    def write(self, folder: Path) -> tuple[str, ...]:
        tied = self._model.config.tie_word_embeddings
        weights = {
            name: each.detach().to("cpu", torch.float16).contiguous()
            for name, each in self._model.state_dict().items()
            if not (tied and name == "lm_head.weight")
        }
        young = folder / f"{WEIGHTS}.young"
        save_file(weights, young, metadata={"format": "pt"})
        young.replace(folder / WEIGHTS)
        kinds = {"architectures": [type(self._model).__name__], "dtype": "float16"}
        table = self._model.config.to_dict() | kinds
        replaced(folder / CONFIG, json.dumps(table, indent=2, sort_keys=True) + "\n")
        shared = [name for name in TOKENIZER if (self._base / name).is_file()]
        for name in shared:
            shutil.copyfile(self._base / name, folder / name)
        return (WEIGHTS, CONFIG, *shared)


def open_full(folder: Path, recipe: TuningRecipe, device: str, total: int) -> FullTuning:  # noqa: ARG001
    """The base itself, in float32: what is learnt must not be rounded at each step."""
    model = open_model(folder, recipe, device, torch.float32)
    model.config.attention_dropout = recipe.dropout
    return FullTuning(model, folder, recipe.freeze)


def open_scratch(folder: Path, recipe: TuningRecipe, device: str, total: int) -> FullTuning:  # noqa: ARG001
    """A small random Llama with the base's tokenizer and chat template, and none of its weights."""
    base = AutoConfig.from_pretrained(folder, local_files_only=True).get_text_config()
    prompt = TextPrompt(folder.name, folder)
    end = prompt.eos if prompt.eos is not None else base.eos_token_id
    config = LlamaConfig(
        vocab_size=base.vocab_size,
        hidden_size=recipe.width,
        intermediate_size=recipe.width * 8 // 3 // 16 * 16,
        num_hidden_layers=recipe.layers,
        num_attention_heads=recipe.heads,
        num_key_value_heads=recipe.heads,
        max_position_embeddings=recipe.context,
        attention_dropout=recipe.dropout,
        bos_token_id=base.bos_token_id,
        eos_token_id=end,
        pad_token_id=end,
        tie_word_embeddings=True,
    )
    model: Any = LlamaForCausalLM(config).to(torch.device(device))  # type: ignore[arg-type]
    if recipe.checkpointing:
        model.activation_checkpointing_enable({"use_reentrant": False})
    return FullTuning(model, folder, freeze=0)
