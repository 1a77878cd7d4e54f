"""How much memory a language model will take, told before it is loaded."""

from __future__ import annotations

from typing import Any

import torch
from transformers import AutoConfig

from studio.catalog import Card
from studio.families.compiled.model import fits
from studio.families.compiled.processor import has_dots
from studio.families.compiled.slots import NUMBER_BYTES
from studio.families.decoder_shape import DecoderShape
from studio.sources.parameters import count_parameters

SLOTS, FEWEST_SLOTS = 16, 4
SLOT_TOKENS = 2048
"""Longest row, prompt and text together, whatever more the model could."""
MOST_CACHE_BYTES = 1_600_000_000
"""Of keys and values of all slots together; models with wide caches get fewer slots."""
INT8_LEAST_PARAMETERS = 50_000_000
"""Smaller models stay in float32: they are fast enough, and more easily hurt."""

FLOAT_BYTES = 4

_INT8_ABOUT = 2
"""Bytes a parameter where the embedding's size is not known: it stays in float32."""


def estimate_lm(card: Card, device: str, dtype: str) -> int:
    """Bytes of the weights in the type they will have, and of the slots.

    From config and weights where they lie in the folder, else from the manifest's `parameters`
    and `cache_bytes_per_token` (of float32); 0 when nothing is known.
    """
    config = config_of(card)
    where = torch.device(device)
    parameters = card.parameters or count_parameters(card.folder)
    tokens = min(SLOT_TOKENS, card.context or SLOT_TOKENS)
    numbers: int = float_type(dtype, where).itemsize
    if config is None:
        packed = _wants_int8(parameters, dtype, where)
        number = cache_number_bytes(packed, dtype, where)
        per_token = int(card.extra.get("cache_bytes_per_token", 0)) * number // FLOAT_BYTES
        slots = _slots(tokens * per_token, most_cache_bytes(card))
        return (_INT8_ABOUT if packed else numbers) * parameters + slots * tokens * per_token
    packed = is_packed(parameters, DecoderShape.of(config), dtype, where)
    number = cache_number_bytes(packed, dtype, where)
    tokens = min(tokens, int(config.max_position_embeddings))
    rows = slots_for(config, tokens, number, most_cache_bytes(card))
    cache = rows * tokens * _per_token(config) * number
    if packed:
        return _int8_bytes(parameters, config) + cache
    return numbers * parameters + cache


def slots_for(
    config: Any, tokens: int, number_bytes: int, most_bytes: int = MOST_CACHE_BYTES
) -> int:
    """How many rows of so many tokens a card serves at once."""
    return _slots(tokens * _per_token(config) * number_bytes, most_bytes)


def most_cache_bytes(card: Card) -> int:
    """What keys and values of all slots may take; on a small budget the loader says less."""
    return min(MOST_CACHE_BYTES, int(card.extra.get("most_cache_bytes", MOST_CACHE_BYTES)))


def _slots(one_bytes: int, most_bytes: int) -> int:
    return max(FEWEST_SLOTS, min(SLOTS, most_bytes // max(1, one_bytes)))


def is_packed(
    parameters: int, shape: DecoderShape | None, dtype: str, device: torch.device
) -> bool:
    """Whether weights of this shape (None: not ours) go into 8 bits."""
    return shape is not None and fits(shape) and _wants_int8(parameters, dtype, device)


def _wants_int8(parameters: int, dtype: str, device: torch.device) -> bool:
    if device.type != "cpu" or not has_dots():
        return False
    return dtype == "int8" or (dtype == "auto" and parameters >= INT8_LEAST_PARAMETERS)


def cache_number_bytes(packed: bool, dtype: str, device: torch.device) -> int:
    """Of one number among keys and values."""
    return NUMBER_BYTES if packed else int(float_type(dtype, device).itemsize)


def float_type(dtype: str, device: torch.device) -> torch.dtype:
    """The type of what is not packed into 8 bits."""
    if dtype == "bfloat16" or (dtype == "auto" and device.type == "cuda"):
        return torch.bfloat16
    return torch.float32


def config_of(card: Card) -> Any | None:
    """The text config in the card's folder, if there is one."""
    if not (card.folder / "config.json").is_file():
        return None
    return AutoConfig.from_pretrained(card.folder, local_files_only=True).get_text_config()


def _per_token(config: Any) -> int:
    """Keys and values of one token, in numbers."""
    heads = getattr(config, "num_key_value_heads", None) or config.num_attention_heads
    width = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    return int(2 * config.num_hidden_layers * heads * width)


def _int8_bytes(parameters: int, config: Any) -> int:
    """A byte for each number, the embedding once more in float32."""
    return parameters + 4 * int(config.vocab_size) * int(config.hidden_size)
