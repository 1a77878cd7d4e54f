"""What this machine can do at most, measured: bytes a second, and operations a second by type."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import torch

BUFFER_BYTES = 256 * 2**20
"""Far more than any cache holds."""
_EDGE, _GPU_EDGE = 1536, 8192
_TRIES = 5


@dataclass(frozen=True, slots=True)
class MachineRates:
    """Medians of a few tries."""

    copy_bytes_per_s: float
    triad_bytes_per_s: float
    """a = b + 3c, as STREAM counts it: https://www.cs.virginia.edu/stream/."""
    float32_per_s: float
    """Multiplications and additions of a large product of matrices."""
    bfloat16_per_s: float
    int8_per_s: float | None
    """None where this build has no such product."""

    @property
    def bytes_per_s(self) -> float:
        """The better of both."""
        return max(self.copy_bytes_per_s, self.triad_bytes_per_s)

    def of(self, numbers: str) -> float:
        """Operations a second in "float32", "bfloat16" or "int8"."""
        rates = {"float32": self.float32_per_s, "bfloat16": self.bfloat16_per_s}
        return rates.get(numbers) or self.int8_per_s or self.float32_per_s


@torch.inference_mode()
def measure_rates(device: torch.device, buffer_bytes: int = BUFFER_BYTES) -> MachineRates:
    """A second or two of work."""
    count = buffer_bytes // 4
    target, left, right = (torch.ones(count, device=device) for _ in range(3))
    edge = _EDGE if device.type == "cpu" else _GPU_EDGE
    edge = min(edge, max(64, buffer_bytes // 2**16))
    copied = _seconds(lambda: target.copy_(left), device)
    triad = _seconds(lambda: torch.add(left, right, alpha=3, out=target), device)
    return MachineRates(
        copy_bytes_per_s=2 * buffer_bytes / copied,
        triad_bytes_per_s=3 * buffer_bytes / triad,
        float32_per_s=_products(torch.float32, edge, device),
        bfloat16_per_s=_products(torch.bfloat16, edge, device),
        int8_per_s=_int8_products(edge, device),
    )


def _products(dtype: torch.dtype, edge: int, device: torch.device) -> float:
    one = torch.randn(edge, edge, device=device, dtype=dtype)
    return 2 * edge**3 / _seconds(lambda: one @ one, device)


def _int8_products(edge: int, device: torch.device) -> float | None:
    """Of torch's own int8 products: dynamic linears on a CPU, `_int_mm` on a GPU."""
    try:
        return 2 * edge**3 / _seconds(_int8_product(edge, device), device)
    except (RuntimeError, NotImplementedError):
        return None


def _int8_product(edge: int, device: torch.device) -> Callable[[], object]:
    if device.type == "cuda":
        whole = torch.ones(edge, edge, dtype=torch.int8, device=device)
        return lambda: torch._int_mm(whole, whole)
    numbers = torch.randn(edge, edge)
    zeros = torch.zeros(edge, dtype=torch.long)
    scales = (numbers.abs().amax(1) / 127).double()
    weights = torch.quantize_per_channel(numbers, scales, zeros, 0, torch.qint8)
    packed = torch.ops.quantized.linear_prepack(weights, None)
    return lambda: torch.ops.quantized.linear_dynamic(numbers, packed, False)


def _seconds(work: Callable[[], object], device: torch.device) -> float:
    """The median of a few tries after one to warm up."""
    taken = []
    for _ in range(_TRIES + 1):
        begun = time.perf_counter()
        work()
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        taken.append(time.perf_counter() - begun)
    return max(1e-9, statistics.median(taken[1:]))
