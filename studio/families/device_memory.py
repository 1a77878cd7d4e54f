"""One name for every way in which a device says that it has no memory left.

CUDA raises torch.OutOfMemoryError, its libraries a RuntimeError, torch's allocator on a CPU another
RuntimeError, and Python a MemoryError. torch is not imported to know them.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from studio.engine.family import DeviceOutOfMemory

_SAID = (
    "can't allocate memory",
    "out of memory",
    "CUBLAS_STATUS_ALLOC_FAILED",
    "CUDNN_STATUS_ALLOC_FAILED",
)


@contextmanager
def device_memory() -> Iterator[None]:
    """Inside, running out of memory is DeviceOutOfMemory; every other error stays what it is."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not is_out_of_memory(error):
            raise
        raise DeviceOutOfMemory from error


def is_out_of_memory(error: BaseException) -> bool:
    """Whether the device ran out of memory."""
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    return isinstance(error, RuntimeError) and any(each in str(error) for each in _SAID)
