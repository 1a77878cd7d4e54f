"""Memory that was freed goes back to the system, and looking for it holds nobody up.

glibc keeps what a thread frees for the next time it is asked, in heaps that it gives back only
from their ends. A painted picture or a rendered sound needs hundreds of megabytes for a second, in
pieces of all sizes, so that the process would stay as large as its largest moment.

Python's collector of cycles stops every thread while it walks all containers that are alive.
Modules and vocabularies make a million of them: walked every few seconds, as the defaults would
have it, they stop every stream for a second.

https://man7.org/linux/man-pages/man3/malloc_trim.3.html
https://docs.python.org/3/library/gc.html
"""

from __future__ import annotations

import ctypes
import gc
import sys
import threading
import time
from collections.abc import Callable

EVERY_S = 5.0
"""It takes some tens of milliseconds, in which other threads may wait for memory."""

THRESHOLDS = (10_000, 20, 10)
"""Containers made and not freed before the youngest are walked; how many such walks before the
middle ones are, and before all are. What a request leaves behind is found among the middle ones."""


def spare_the_lasting() -> None:
    """What is alive now is taken to live as long as the process: the collector walks it no more,
    and everything else less often. For a server that has just been built."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


class Heap:
    """Trims the heaps now and then. From any thread."""

    def __init__(
        self,
        trim: Callable[[], None] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`trim` does it; None: as this system does, which is nothing where there is no glibc."""
        self._trim = trim or _trimmer()
        self._clock = clock
        self._lock = threading.Lock()
        self._due = clock()

    def settle(self) -> bool:
        """Give back what is free, unless that was done a moment ago; whether it was done now."""
        with self._lock:
            if self._clock() < self._due:
                return False
            self._due = self._clock() + EVERY_S
        self._trim()
        return True


def _trimmer() -> Callable[[], None]:
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    return _nothing if trim is None else lambda: trim(0)


def _nothing() -> None:
    """Elsewhere the allocator sees to it."""
