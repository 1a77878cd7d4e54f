"""How the device thread wakes readers in their event loops.

Waking a loop is a system call, around which a thread gives up the interpreter's lock; where others
compute, getting it back takes milliseconds. A step that has news for sixteen readers must not pay
that sixteen times: whoever is to be woken before the loop has come round is woken with the first.
"""

from __future__ import annotations

import asyncio
import threading

Bell = asyncio.Future[None]


class Doorbell:
    """Rung from any thread, for readers of any number of event loops."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rung: dict[asyncio.AbstractEventLoop, list[Bell]] = {}

    def ring(self, loop: asyncio.AbstractEventLoop, bell: Bell) -> None:
        """Have the loop answer the bell. Raises RuntimeError when the loop is closed."""
        with self._lock:
            together = self._rung.setdefault(loop, [])
            together.append(bell)
            if len(together) > 1 and not loop.is_closed():
                return
        try:
            loop.call_soon_threadsafe(self._answer, loop)
        except RuntimeError:
            with self._lock:
                self._rung.pop(loop, None)
            raise

    def _answer(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            bells = self._rung.pop(loop, [])
        for bell in bells:
            if not bell.done():
                bell.set_result(None)
