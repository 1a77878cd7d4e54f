"""How much memory a MusicGen will take, told before it is loaded."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import torch
from safetensors import safe_open

from studio.catalog import Card
from studio.families.lm_estimate import float_type
from studio.families.music_gen_order import SECONDS

ROWS = 4
"""Rows of the longest music that have room at once; of shorter music more."""
SOUND_BYTES = 1_750_000_000
"""Activations of the codec for the longest music: 1.8 kB a sample (measured) of 30 s at 32 kHz."""
_CODEC = "audio_encoder"
_FRAMES_A_SECOND = 50


def music_gen_need(card: Card, device: str, dtype: str) -> int:
    """Bytes of the weights, the codec's in float32, and of the room for rows on their way.

    From the folder's headers where they are, else by the card's `parameters`,
    `codec_parameters` and `numbers_a_token`.
    """
    itemsize: int = float_type(dtype, torch.device(device)).itemsize
    parts = _parameters(card.folder)
    codec = parts[_CODEC] or int(card.extra.get("codec_parameters", 0))
    others = sum(parts.values()) - parts[_CODEC] or card.parameters - codec
    config = _decoder_config(card.folder)
    numbers = 2 * config.get("num_hidden_layers", 0) * config.get("hidden_size", 0)
    numbers = numbers or int(card.extra.get("numbers_a_token", 0))
    return itemsize * others + 4 * codec + room_bytes(numbers * itemsize)


def room_bytes(token_bytes: int) -> int:
    """Keys and values of ROWS guided rows of the longest music, and one on its way to sound."""
    return rows_bytes(token_bytes) + SOUND_BYTES


def rows_bytes(token_bytes: int) -> int:
    """Of that, the keys and values: `token_bytes` for each token, with and without words."""
    return int(ROWS * 2 * SECONDS[1] * _FRAMES_A_SECOND * token_bytes)


def _parameters(folder: Path) -> Counter[str]:
    """Numbers in the folder's safetensors by the part of the network."""
    numbers: Counter[str] = Counter()
    for path in sorted(folder.glob("*.safetensors")):
        with safe_open(path, framework="np") as file:
            for name in file.keys():  # noqa: SIM118
                numbers[name.partition(".")[0]] += math.prod(file.get_slice(name).get_shape())
    return numbers


def _decoder_config(folder: Path) -> dict[str, int]:
    path = folder / "config.json"
    if not path.is_file():
        return {}
    decoder: dict[str, int] = json.loads(path.read_text("utf-8")).get("decoder", {})
    return decoder
