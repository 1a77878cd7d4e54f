"""From a card's folder to a language model that is ready to decode."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM

from studio.catalog import Card
from studio.errors import NotReady
from studio.families.adapter_places import AdapterStack
from studio.families.compiled.bank import AdapterBank
from studio.families.compiled.slots import CompiledSlots
from studio.families.compiled_llama import CompiledLlama
from studio.families.decoder_shape import DecoderShape
from studio.families.forward import Forward
from studio.families.fused_llama import FusedLlama
from studio.families.kv_slots import KvShape, KvSlots
from studio.families.lm_estimate import (
    SLOT_TOKENS,
    cache_number_bytes,
    config_of,
    float_type,
    is_packed,
    most_cache_bytes,
    slots_for,
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
    tokens, shape = min(longest), DecoderShape.of(config) if sizes.fused else None
    packed = is_packed(card.parameters or count_parameters(card.folder), shape, dtype, device)
    number = cache_number_bytes(packed, dtype, device)
    slots = sizes.slots or slots_for(
        config.get_text_config(), tokens, number, most_cache_bytes(card)
    )
    sizes = replace(sizes, tokens=tokens, slots=slots)
    forward: Forward
    lora: AdapterStack
    if shape is None:
        forward, lora = _generic(card, float_type(dtype, device), device, sizes)
    elif packed:
        forward, lora = _compiled(card, shape, sizes)
    else:
        forward, lora = _fused(card, shape, float_type(dtype, device), device, sizes)
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


def _compiled(card: Card, shape: DecoderShape, sizes: Sizes) -> tuple[Forward, AdapterStack]:
    bank = AdapterBank(shape.sites())
    cache = CompiledSlots(_cache_shape(shape, sizes))
    with _weights(card, torch.device("cpu"), torch.float32) as weights:
        model = CompiledLlama(shape, weights, cache, bank, torch.get_num_threads())
    model.tune()
    return model, bank


def _fused(
    card: Card, shape: DecoderShape, numbers: torch.dtype, device: torch.device, sizes: Sizes
) -> tuple[Forward, AdapterStack]:
    lora = LoraRows(shape.sites(), numbers, device)
    cache = KvSlots(_cache_shape(shape, sizes), numbers, device)
    with _weights(card, device, numbers) as weights:
        return FusedLlama(shape, weights, cache, lora), lora


def _cache_shape(shape: DecoderShape, sizes: Sizes) -> KvShape:
    return KvShape(shape.layers, sizes.slots, shape.kv_heads, sizes.tokens, shape.head_width)


@contextmanager
def _weights(card: Card, device: torch.device, numbers: torch.dtype) -> Iterator[StoredWeights]:
    with StoredWeights(card.folder, device, numbers) as weights:
        if not weights:
            raise _incomplete(card, "safetensors weights")
        yield weights


def _generic(
    card: Card, numbers: torch.dtype, device: torch.device, sizes: Sizes
) -> tuple[Forward, AdapterStack]:
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
