"""STUDIO_RATE and STUDIO_ADDRESS_RATE: how often one person, and one address, may ask for work."""

from __future__ import annotations

import hashlib
import math
import re
import time
import uuid

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from studio.asker import SIGNED_IN
from studio.door.answers import refusal
from studio.door.asgi import (
    App,
    Message,
    Receive,
    Scope,
    Send,
    address,
    cookie,
    header,
    route,
    wants_page,
)
from studio.errors import InvalidInput, StudioError
from studio.locales import Locales

VISITOR = "atelier-visitor"
"""A random word for the counting alone; only set where rates are, and nobody has to sign in."""
WORK = re.compile(r"/(api|v1|gradio_api/(queue/join|call|run|api|upload))(/|\Z)")
"""Routes whose POSTs make work. Looking, probes and static files are free."""


class RateLimits:
    """ASGI: 429 with Retry-After beyond the moving windows. In memory: each process counts."""

    def __init__(self, app: App, locales: Locales, person: str, address: str) -> None:
        """The rates as `limits` reads them, "60/minute; 1000/day". Raises InvalidInput."""
        self._app, self._locales = app, locales
        self._of_person = rates("STUDIO_RATE", person)
        self._of_address = rates("STUDIO_ADDRESS_RATE", address)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] == "POST" and WORK.match(route(scope)):
            wait_s = self._wait_s(scope)
            if wait_s:
                error = StudioError(
                    f"Too many requests. Try again in {wait_s} s.", code="too_many", seconds=wait_s
                )
                named = {"Retry-After": str(wait_s)}
                await refusal(self._locales, scope, error, 429, **named)(scope, receive, send)
                return
        if scope["type"] == "http" and self._of_person and _is_new(scope):
            send = _with_visitor(send, scope["scheme"] == "https")
        await self._app(scope, receive, send)

    def _wait_s(self, scope: Scope) -> int:
        """Seconds until the next is let through; 0 counts this one."""
        person = (self._of_person, "person", _who(scope))
        windows = (person, (self._of_address, "address", address(scope)))
        for items, kind, who in windows:
            for item in items:
                if not self._limiter.test(item, kind, who):
                    until = self._limiter.get_window_stats(item, kind, who).reset_time
                    return max(1, math.ceil(until - time.time()))
        for items, kind, who in windows:
            for item in items:
                self._limiter.hit(item, kind, who)
        return 0


def rates(name: str, given: str) -> list[RateLimitItem]:
    """The limits of a setting; none for "". Raises InvalidInput naming it."""
    if not given.strip():
        return []
    try:
        return parse_many(given)
    except ValueError as error:
        raise InvalidInput(
            name, f'{name} is a rate such as "60/minute", not {given!r}.', code="setting_rate"
        ) from error


def _who(scope: Scope) -> str:
    """Who is counted: the signed in, else whom the client names, else its browser or address."""
    named = str(scope.get(SIGNED_IN, "")) or header(scope, "x-studio-user")
    named = named or header(scope, "authorization") or _visitor(scope)
    return hashlib.sha256((named or address(scope)).encode()).hexdigest()


def _is_new(scope: Scope) -> bool:
    return SIGNED_IN not in scope and wants_page(scope) and not _visitor(scope)


def _visitor(scope: Scope) -> str:
    return cookie(scope, VISITOR)


def _with_visitor(send: Send, secure: bool) -> Send:
    word = f"{VISITOR}={uuid.uuid4().hex}; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000"
    line = (word + ("; Secure" if secure else "")).encode()

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), (b"set-cookie", line)]
        await send(message)

    return sent
