"""STUDIO_PROXY=1: the client is the one that the proxy in front of the studio names.

Only the last entry of X-Forwarded-For is the proxy's own word; the others a client may have made
up.
"""

from __future__ import annotations

from studio.door.asgi import App, Receive, Scope, Send, header


class Proxied:
    """ASGI: puts the client's own address and scheme in place of the proxy's."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            client = header(scope, "x-forwarded-for").rpartition(",")[2].strip()
            scheme = header(scope, "x-forwarded-proto").rpartition(",")[2].strip()
            if client:
                scope["client"] = (client, 0)
            if scheme in ("http", "https"):
                scope["scheme"] = scheme
        await self._app(scope, receive, send)
