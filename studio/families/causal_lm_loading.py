"""From a card's folder to a language model that is ready to decode."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from transformers import AutoConfig, AutoModelForCausalLM

from studio.catalog import Card
from studio.errors import NotReady
from studio.families.forward import Forward
from studio.families.fused_llama import FusedLlama, LlamaShape
from studio.families.kv_slots import KvShape, KvSlots
from studio.families.linears import FloatLinear, Int8Linear, int8_supported
from studio.families.loaded_lm import LoadedLm
from studio.families.lora_rows import LoraRows
from studio.families.text_prompt import TextPrompt
from studio.families.tokenizer_vocabulary import TokenizerVocabulary
from studio.families.transformers_forward import TransformersForward, sites_of

SLOTS = 16
SLOT_TOKENS = 2048
"""Longest row, prompt and text together, whatever more the model could."""
PIECE = 128
"""Prompt tokens read beside rows that write: about the cost of one more step of eight rows."""
PIECES_ALONE = 512
INT8_LEAST_PARAMETERS = 50_000_000
"""Smaller models stay in float32: they are fast enough, and more easily hurt."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows, how long, in what type; `fused` false takes the generic forward."""

    slots: int = SLOTS
    tokens: int = SLOT_TOKENS
    piece: int = PIECE
    pieces_alone: int = PIECES_ALONE
    fused: bool = True


def load_lm(card: Card, device: torch.device, dtype: str, sizes: Sizes | None = None) -> LoadedLm:
    """Load config, tokenizer and weights. `dtype`: auto | float32 | bfloat16 | int8 (CPU only).

    Raises NotReady when the folder has no config or no tokenizer.
    """
    sizes = sizes or Sizes()
    config = _config(card)
    prompt = TextPrompt(card.name, card.folder)
    longest = (sizes.tokens, card.context or sizes.tokens, config.max_position_embeddings)
    sizes = replace(sizes, tokens=min(longest))
    shape = LlamaShape.of(config) if sizes.fused else None
    if shape is None:
        forward, lora = _generic(card, _float(dtype, device), device, sizes)
    else:
        forward, lora = _fused(card, shape, device, dtype, sizes)
    ends = _ends(card.folder, config, prompt)
    return LoadedLm(
        forward=forward,
        prompt=prompt,
        vocabulary=TokenizerVocabulary(prompt.tokenizer, ends[0], forward.vocabulary_size),
        lora=lora,
        ends=frozenset(ends),
        lane="melody" if "melody" in card.roles else "text",
        device=device,
        slots=sizes.slots,
        tokens=sizes.tokens,
        piece=sizes.piece,
        pieces_alone=sizes.pieces_alone,
    )


def estimate_lm(card: Card) -> int:
    """Bytes of float32 weights and of the slots, told without loading.

    From the config where it lies in the folder, else from the manifest's `cache_bytes_per_token`.
    """
    tokens = min(SLOT_TOKENS, card.context or SLOT_TOKENS)
    per_token = int(card.extra.get("cache_bytes_per_token", 0))
    if (card.folder / "config.json").is_file():
        config = _config(card)
        heads = getattr(config, "num_key_value_heads", config.num_attention_heads)
        width = getattr(config, "head_dim", config.hidden_size // config.num_attention_heads)
        per_token = 4 * 2 * config.num_hidden_layers * heads * width
    return 4 * card.parameters + SLOTS * tokens * per_token


def _fused(
    card: Card, shape: LlamaShape, device: torch.device, dtype: str, sizes: Sizes
) -> tuple[Forward, LoraRows]:
    numbers = _float(dtype, device)
    weights = {name: each.to(device, numbers) for name, each in _weights(card).items()}
    whole = device.type == "cpu" and int8_supported() and _wants_int8(card, dtype, weights)
    size = KvShape(shape.layers, sizes.slots, shape.kv_heads, sizes.tokens, shape.head_width)
    lora = LoraRows(shape.sites(), numbers, device)
    make = Int8Linear if whole else FloatLinear
    return FusedLlama(shape, weights, KvSlots(size, numbers, device), lora, make), lora


def _generic(
    card: Card, numbers: torch.dtype, device: torch.device, sizes: Sizes
) -> tuple[Forward, LoraRows]:
    model: Any = AutoModelForCausalLM.from_pretrained(
        card.folder, dtype=numbers, local_files_only=True, use_safetensors=True
    )
    model = model.to(device).eval()
    lora = LoraRows(sites_of(model), numbers, device)
    return TransformersForward(model, sizes.slots, sizes.tokens, lora), lora


def _float(dtype: str, device: torch.device) -> torch.dtype:
    if dtype == "bfloat16" or (dtype == "auto" and device.type == "cuda"):
        return torch.bfloat16
    return torch.float32


def _wants_int8(card: Card, dtype: str, weights: Mapping[str, torch.Tensor]) -> bool:
    if dtype == "auto":
        parameters = card.parameters or sum(each.numel() for each in weights.values())
        return parameters >= INT8_LEAST_PARAMETERS
    return dtype == "int8"


def _weights(card: Card) -> dict[str, torch.Tensor]:
    weights: dict[str, torch.Tensor] = {}
    for path in sorted(card.folder.glob("*.safetensors")):
        weights.update(load_file(path))
    if not weights:
        raise _incomplete(card, "safetensors weights")
    return weights


def _config(card: Card) -> Any:
    if not (card.folder / "config.json").is_file():
        raise _incomplete(card, "config.json")
    return AutoConfig.from_pretrained(card.folder, local_files_only=True).get_text_config()


def _ends(folder: Path, config: Any, prompt: TextPrompt) -> list[int]:
    """The ids that end a sequence, the model's own first."""
    path = folder / "generation_config.json"
    generation = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    found: list[int] = []
    for ids in (config.eos_token_id, generation.get("eos_token_id"), prompt.eos):
        found += ids if isinstance(ids, list) else [] if ids is None else [ids]
    return list(dict.fromkeys(found)) or [0]


def _incomplete(card: Card, what: str) -> NotReady:
    return NotReady(
        card.name,
        f"{card.name} has no {what} in its folder.",
        f"Get it again with: studio models fetch {card.name}",
        code="card_incomplete",
        what=what,
    )
