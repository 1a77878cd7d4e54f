"""No request brings more than its route can use, whether it says so or not."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from starlette.formparsers import MultiPartException

from studio.door.answers import UPLOAD, refusal
from studio.door.asgi import App, Message, Receive, Scope, Send, header, route
from studio.errors import InvalidInput
from studio.json_body import MOST_BODY_BYTES
from studio.locales import Locales

MB = 2**20
MOST_UPLOAD_BYTES = 64 * MB
"""All files of one upload; each file has the page's own limit besides."""
_LIMITS: Mapping[str, int] = MappingProxyType(
    {
        UPLOAD: MOST_UPLOAD_BYTES,
        "/gradio_api/": 16 * MB,
        "/api/uploads": 48 * MB,
        "/api/melodies": 48 * MB,
        "/api/brands/colours": 48 * MB,
        "/sign-in": 8192,
        "/login": 8192,
    }
)
"""Bytes by the beginning of the path. Routes that read a file refuse earlier, with its own limit.
The page's events carry sketches and short recordings."""


class BodyLimits:
    """ASGI: answers 413 before a body that says its length is read, and as soon as one that does
    not say it has become too long."""

    def __init__(self, app: App, locales: Locales) -> None:
        self._app = app
        self._locales = locales

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = most_bytes(route(scope))
        refused = refusal(self._locales, scope, _too_large(most), 413)
        said = header(scope, "content-length")
        if said.isdecimal() and int(said) > most:
            await refused(scope, receive, send)
            return
        body = _Counted(receive, send, most)
        try:
            await self._app(scope, body.receive, body.send)
        except Exception:
            if not body.is_over:
                raise
        if body.is_over and not body.is_answered:
            await refused(scope, receive, send)


def most_bytes(path: str) -> int:
    """The limit of a route."""
    found = (most for beginning, most in _LIMITS.items() if path.startswith(beginning))
    return next(found, MOST_BODY_BYTES)


def _too_large(most: int) -> InvalidInput:
    return InvalidInput(
        "body", "The body is too large.", code="body_too_large", most_mb=max(1, most // MB)
    )


class _Counted:
    """A body that ends when it is over its limit; what the app says to that is not passed on."""

    def __init__(self, receive: Receive, send: Send, most: int) -> None:
        self._receive, self._send = receive, send
        self._left = most
        self.is_answered = False

    @property
    def is_over(self) -> bool:
        return self._left < 0

    async def receive(self) -> Message:
        """Raises MultiPartException: whoever parses a form then throws its files away."""
        message = await self._receive()
        self._left -= len(message.get("body", b""))
        if self.is_over:
            raise MultiPartException("The body exceeds its maximum allowed size.")
        return message

    async def send(self, message: Message) -> None:
        if self.is_over and not self.is_answered:
            return
        self.is_answered = True
        await self._send(message)
