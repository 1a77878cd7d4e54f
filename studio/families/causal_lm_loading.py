"""From a card's folder to a language model that is ready to decode."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from studio.catalog import Card
from studio.errors import NotReady
from studio.families.decoder_shape import DecoderShape
from studio.families.forward import Forward
from studio.families.fused_llama import FusedLlama
from studio.families.kv_slots import KvShape, KvSlots
from studio.families.linears import FloatLinear, Int8Linear
from studio.families.lm_estimate import (
    SLOT_TOKENS,
    config_of,
    float_type,
    most_cache_bytes,
    slots_for,
    wants_int8,
)
from studio.families.loaded_lm import LoadedLm
from studio.families.lora_rows import LoraRows
from studio.families.stored_weights import StoredWeights
from studio.families.text_prompt import TextPrompt
from studio.families.tokenizer_vocabulary import TokenizerVocabulary
from studio.families.transformers_forward import TransformersForward, sites_of
from studio.sources.parameters import count_parameters

PIECE = 128
"""Prompt tokens read beside rows that write: about the cost of one more step of eight rows."""
PIECES_ALONE = 512


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows, how long, in what type; `fused` false takes the generic forward."""

    slots: int = 0
    """0: as many as `slots_for` says."""
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
    tokens, numbers = min(longest), float_type(dtype, device)
    slots = sizes.slots or slots_for(
        config.get_text_config(), tokens, numbers.itemsize, most_cache_bytes(card)
    )
    sizes = replace(sizes, tokens=tokens, slots=slots)
    shape = DecoderShape.of(config) if sizes.fused else None
    if shape is None:
        forward, lora = _generic(card, numbers, device, sizes)
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


def _fused(
    card: Card, shape: DecoderShape, device: torch.device, dtype: str, sizes: Sizes
) -> tuple[Forward, LoraRows]:
    numbers = float_type(dtype, device)
    parameters = card.parameters or count_parameters(card.folder)
    size = KvShape(shape.layers, sizes.slots, shape.kv_heads, sizes.tokens, shape.head_width)
    lora = LoraRows(shape.sites(), numbers, device)
    make = Int8Linear if wants_int8(parameters, dtype, device) else FloatLinear
    with StoredWeights(card.folder, device, numbers) as weights:
        if not weights:
            raise _incomplete(card, "safetensors weights")
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


def _config(card: Card) -> Any:
    config = config_of(card)
    if config is None:
        raise _incomplete(card, "config.json")
    return config


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
