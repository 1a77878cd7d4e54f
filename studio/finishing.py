"""Finished works made into files, in bounded lines of their own.

The processor time of a text is milliseconds, that of a score or a painted picture up to a second,
that of a whole kit a quarter of a minute. Made all at once they would hold each other up, and
everybody's first words with them: so each waits only for its like.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from studio.heap import Heap
from studio.telemetry.metric import Metric, labelled

T = TypeVar("T")

LIGHT = frozenset({"text", "ad"})
"""Kinds of outputs whose files are written, not drawn or played."""
WHOLE = frozenset({"kit"})
"""Kinds that are dozens of pictures: they take as much memory as time."""
LIGHT_AT_ONCE = WHOLE_AT_ONCE = 2
LEAST_HEAVY, MOST_HEAVY = 2, 4
"""More than a few would only wait for each other: much of the drawing holds the interpreter's
lock."""

NICENESS = 10
"""How far sounds and pictures give way to the device thread and the server, on processors that all
of them share."""


class Finishing:
    """Runs what makes works of outputs. Used from event loops, counted from any thread."""

    def __init__(self, heavy: int = 0) -> None:
        """`heavy`: sounds and pictures made at once; 0: half the processors, from 2 to 4."""
        at_once = heavy or max(LEAST_HEAVY, min(MOST_HEAVY, _processors() // 2))
        self._heavy = ThreadPoolExecutor(at_once, "finish-heavy", _give_way)
        self._light = ThreadPoolExecutor(LIGHT_AT_ONCE, "finish-light")
        self._whole = ThreadPoolExecutor(WHOLE_AT_ONCE, "finish-whole", _give_way)
        self._heap = Heap()
        self._lock = threading.Lock()
        self._waiting = self._running = 0

    async def run(self, kind: str, finish: Callable[[], T]) -> T:
        """What `finish()` returns or raises, run for an output of that kind (a craft's `output`).
        Cancelled before its turn it is never run; once it runs it runs to its end."""
        pool = self._pool(kind)
        context = contextvars.copy_context()
        self._count(waiting=1)
        asked = pool.submit(context.run, self._run, finish)
        asked.add_done_callback(self._left if pool is self._light else self._settled)
        return await asyncio.wrap_future(asked)

    def _pool(self, kind: str) -> ThreadPoolExecutor:
        if kind in LIGHT:
            return self._light
        return self._whole if kind in WHOLE else self._heavy

    def _run(self, finish: Callable[[], T]) -> T:
        self._count(waiting=-1, running=1)
        try:
            return finish()
        finally:
            self._count(running=-1)

    def _left(self, done: Future[T]) -> None:
        if done.cancelled():
            self._count(waiting=-1)

    def _settled(self, done: Future[T]) -> None:
        """On the thread that made it, when its result is on its way already."""
        self._left(done)
        if not done.cancelled():
            self._heap.settle()

    def _count(self, waiting: int = 0, running: int = 0) -> None:
        with self._lock:
            self._waiting += waiting
            self._running += running

    def metrics(self) -> Iterator[Metric]:
        """How many works are being made into files, and how many wait for it."""
        with self._lock:
            states = {"running": self._running, "waiting": self._waiting}
        about = "Finished works that are made into files, or wait for it."
        yield labelled("studio_finishing", "gauge", about, "state", states)

    def close(self) -> None:
        """What runs ends, what waits is never run."""
        for pool in (self._light, self._heavy, self._whole):
            pool.shutdown(wait=True, cancel_futures=True)


def _give_way() -> None:
    """The calling thread's own niceness, where threads have one."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        before = os.getpriority(os.PRIO_PROCESS, thread)
        os.setpriority(os.PRIO_PROCESS, thread, max(before, NICENESS))


def _processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
