"""Several async streams read as one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from typing import TypeVar

T = TypeVar("T")


async def merged(streams: Sequence[AsyncIterator[T]]) -> AsyncGenerator[list[tuple[int, T]], None]:
    """Items of all streams with the index of their stream; what comes fast comes as one list.

    Raises the first failure of any stream. Leaving early, or a failure, cancels all readers,
    and waits until every stream has run its own `finally`.
    """
    arrived: list[tuple[int, T]] = []
    bell = asyncio.Event()
    readers = [
        asyncio.create_task(_read(index, stream, arrived, bell))
        for index, stream in enumerate(streams)
    ]
    for reader in readers:
        reader.add_done_callback(lambda _: bell.set())
    try:
        while not all(reader.done() for reader in readers):
            await bell.wait()
            bell.clear()
            batch, arrived[:] = list(arrived), []
            if batch:
                yield batch
            _raise_first(readers)
        if arrived:
            yield list(arrived)
        _raise_first(readers)
    finally:
        for reader in readers:
            reader.cancel()
        await asyncio.gather(*readers, return_exceptions=True)


async def _read(
    index: int, stream: AsyncIterator[T], arrived: list[tuple[int, T]], bell: asyncio.Event
) -> None:
    try:
        async for item in stream:
            arrived.append((index, item))
            bell.set()
    finally:
        if isinstance(stream, AsyncGenerator):
            await stream.aclose()


def _raise_first(readers: Sequence[asyncio.Task[None]]) -> None:
    for reader in readers:
        if reader.done() and not reader.cancelled():
            reader.result()
