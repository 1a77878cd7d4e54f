"""Which device the models run on, and how much of its memory they may take.

torch is asked only when there may be a GPU: a page on a laptop's CPU starts without it.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

_SHARE = 0.6
"""Of the free memory; the rest is for activations, the page and the finishes."""
_FALLBACK_BYTES = 4 * 10**9
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
    """What loaded cards may take together: a share of the memory that is free now."""
    if device.startswith("cuda"):
        free, _ = _torch().cuda.mem_get_info(device)
        return int(_SHARE * free)
    return int(_SHARE * min(_available_bytes(), _cgroup_bytes()))


def _available_bytes() -> int:
    """What the kernel would give, page cache included."""
    try:
        lines = Path("/proc/meminfo").read_text("ascii").splitlines()
    except OSError:  # not Linux
        return _FALLBACK_BYTES
    found = [line.split()[1] for line in lines if line.startswith("MemAvailable:")]
    return 1024 * int(found[0]) if found else _FALLBACK_BYTES


def _cgroup_bytes() -> int:
    """The container's limit, where there is one."""
    try:
        limit = Path("/sys/fs/cgroup/memory.max").read_text("ascii").strip()
    except OSError:
        limit = "max"
    return int(limit) if limit.isdigit() else 2**63


def _torch() -> Any:
    return importlib.import_module("torch")
