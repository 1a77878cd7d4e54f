"""A device that runs out of memory when a test says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch


class Shortage:
    """Stands before a function; its nth calls (from 1) raise what a device out of memory raises."""

    def __init__(self, function: Callable[..., Any], *at: int, says: str = "cuda") -> None:
        self._function, self._at, self._says = function, frozenset(at), says
        self.calls = 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.calls += 1
        if self.calls in self._at:
            raise out_of_memory(self._says)
        return self._function(*given, **named)


def out_of_memory(says: str = "cuda") -> Exception:
    """The error as CUDA, a CPU's allocator or Python raise it."""
    told = "DefaultCPUAllocator: can't allocate memory: you tried to allocate 1 bytes."
    errors: dict[str, Exception] = {
        "cuda": torch.OutOfMemoryError("CUDA out of memory."),
        "cpu": RuntimeError(f"[enforce fail at alloc_cpu.cpp:117] . {told}"),
        "python": MemoryError(),
    }
    return errors[says]
