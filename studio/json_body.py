"""A request's body, and the JSON object in it, read no further than the limit."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request

from studio.crafts.writable import writable_json
from studio.errors import InvalidInput

MOST_BODY_BYTES = 1_000_000


async def whole_body(request: Request, most_bytes: int = MOST_BODY_BYTES) -> bytes:
    """The bytes. Raises InvalidInput `body_too_large`."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > most_bytes:
            raise InvalidInput("body", "The body is too large.", code="body_too_large")
    return bytes(body)


def _no_number(word: str) -> float:
    """NaN and the infinities are no JSON, and nothing that an answer could tell."""
    raise ValueError(word)


async def json_object(request: Request) -> dict[str, Any]:
    """The object; {} for an empty body. Raises InvalidInput `body_too_large` or `no_json`."""
    body = await whole_body(request)
    try:
        text = writable_json(body.decode("utf-8-sig")) if body else "{}"
        found = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise InvalidInput("body", "The body is no JSON.", code="no_json") from error
    if not isinstance(found, dict):
        raise InvalidInput("body", "The body must be a JSON object.", code="no_json")
    return found
