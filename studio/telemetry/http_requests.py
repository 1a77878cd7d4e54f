"""Every HTTP request, counted and timed by route and told in one line of the log.

A route is named by its template (`/api/works/{work_id}`), so neither the counters nor the log ever
hold what is in an address.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from studio.telemetry.http_tally import HttpTally
from studio.telemetry.logs import tell
from studio.telemetry.request_id import HEADER, carried, taken_request_id

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
"""Asked for every few seconds: their lines are shown at level debug."""
NO_ROUTE = "(none)"
HUNG_UP = 499
"""The client left before there was an answer."""
_HEADER = HEADER.lower().encode()

logger = logging.getLogger("studio.http")


class HttpRequests:
    """ASGI middleware: gives every request its id and says how it ended."""

    def __init__(self, app: App, tally: HttpTally) -> None:
        self._app = app
        self._tally = tally

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        with carried(taken_request_id(_sent_id(scope))) as request_id:
            scope["headers"] = _with_id(scope["headers"], request_id)
            answer = _Answer(send, request_id)
            started = time.perf_counter()
            try:
                await self._app(scope, receive, answer)
            except Exception:
                answer.status = 500
                raise
            finally:
                self._tell(scope, answer.status, time.perf_counter() - started)

    def _tell(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in METHODS else "OTHER"
        route = route_of(scope)
        self._tally.add(method, route, status, seconds)
        ms = round(1000 * seconds, 1)
        facts = {"method": method, "route": route, "status": status, "ms": ms}
        tell(logger, "http", facts, logging.DEBUG if route in PROBES else logging.INFO)


class _Answer:
    """Passes the answer on with the id in its header, and remembers its status."""

    def __init__(self, send: Send, request_id: str) -> None:
        self._send = send
        self._id = request_id.encode()
        self.status = HUNG_UP

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            message = {**message, "headers": _with_id(message.get("headers", ()), self._id)}
        await self._send(message)


def route_of(scope: Scope) -> str:
    """The template of the route that answered, with the place where its app is mounted."""
    template = getattr(scope.get("route"), "path", None)
    if template is None:
        return NO_ROUTE
    outer = str(scope.get("app_root_path", ""))
    return str(scope.get("root_path", "")).removeprefix(outer) + str(template) or "/"


def _sent_id(scope: Scope) -> str | None:
    found = (value for name, value in scope["headers"] if name.lower() == _HEADER)
    return next((value.decode("latin-1") for value in found), None)


def _with_id(headers: Any, request_id: str | bytes) -> list[tuple[bytes, bytes]]:
    written = request_id.encode() if isinstance(request_id, str) else request_id
    others = [(name, value) for name, value in headers if name.lower() != _HEADER]
    return [*others, (_HEADER, written)]
