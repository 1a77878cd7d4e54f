"""`/v1/chat/completions` and `/v1/models`: the studio's writers for tools that speak OpenAI.

Requests go through the one manager: they share batches, turns, limits and the word filter with the
page. A person is the one that `X-Studio-User` names, else whoever holds the bearer key, else an
address. With STUDIO_API_KEY set the key is asked for. Hanging up cancels.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import math
import random
import re
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import ValidationError
from starlette.exceptions import HTTPException

from studio.asker import SIGNED_IN
from studio.catalog import Card
from studio.crafts.form import spoken_language
from studio.engine.ticket import Ticket
from studio.errors import (
    Busy,
    Cancelled,
    DeadlineExceeded,
    InvalidInput,
    NotReady,
    Refused,
    StudioError,
)
from studio.json_body import json_object
from studio.locales import Locales
from studio.merging import merged
from studio.openai_chat import Answer, ChatBody
from studio.requests import Chunk
from studio.service import Studio

KEEP_ALIVE_S = 2.0
"""A stream that has nothing to say yet says so; before its first word it waits so long for an
error that still can have a status of its own."""
LISTEN_S = 0.5
"""How often a request that is not streamed looks whether somebody still waits for it."""
RETRY_AFTER_S = 5
MOST_SEED = 2**31 - 1
ANY_MODEL = frozenset({"", "default"})
PERSON = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
_STATUS_BY_CODE: Mapping[str, int] = MappingProxyType(
    {
        "no_card": 404,
        "body_too_large": 413,
        "unauthorized": 401,
        "endpoint_busy": 429,
        "endpoint_failed": 502,
        "endpoint_broken": 502,
        "endpoint_rejected": 400,
        "endpoint_timeout": 504,
        "endpoint_key": 502,
        "constraint_remote": 400,
    }
)
_STATUS: Mapping[type[Exception], int] = MappingProxyType(
    {InvalidInput: 400, Refused: 400, Busy: 429, NotReady: 503, DeadlineExceeded: 504}
)
_TYPES: Mapping[int, str] = MappingProxyType(
    {401: "authentication_error", 404: "invalid_request_error", 429: "rate_limit_error"}
)


def openai_app(studio: Studio, locales: Locales) -> FastAPI:
    """The app to mount at /v1: errors are OpenAI's objects, in the client's language."""
    app = FastAPI(
        title="Atelier, as OpenAI has it",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(_let_in)],
    )
    app.state.studio, app.state.locales = studio, locales
    app.add_api_route("/models", models)
    app.add_api_route("/models/{name:path}", model)
    app.add_api_route("/chat/completions", chat, methods=["POST"], response_model=None)
    for kind in (StudioError, Cancelled, HTTPException, Exception):
        app.add_exception_handler(kind, _answer_error)
    return app


def models(request: Request) -> dict[str, Any]:
    """The writers that are here, each followed by its adapters."""
    return {"object": "list", "data": [_model_json(card) for card in _served(_studio(request))]}


def model(name: str, request: Request) -> dict[str, Any]:
    """One of them."""
    return _model_json(_named(_studio(request), name))


async def chat(request: Request) -> Response:
    """A chat completion, whole or as server-sent events."""
    studio, body = _studio(request), _body(await json_object(request))
    card, adapter, name = await _writer(studio, body)
    seed = random.SystemRandom().randint(1, MOST_SEED)
    tickets: list[Ticket] = []
    try:
        for each in body.requests(card, adapter, _person(request), seed):
            tickets.append(await studio.ask(each))
        answer = Answer(name, len(tickets))
        if body.stream:
            return await _streamed(answer, tickets, body.usage_wanted, request)
        return JSONResponse(await _whole(answer, tickets, request))
    except BaseException:
        for ticket in tickets:
            ticket.cancel()
        raise


async def _whole(answer: Answer, tickets: Sequence[Ticket], request: Request) -> dict[str, Any]:
    async with aclosing(_chunks(tickets, LISTEN_S)) as batches:
        async for batch in batches:
            for index, chunk in batch:
                answer.take(index, chunk)
            if not batch and await request.is_disconnected():
                raise Cancelled
    return answer.whole()


async def _streamed(
    answer: Answer, tickets: Sequence[Ticket], usage: bool, request: Request
) -> Response:
    events = _events(answer, tickets, usage, request)
    first = await anext(events, "")
    headers = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}
    return StreamingResponse(_from(first, events), media_type="text/event-stream", headers=headers)


async def _from(first: str, rest: AsyncGenerator[str, None]) -> AsyncGenerator[str, None]:
    async with aclosing(rest):
        yield first
        async for each in rest:
            yield each


async def _events(
    answer: Answer, tickets: Sequence[Ticket], usage: bool, request: Request
) -> AsyncGenerator[str, None]:
    """Server-sent events up to [DONE]. What fails before the first is raised, later it is told."""
    begun = False
    try:
        async with aclosing(_chunks(tickets, KEEP_ALIVE_S)) as batches:
            async for batch in batches:
                said = [each for index, chunk in batch for each in answer.take(index, chunk)]
                if said or not batch:
                    begun = True
                    yield "".join(map(_data, said)) or ": waiting\n\n"
    except StudioError as error:
        if not begun:
            raise
        yield _data({"error": _error_json(request, error, _status(error))})
    else:
        yield (_data(answer.last()) if usage else "") + "data: [DONE]\n\n"


async def _chunks(
    tickets: Sequence[Ticket], every_s: float
) -> AsyncGenerator[list[tuple[int, Chunk]], None]:
    """Chunks of all tickets with their indices; [] after so many silent seconds."""
    batches = merged([aiter(ticket) for ticket in tickets])
    following = asyncio.ensure_future(anext(batches, None))
    try:
        while True:
            done, _ = await asyncio.wait({following}, timeout=every_s)
            if not done:
                yield []
                continue
            if (batch := following.result()) is None:
                return
            following = asyncio.ensure_future(anext(batches, None))
            if news := [each for each in batch if each[1].queue_position is None]:
                yield news
    finally:
        following.cancel()
        await asyncio.wait({following})
        await batches.aclose()


def _data(event: Mapping[str, Any]) -> str:
    return f"data: {json.dumps(event, ensure_ascii=False)}\n\n"


def _body(given: dict[str, Any]) -> ChatBody:
    try:
        return ChatBody.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        reason = f"{place}: {first['msg']}"
        raise InvalidInput(place, reason, code="bad_parameter", reason=reason) from error


async def _writer(studio: Studio, body: ChatBody) -> tuple[str, str | None, str]:
    """(card, adapter, name to answer with). Raises NotReady `no_card` for unknown names."""
    if body.model in ANY_MODEL:
        said = [each.text for each in body.messages if each.role == "user"]
        card = await studio.chosen_writer(spoken_language(said[-1] if said else ""))
        return card, None, card
    found = _named(studio, body.model)
    if found.kind == "lora":
        return found.base, found.name, body.model
    return found.name, None, body.model


def _served(studio: Studio) -> list[Card]:
    bases = [card for card in studio.writer_cards() if studio.usable(card)]
    return [
        each
        for base in bases
        for each in (base, *filter(studio.usable, studio.catalog.adapters(base.name)))
    ]


def _named(studio: Studio, name: str) -> Card:
    """The writer or adapter of that name, or the writer with that hub id."""
    for card in _served(studio):
        if name == card.name or any(name == source.repo_id for source in card.sources):
            return card
    raise NotReady(name, f"There is no model {name}.", "See /v1/models.", code="no_card")


def _model_json(card: Card) -> dict[str, Any]:
    about: dict[str, Any] = {"id": card.name, "object": "model", "created": 0}
    about |= {"owned_by": "atelier", "languages": list(card.languages), "licence": card.licence}
    return about | ({"parent": card.base} if card.kind == "lora" else {})


def _studio(request: Request) -> Studio:
    studio: Studio = request.app.state.studio
    return studio


def _let_in(request: Request) -> None:
    key = _studio(request).settings.api_key
    if key and SIGNED_IN not in request.scope and not key.matches(_bearer(request)):
        raise StudioError(
            "This needs the studio's API key.",
            "Send it as Authorization: Bearer KEY.",
            code="unauthorized",
        )


def _bearer(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _person(request: Request) -> str:
    """Whose turn it is. Keys and addresses are only kept as hashes."""
    if SIGNED_IN in request.scope:
        return str(request.scope[SIGNED_IN])
    named = request.headers.get("x-studio-user", "")
    if PERSON.match(named):
        return named
    host = request.client.host if request.client else ""
    return "api-" + hashlib.sha256((_bearer(request) or host).encode()).hexdigest()[:32]


def _answer_error(request: Request, error: Exception) -> Response:
    if isinstance(error, Cancelled):
        return Response(status_code=499)
    if isinstance(error, HTTPException):
        phrase = HTTPStatus(error.status_code).phrase
        told = {"message": phrase, "type": "invalid_request_error", "param": None, "code": None}
        return JSONResponse({"error": told}, status_code=error.status_code)
    if not isinstance(error, StudioError):
        error = StudioError("Something went wrong inside the studio.", code="unexpected")
    status = _status(error)
    retry_s = error.retry_s if isinstance(error, Busy) else RETRY_AFTER_S
    headers = {"Retry-After": str(math.ceil(retry_s))} if status == 429 else {}
    headers |= {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    told = _error_json(request, error, status)
    return JSONResponse({"error": told}, status_code=status, headers=headers)


def _error_json(request: Request, error: StudioError, status: int) -> dict[str, Any]:
    locales: Locales = request.app.state.locales
    lang = locales.known(request.headers.get("accept-language", "en")[:2].lower())
    usual = "server_error" if status >= 500 else "invalid_request_error"
    return {
        "message": locales.sentence(error, lang),
        "type": _TYPES.get(status, usual),
        "param": error.field if isinstance(error, InvalidInput) else None,
        "code": "model_not_found" if error.code == "no_card" else error.code,
    }


def _status(error: StudioError) -> int:
    if error.code in _STATUS_BY_CODE:
        return _STATUS_BY_CODE[error.code]
    return next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
