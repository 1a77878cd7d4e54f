"""A card's weights fetched while somebody watches: the progress as an async stream."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path

from studio.catalog import Card
from studio.sources import fetch


@dataclass(frozen=True, slots=True)
class Fetching:
    """How far a fetch is."""

    stage: str
    """download | check | convert."""
    fraction: float
    """0 to 1, of the stage; 0 while its size is not known."""


async def fetched(card: Card, cache_dir: Path) -> AsyncGenerator[Fetching, None]:
    """Fetch the card; ends when its weights are ready. Raises NotReady when no source answers.

    Closing the stream leaves the fetch running: what a person has waited for is not thrown away.
    """
    loop = asyncio.get_running_loop()
    told: asyncio.Queue[Fetching | None] = asyncio.Queue()

    def tell(done: int, total: int | None, stage: str) -> None:
        step = Fetching(stage, done / total if total else 0.0)
        loop.call_soon_threadsafe(told.put_nowait, step)

    work = loop.create_task(asyncio.to_thread(fetch, card, cache_dir, tell))
    work.add_done_callback(lambda _: told.put_nowait(None))
    while (step := await told.get()) is not None:
        yield step
    await work
