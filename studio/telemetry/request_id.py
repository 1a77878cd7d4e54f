"""The id of a request: made where it comes in, carried to every line that is written about it."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

HEADER = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{7,63}\Z")
_current: ContextVar[str] = ContextVar("request_id", default="")


def current_request_id() -> str:
    """The id of the request that this code works for; "" when there is none."""
    return _current.get()


def new_request_id() -> str:
    """Twelve hexadecimal digits, random."""
    return uuid.uuid4().hex[:12]


def taken_request_id(sent: str | None) -> str:
    """What the client sent, when it is well formed (8 to 64 letters, digits, - _ and dots); else
    a new one."""
    return sent if sent and _WELL_FORMED.match(sent) else new_request_id()


@contextmanager
def carried(request_id: str) -> Iterator[str]:
    """While inside, everything that is done here is done for this request."""
    token = _current.set(request_id)
    try:
        yield request_id
    finally:
        _current.reset(token)


@contextmanager
def some_request() -> Iterator[str]:
    """While inside there is an id: the one that came from the edge, or a new one."""
    with carried(current_request_id() or new_request_id()) as request_id:
        yield request_id
