"""Server-sent events: a stream that says so while it has nothing to say.

https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from types import MappingProxyType
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from studio.error_json import error_json, foreseen
from studio.errors import Cancelled

T = TypeVar("T")

MEDIA_TYPE = "text/event-stream"
KEEP_ALIVE_S = 2.0
"""A stream that has nothing to say yet says so; before its first word it waits so long for an
error that still can have a status of its own."""
LISTEN_S = 0.5
"""How often a request that is not streamed looks whether somebody still waits for it."""
WAITING = ": waiting\n\n"
_HEADERS: Mapping[str, str] = MappingProxyType(
    {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
)


def wants_events(request: Request) -> bool:
    """Whether the client accepts nothing but events."""
    return request.headers.get("accept", "").partition(";")[0].strip().lower() == MEDIA_TYPE


def event(name: str, data: Mapping[str, Any]) -> str:
    """One event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


async def listened(
    stream: AsyncGenerator[T, None], every_s: float
) -> AsyncGenerator[T | None, None]:
    """Its items, and None after so many silent seconds. Leaving early closes the stream."""
    following = asyncio.ensure_future(anext(stream))
    try:
        while True:
            done, _ = await asyncio.wait({following}, timeout=every_s)
            if not done:
                yield None
                continue
            try:
                item = following.result()
            except StopAsyncIteration:
                return
            yield item
            following = asyncio.ensure_future(anext(stream))
    finally:
        following.cancel()
        await asyncio.wait({following})
        await stream.aclose()


async def last_item(stream: AsyncGenerator[T, None], request: Request) -> T:
    """What the stream ends with. Raises Cancelled when it has nothing, or the client hung up."""
    last: T | None = None
    async with aclosing(listened(stream, LISTEN_S)) as items:
        async for item in items:
            last = last if item is None else item
            if await request.is_disconnected():
                raise Cancelled
    if last is None:
        raise Cancelled
    return last


async def event_response(events: AsyncGenerator[str, None], request: Request) -> Response:
    """The events as an answer. What fails before the first is raised; later it is an event
    `error` with the JSON that the body would have had. Hanging up closes `events`."""
    told = _told(events, request)
    first = await anext(told, "")
    return StreamingResponse(_from(first, told), media_type=MEDIA_TYPE, headers=dict(_HEADERS))


async def _from(first: str, rest: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    async with aclosing(rest):
        yield first
        async for each in rest:
            yield each


async def _told(events: AsyncGenerator[str, None], request: Request) -> AsyncGenerator[str, None]:
    begun = False
    try:
        async with aclosing(listened(events, KEEP_ALIVE_S)) as items:
            async for item in items:
                begun = True
                yield WAITING if item is None else item
    except Exception as error:
        if not begun:
            raise
        yield event("error", {"error": error_json(request, foreseen(request, error))})
