"""Any OpenAI-compatible endpoint (vLLM, llama.cpp, TGI, another studio) as a card.

The network lives in a thread of its own with one event loop; rows are filled there, and `step`
hands over what has come. So the device thread never waits for a server: it is rung (`on_news`).
"""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import aclosing

from studio.catalog import Card, Catalog
from studio.engine.family import Stepped
from studio.errors import StudioError
from studio.families.remote_body import body_of
from studio.families.remote_endpoint import Endpoint
from studio.families.remote_errors import constraint_remote, explained
from studio.families.remote_row import RemoteRow
from studio.requests import Request

logger = logging.getLogger(__name__)

CONNECTIONS = 32
"""Requests under way at once; the endpoint has a queue of its own."""
FOOTPRINT = 1
"""Nothing of it lies on this device."""
PATIENCE_S = 5.0
"""How long closing waits for connections to end."""


class Remote:
    """An endpoint as a family (see `studio.engine.family.Family` and `Outside`)."""

    lane = "text"
    capacity = CONNECTIONS
    linger_ms = 0.0

    def __init__(self, card: Card, catalog: Catalog, endpoint: Endpoint) -> None:
        self._card = card
        self._catalog = catalog
        self._endpoint = endpoint
        self._ring: Callable[[], None] = _nobody
        self._rows: dict[int, tuple[RemoteRow, Future[None]]] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=card.name, daemon=True)
        self._thread.start()

    @classmethod
    def open(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> Remote:  # noqa: ARG003
        """Make the card ready; the endpoint is first asked when a request comes."""
        return cls(card, catalog, Endpoint.of(card))

    @classmethod
    def estimate(cls, card: Card, catalog: Catalog, device: str, dtype: str) -> int:  # noqa: ARG003
        """Next to nothing: the weights are elsewhere."""
        return FOOTPRINT

    def footprint(self) -> int:
        return FOOTPRINT

    def warm_up(self) -> None:
        """Nothing to warm here."""

    def on_news(self, ring: Callable[[], None]) -> None:
        self._ring = ring

    def admit(self, request: Request) -> int:
        """Take a slot and ask the endpoint.

        Raises StudioError `constraint_remote` (a form that must hold), NotReady or InvalidInput
        for adapters, RuntimeError when full.
        """
        if request.constraint is not None and request.must_hold:
            raise constraint_remote(self._card.name)
        body = body_of(request, self._served(request.adapter))
        free = (slot for slot in range(self.capacity) if slot not in self._rows)
        if (slot := next(free, None)) is None:
            raise RuntimeError("no free slot")
        row = RemoteRow(request)
        asked = self._converse(row, body, request.deadline_s)
        self._rows[slot] = row, asyncio.run_coroutine_threadsafe(asked, self._loop)
        return slot

    def step(self, slots: Sequence[int]) -> Sequence[Stepped]:
        """What has come for each slot since the last step; never waits."""
        return [self._stepped(slot) for slot in slots]

    def release(self, slot: int) -> None:
        """Free the slot; a conversation that still runs is hung up."""
        self._rows.pop(slot)[1].cancel()

    def close(self) -> None:
        for slot in list(self._rows):
            self.release(slot)
        done = asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop)
        done.add_done_callback(lambda _: self._loop.call_soon_threadsafe(self._loop.stop))
        self._thread.join(PATIENCE_S)
        if not self._thread.is_alive():
            self._loop.close()

    def _stepped(self, slot: int) -> Stepped:
        row = self._rows[slot][0]
        try:
            chunk = row.news()
        except StudioError as error:
            return Stepped(slot, error=error)
        if row.failing:
            self._ring()
        return Stepped(slot, chunk)

    def _served(self, adapter: str | None) -> str:
        """The name by which the endpoint knows the model, or the adapter on it."""
        if adapter is None:
            return ""
        card = self._catalog.adapter(adapter, self._card.name)
        return str(card.extra.get("served_as") or card.name.partition("/")[2])

    # in the thread of the network

    async def _converse(
        self, row: RemoteRow, body: dict[str, object], within_s: float | None
    ) -> None:
        try:
            async with aclosing(self._endpoint.stream(body, within_s)) as pieces:
                async for piece in pieces:
                    row.take(piece)
                    if row.enough:
                        break
                    self._ring()
            row.finish()
        except Exception as error:  # noqa: BLE001 - whatever the network does ends in a sentence
            logger.warning("%s: %s", self._card.name, self._endpoint.hidden(repr(error)))
            row.fail(explained(error, self._endpoint))
        self._ring()

    async def _hang_up(self) -> None:
        """Wait for the ends of all conversations, then close what is left of connections."""
        me = asyncio.current_task()
        rest = [task for task in asyncio.all_tasks() if task is not me]
        await asyncio.gather(*rest, return_exceptions=True)
        await self._endpoint.close()


def _nobody() -> None:
    """Nobody listens yet."""
