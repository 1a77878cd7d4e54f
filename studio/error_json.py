"""Errors as the HTTP API tells them: {"code", "message", "hint", "facts"} and a status.

The message is in the client's language. What nobody foresaw keeps its details to itself.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from starlette.requests import Request

from studio.crafts.writable import writable
from studio.errors import (
    Busy,
    DeadlineExceeded,
    InvalidInput,
    ModelFailed,
    NotReady,
    OutOfMemory,
    Refused,
    StorageFailed,
    StudioError,
)
from studio.locales import Locales
from studio.telemetry.logs import tell
from studio.telemetry.request_id import HEADER

_STATUS_BY_CODE: Mapping[str, int] = MappingProxyType(
    {"no_craft": 404, "no_work": 404, "no_version": 404, "no_duel": 404}
    | {"no_file": 404, "no_brand": 404, "body_too_large": 413}
    | {"busy_user": 429}
    | {"endpoint_busy": 503, "endpoint_failed": 502, "endpoint_timeout": 504}
    | {"endpoint_broken": 502}
    | {"endpoint_rejected": 422, "constraint_remote": 422}
)
_STATUS: Mapping[type[Exception], int] = MappingProxyType(
    {
        InvalidInput: 422,
        Refused: 403,
        NotReady: 503,
        Busy: 503,
        DeadlineExceeded: 504,
        OutOfMemory: 507,
        StorageFailed: 507,
        ModelFailed: 500,
    }
)

MOST_TOLD = 2000
"""Characters of one sentence or fact."""

logger = logging.getLogger(__name__)


def foreseen(request: Request, error: Exception) -> StudioError:
    """The error itself, or one for what nobody foresaw, which is logged."""
    if isinstance(error, StudioError):
        return error
    facts = {"request_id": request.headers.get(HEADER, ""), "error": type(error).__name__}
    tell(logger, "unexpected", facts, logging.ERROR)
    return StudioError("Something went wrong inside the studio.", code="unexpected")


def error_json(request: Request, error: StudioError) -> dict[str, Any]:
    """What is told of the error, in the client's language."""
    locales: Locales = request.app.state.locales
    asked = request.headers.get("accept-language", "en")[:2].lower()
    return {
        "code": error.code,
        "hint": writable(error.hint)[:MOST_TOLD],
        "message": writable(locales.sentence(error, locales.known(asked)))[:MOST_TOLD],
        "facts": {name: _plain(value) for name, value in error.facts.items()},
    }


def error_status(error: StudioError) -> int:
    """The HTTP status of the error."""
    if error.code in _STATUS_BY_CODE:
        return _STATUS_BY_CODE[error.code]
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)


def _plain(value: object) -> object:
    """What JSON has a word for. What a client sent comes back no longer than it helps."""
    known = value is None or isinstance(value, bool | int)
    if known or (isinstance(value, float) and math.isfinite(value)):
        return value
    return writable(str(value))[:MOST_TOLD]
