"""The handle of a submitted request: a stream of chunks that ends exactly once.

The device thread offers chunks, one reader takes them, in any event loop or in none. Between the
two lies a mailbox of one chunk: what a slow reader has not taken yet is merged, so memory stays
bounded and the device never waits for a reader.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from dataclasses import replace

from studio.engine.doorbell import Bell, Doorbell
from studio.requests import Chunk, Completion, Request, Usage


class Ticket:
    """Read it with `async for`, or wait for the whole with `completion()` or `result()`.

    Whoever stops reading early (a break, an exception, a cancelled task) cancels the request; so
    does a reader whose event loop was closed.
    """

    def __init__(
        self,
        request: Request,
        request_id: str,
        on_cancel: Callable[[], None],
        doorbell: Doorbell | None = None,
    ) -> None:
        """Tickets that share a doorbell wake their readers together."""
        self.request = request
        self.request_id = request_id
        self._on_cancel = on_cancel
        self._changed = threading.Condition()
        self._mail: Chunk | None = None
        self._whole = Chunk()
        self._error: Exception | None = None
        self._ended = self._begun = False
        self._place: Chunk | None = None
        self._doorbell = doorbell or Doorbell()
        self._bells: list[tuple[asyncio.AbstractEventLoop, Bell]] = []

    # the device's side, from any thread

    def offer(self, chunk: Chunk) -> None:
        """Hand over a chunk; one with `finish` ends the ticket. After the end it is dropped, and so
        is a place in the queue once there is a piece of the result."""
        with self._changed:
            stale = chunk.queue_position is not None and self._begun
            if self._ended or stale:
                return
            self._begun = chunk.queue_position is None
            self._mail = chunk if self._mail is None else merged(self._mail, chunk)
            if chunk.queue_position is None:
                self._whole = merged(self._whole, chunk)
            elif self._place is None:
                self._place = chunk
            self._ended = chunk.finish is not None
        self._ring()

    def fail(self, error: Exception) -> None:
        """End the ticket with a StudioError, or with Cancelled. After the end it is dropped."""
        with self._changed:
            if self._ended:
                return
            self._ended, self._error = True, error
        self._ring()

    def _ring(self) -> None:
        with self._changed:
            self._changed.notify_all()
            bells, self._bells = self._bells, []
        for loop, bell in bells:
            try:
                self._doorbell.ring(loop, bell)
            except RuntimeError:  # the reader's event loop is closed: nobody will come back
                self.cancel()

    # the reader's side

    @property
    def ended(self) -> bool:
        """Whether it is done, cancelled or failed. Unread chunks may still be there."""
        return self._ended

    @property
    def first_place(self) -> Chunk | None:
        """What was told at the submission: the place in the queue, and the estimates if known."""
        return self._place

    @property
    def so_far(self) -> Completion:
        """What has come until now: after a cancel, what a person may keep."""
        whole = self._whole
        finish, usage = whole.finish or "stop", whole.usage or Usage()
        return Completion(
            whole.text,
            whole.picture,
            whole.data,
            finish,
            usage,
            whole.mean_logprob,
            sound=whole.sound,
        )

    def cancel(self) -> None:
        """Stop the request; its slot is free before the next step. Harmless after the end."""
        self._on_cancel()

    def __aiter__(self) -> AsyncIterator[Chunk]:
        return self._stream()

    async def _stream(self) -> AsyncGenerator[Chunk, None]:
        """Chunks until the last one. Raises Cancelled, or the StudioError it failed with."""
        try:
            while (chunk := await self._take()) is not None:
                yield chunk
        finally:
            self._abandon()

    async def aclose(self) -> None:
        """For `contextlib.aclosing`: cancel what has not ended."""
        self._abandon()

    async def completion(self) -> Completion:
        """The whole result. Raises Cancelled, or the StudioError it failed with."""
        try:
            await self._until(lambda: self._ended)
        finally:
            self._abandon()
        return self._outcome()

    def result(self, timeout_s: float | None = None) -> Completion:
        """`completion()` for code without an event loop: blocks the calling thread.

        Raises TimeoutError when it has not ended in time; the request goes on.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._ended, timeout_s):
                raise TimeoutError(f"Request {self.request_id} is still running.")
        return self._outcome()

    async def _take(self) -> Chunk | None:
        while True:
            with self._changed:
                chunk, self._mail = self._mail, None
                ended = self._ended
            if chunk is not None:
                return chunk
            if ended:
                self._outcome()
                return None
            await self._until(lambda: self._ended or self._mail is not None)

    async def _until(self, enough: Callable[[], bool]) -> None:
        """Sleep in the reader's event loop until the ticket has changed to that."""
        loop = asyncio.get_running_loop()
        while True:
            bell = loop.create_future()
            with self._changed:
                if enough():
                    return
                self._bells.append((loop, bell))
            await bell

    def _outcome(self) -> Completion:
        if self._error is not None:
            raise self._error
        return self.so_far

    def _abandon(self) -> None:
        if not self._ended:
            self.cancel()


def merged(older: Chunk, newer: Chunk) -> Chunk:
    """Two chunks as one: text joined, the newest picture, sound, and of every datum.

    A queue position is news only until the next chunk: it never survives beside a result.
    """
    if older.queue_position is not None:
        return newer
    if newer.queue_position is not None:
        return older
    return replace(
        newer,
        text=older.text + newer.text,
        picture=newer.picture or older.picture,
        sound=newer.sound or older.sound,
        data={**older.data, **newer.data} if older.data else newer.data,
    )
