"""What an OpenAI-compatible server says: the events of a stream, and its errors."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any

import httpx
from httpx_sse import EventSource, SSEError

from studio.families.remote_errors import BrokenOff, Refusal
from studio.families.remote_row import Piece
from studio.requests import Finish, Usage

DONE = "[DONE]"
MOST_ERROR_BYTES = 65_536


async def pieces_of(response: httpx.Response) -> AsyncGenerator[Piece, None]:
    """The pieces of a stream, up to its end. Raises BrokenOff, Refusal, httpx.TransportError."""
    ended = False
    try:
        async with aclosing(_events(response)) as events:
            async for event in events:
                piece = _piece(event)
                ended = ended or piece.finish is not None
                yield piece
    except (SSEError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BrokenOff(type(error).__name__) from error
    except httpx.TransportError:
        if not ended:  # whoever hangs up after the end has said everything
            raise


async def refusal_of(response: httpx.Response) -> Refusal:
    """An answer with an error status, as an exception to raise."""
    content = bytearray()
    async for part in response.aiter_bytes():
        content += part
        if len(content) > MOST_ERROR_BYTES:
            break
    pause = _seconds(response.headers.get("Retry-After", ""))
    return Refusal(response.status_code, _reason_in(bytes(content)), pause)


async def _events(response: httpx.Response) -> AsyncGenerator[dict[str, Any], None]:
    told = False
    async for event in EventSource(response).aiter_sse():
        if event.data == DONE:
            return
        if event.data:
            told = True
            yield json.loads(event.data)
    if not told:
        raise BrokenOff("an empty answer")


def _piece(event: dict[str, Any]) -> Piece:
    if "error" in event:
        raise Refusal(_status_in(event["error"]), _reason(event))
    usage, choices = _usage(event.get("usage")), event.get("choices")
    if not choices:
        return Piece(usage=usage)
    delta = choices[0].get("delta") or {}
    return Piece(str(delta.get("content") or ""), _finish(choices[0].get("finish_reason")), usage)


def _finish(reason: str | None) -> Finish | None:
    """TGI says "eos_token" and "stop_sequence" where the others say "stop"."""
    if not reason:
        return None
    return "length" if reason == "length" else "stop"


def _usage(counted: Mapping[str, Any] | None) -> Usage | None:
    if not counted:
        return None
    return Usage(
        prompt_tokens=int(counted.get("prompt_tokens") or 0),
        output_tokens=int(counted.get("completion_tokens") or 0),
    )


def _reason_in(content: bytes) -> str:
    try:
        return _reason(json.loads(content))
    except (ValueError, AttributeError):
        return ""


def _reason(answer: Mapping[str, Any]) -> str:
    """OpenAI's `error.message`, or whatever a server says in its place."""
    error = answer.get("error") or answer.get("message") or answer.get("detail") or ""
    return str(error.get("message", "") if isinstance(error, dict) else error)


def _status_in(error: object) -> int:
    """The status that an error inside a stream stands for; 500 when it does not say."""
    code = error.get("code") if isinstance(error, dict) else None
    return code if isinstance(code, int) and 400 <= code < 600 else 500


def _seconds(text: str) -> float:
    """Retry-After in seconds; its other form, a date, is not worth the trouble here."""
    try:
        return max(0.0, float(text))
    except ValueError:
        return 0.0
