"""Which device the models run on, and how much of its memory they may take.

What a step needs beside weights and caches (activations, the page, the finishes, sound) is kept
free: a computer that runs out of memory does not say so, it stops. torch is asked only when there
may be a GPU: a page on a laptop's CPU starts without it.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio.families.available_memory import available_bytes

_RESERVES: Mapping[str, tuple[float, int, int]] = MappingProxyType(
    {"cpu": (0.3, 10**9, 8 * 10**9), "cuda": (0.1, 10**9, 6 * 10**9)}
)
"""Kept to work in: a share of what is free, at least, at most."""
_GPU_MARKS = ("/dev/nvidiactl", "/dev/dxg", "/dev/kfd")
"""Device files of NVIDIA, WSL and ROCm drivers."""


def pick_device(setting: str) -> str:
    """ "auto" becomes "cuda" where torch sees a GPU, else "cpu"; anything else stays as it is."""
    if setting != "auto":
        return setting
    if not any(Path(mark).exists() for mark in _GPU_MARKS):
        return "cpu"
    return "cuda" if _torch().cuda.is_available() else "cpu"


def device_budget_bytes(device: str) -> int:
    """What loaded cards may take together: what is free now, less the reserve."""
    if device.startswith("cuda"):
        free = int(_torch().cuda.mem_get_info(device)[0])
    else:
        free = available_bytes()
    return free - reserve_bytes(device, free)


def reserve_bytes(device: str, free_bytes: int) -> int:
    """What a step needs beside weights and caches; never more than half of what is free."""
    share, least, most = _RESERVES["cuda" if device.startswith("cuda") else "cpu"]
    return min(free_bytes // 2, max(least, min(most, int(share * free_bytes))))


def _torch() -> Any:
    return importlib.import_module("torch")
