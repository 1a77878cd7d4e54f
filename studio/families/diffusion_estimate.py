"""How much memory a diffusion pipeline will take, told before it is loaded."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import safe_open

from studio.catalog import Card
from studio.families.device import device_budget_bytes
from studio.families.lm_estimate import float_type

_ROOM_BYTES_PER_PIXEL = 640
"""Activations of a number's byte and a pixel: what the decoder of Stable Diffusion peaks at."""
_PIXELS = 512 * 512


@dataclass(frozen=True, slots=True)
class DiffusionNeed:
    """Bytes on the device. `offloaded`: only the largest part lies there at a time."""

    bytes: int
    offloaded: bool


def diffusion_need(card: Card, device: str, dtype: str) -> DiffusionNeed:
    """By the folder's weights where they are, else by the card's `parameters` and
    `largest_parameters`. On a GPU that can not hold everything the parts take turns."""
    numbers = pipeline_type(card, device, dtype).itemsize
    parts = part_parameters(card.folder)
    total = sum(parts.values()) or card.parameters
    largest = max(parts.values(), default=int(card.extra.get("largest_parameters", total)))
    room = room_bytes(card, numbers)
    whole = numbers * total + room
    if device.startswith("cuda") and whole > device_budget_bytes(device):
        return DiffusionNeed(numbers * largest + room, offloaded=True)
    return DiffusionNeed(whole, offloaded=False)


def pipeline_type(card: Card, device: str, dtype: str) -> torch.dtype:
    """Half precision on a GPU: bfloat16, or what the card says its networks were made for."""
    found = float_type(dtype, torch.device(device))
    half = str(card.extra.get("half", "bfloat16"))
    if found == torch.bfloat16 and dtype == "auto" and half == "float16":
        return torch.float16
    return found


def room_bytes(card: Card, number_bytes: int) -> int:
    """For the activations of one picture of the card's own size."""
    told: Mapping[str, Any] = card.extra.get("defaults", {})
    pixels = int(told.get("width", 0)) * int(told.get("height", 0)) or _PIXELS
    return _ROOM_BYTES_PER_PIXEL * number_bytes * pixels


def part_parameters(folder: Path) -> Mapping[str, int]:
    """Numbers in each part of a pipeline's folder; of a part in two precisions, one."""
    numbers: Counter[str] = Counter()
    for path in sorted(folder.glob("*/*.safetensors")):
        if not _doubled(path):
            numbers[path.parent.name] += _numbers(path)
    return numbers


def half_variant(folder: Path) -> bool:
    """Whether some part has its weights in a file of half precision (others load as they are)."""
    return any(folder.glob("*/*.fp16*.safetensors"))


def _doubled(path: Path) -> bool:
    """A part's full weights beside its half ones, which are the ones that are loaded."""
    return ".fp16" not in path.name and any(path.parent.glob("*.fp16*.safetensors"))


def _numbers(path: Path) -> int:
    with safe_open(path, framework="np") as file:
        return sum(math.prod(file.get_slice(name).get_shape()) for name in file.keys())  # noqa: SIM118
