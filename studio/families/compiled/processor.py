"""What this processor can do."""

from __future__ import annotations

import sys

from llvmlite import binding

WIDE = ("avx512vnni", "avx512f", "avx512bw", "avx512vl")
NARROW = ("avxvnni", "avx2", "f16c", "fma")


def has_wide_dots() -> bool:
    """Whether it sums 8-bit products sixteen lanes at a time (AVX-512 VNNI)."""
    return _has(WIDE)


def has_dots() -> bool:
    """Whether the compiled step runs here: AVX-512 VNNI, or eight lanes at a time (AVX-VNNI)."""
    return sys.platform != "win32" and (has_wide_dots() or _has(NARROW))


def _has(wanted: tuple[str, ...]) -> bool:
    features = binding.get_host_cpu_features()
    return all(features.get(each, False) for each in wanted)
