"""Stopping a run from its own page: the run hears of it, ends, and says so itself.

Cancelling the event from outside would leave the last paint to chance: what the run has already
sent may arrive after the word that it was stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager
from typing import TypeVar

T = TypeVar("T")

Key = tuple[str, str]
"""(session, what runs): one page runs each thing once."""


class Stops:
    """The runs of all pages that can be stopped. Used from one event loop."""

    def __init__(self) -> None:
        self._running: dict[Key, asyncio.Event] = {}

    @contextmanager
    def run(self, key: Key) -> Iterator[asyncio.Event]:
        """Registers a run; gives the event that is set when it shall stop."""
        asked = asyncio.Event()
        self._running[key] = asked
        try:
            yield asked
        finally:
            if self._running.get(key) is asked:
                del self._running[key]

    def stop(self, key: Key) -> None:
        """Ask the run to stop, if there is one."""
        if key in self._running:
            self._running[key].set()


async def until(progress: AsyncGenerator[T, None], asked: asyncio.Event) -> AsyncGenerator[T, None]:
    """The same progress until it ends or is asked to stop; closed in any case."""
    stop = asyncio.ensure_future(asked.wait())
    try:
        async with aclosing(progress):
            while not asked.is_set():
                following = asyncio.ensure_future(anext(progress))
                try:
                    await asyncio.wait({following, stop}, return_when=asyncio.FIRST_COMPLETED)
                finally:
                    await _ended(following)
                if following.cancelled():
                    return
                yield following.result()
    except StopAsyncIteration:
        return
    finally:
        stop.cancel()


async def _ended(step: asyncio.Future[T]) -> None:
    """A generator can not be closed while a step of it runs."""
    if not step.done():
        step.cancel()
        await asyncio.wait({step})
