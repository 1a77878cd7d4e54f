"""How the door says no: one JSON that the API, OpenAI's clients and the page understand."""

from __future__ import annotations

from starlette.responses import JSONResponse, PlainTextResponse, Response

from studio.door.asgi import Scope, header, route
from studio.errors import StudioError
from studio.locales import Locales

UPLOAD = "/gradio_api/upload"
_TYPES = ((401, "authentication_error"), (429, "rate_limit_error"))


def refusal(
    locales: Locales, scope: Scope, error: StudioError, status: int, **headers: str
) -> Response:
    """The error in the client's language. The page reads `detail`, an upload plain text."""
    sentence = locales.sentence(error, asked_language(locales, scope))
    if route(scope) == UPLOAD:
        return PlainTextResponse(sentence, status, headers)
    kind = dict(_TYPES).get(status, "invalid_request_error")
    told: dict[str, object] = {"code": error.code, "message": sentence, "hint": error.hint}
    told |= {"type": kind, "facts": dict(error.facts), "param": None}
    return JSONResponse({"error": told, "detail": sentence}, status, headers)


def asked_language(locales: Locales, scope: Scope) -> str:
    """The first language that the client asks for and that there are words in."""
    for part in header(scope, "accept-language").split(","):
        code = part.strip()[:2].lower()
        if code and locales.known(code) == code:
            return code
    return locales.known("")
