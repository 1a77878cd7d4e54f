"""The wire to an OpenAI-compatible server: one POST, answered by server-sent events.

https://platform.openai.com/docs/api-reference/chat-streaming. Before the first word a busy server
(429, with its Retry-After), a failing one (5xx) and a lost connection are tried again with growing,
jittered pauses; after it nothing is, since the person has read a part.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import httpx
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception,
    stop_after_attempt,
    wait_exponential_jitter,
)

from studio import __version__
from studio.catalog import Card
from studio.families.remote_body import without_extras
from studio.families.remote_errors import BrokenOff, Refusal
from studio.families.remote_events import pieces_of, refusal_of
from studio.families.remote_row import Piece
from studio.secret import Secret

ATTEMPTS = 5
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 20.0
LONGEST_RETRY_AFTER_S = 60.0
AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
CONNECT_S = 5.0


@dataclass(slots=True)
class _Answer:
    """An answer whose first piece has come."""

    response: httpx.Response
    pieces: AsyncGenerator[Piece, None]
    first: Piece | None


class Endpoint:
    """One server and one model on it. Used from one event loop."""

    def __init__(
        self,
        card: str,
        address: str,
        *,
        model: str = "",
        key: Secret | None = None,
        silence_s: float = 120.0,
        first_pause_s: float = FIRST_PAUSE_S,
    ) -> None:
        """`silence_s`: how long the server may say nothing."""
        self.card = card
        self.silence_s = silence_s
        self._model = model
        self._key = key or Secret()
        self._plain = False
        self._pause = wait_exponential_jitter(
            multiplier=first_pause_s, max=LONGEST_PAUSE_S, jitter=first_pause_s
        )
        headers = {"User-Agent": f"atelier/{__version__}"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key.reveal()}"
        self._client = httpx.AsyncClient(
            base_url=address + "/",
            headers=headers,
            timeout=httpx.Timeout(silence_s, connect=CONNECT_S, pool=None),
            limits=httpx.Limits(max_connections=None),
            trust_env=not _is_here(address),
        )

    @classmethod
    def of(cls, card: Card) -> Endpoint:
        """The endpoint that a card of kind "remote" describes."""
        given = card.extra
        key = given.get("key")
        return cls(
            card.name,
            str(given["endpoint"]),
            model=str(given.get("model", "")),
            key=key if isinstance(key, Secret) else None,
            silence_s=float(given.get("timeout_s", 120.0)),
            first_pause_s=float(given.get("first_pause_s", FIRST_PAUSE_S)),
        )

    def hidden(self, text: str) -> str:
        """The text without the key."""
        return self._key.hidden_in(text)

    async def stream(
        self, body: Mapping[str, object], within_s: float | None = None
    ) -> AsyncGenerator[Piece, None]:
        """The answer piece by piece. The first must come `within_s`, tries included.

        Raises Refusal, BrokenOff, TimeoutError or httpx.TransportError. Closing the generator
        closes the connection, which is how a server learns of a cancel.
        """
        async with asyncio.timeout(within_s):
            answer = await self._begun({**body, "model": body["model"] or await self._named()})
        try:
            if answer.first is not None:
                yield answer.first
            async for piece in answer.pieces:
                yield piece
        finally:
            await answer.pieces.aclose()
            await answer.response.aclose()

    async def close(self) -> None:
        """Close what is left of connections."""
        await self._client.aclose()

    async def _named(self) -> str:
        """The model's name: the configured one, or the first that the server lists."""
        if not self._model:
            answer: httpx.Response = await self._retrying()(self._list)
            self._model = _first_model(answer)
        return self._model

    async def _begun(self, body: Mapping[str, object]) -> _Answer:
        """An answer that has begun, without the extras where the server refuses them."""
        if self._plain:
            return await self._asked(without_extras(body))
        try:
            return await self._asked(body)
        except Refusal as refusal:
            if refusal.status not in (400, 422):
                raise
            answer = await self._asked(without_extras(body))
            self._plain = True
            return answer

    async def _asked(self, body: Mapping[str, object]) -> _Answer:
        answer: _Answer = await self._retrying()(self._ask, body)
        return answer

    async def _ask(self, body: Mapping[str, object]) -> _Answer:
        request = self._client.build_request("POST", "chat/completions", json=body)
        response = await self._client.send(request, stream=True)
        try:
            if response.status_code >= 400:
                raise await refusal_of(response)
            pieces = pieces_of(response)
            return _Answer(response, pieces, await anext(pieces, None))
        except BaseException:
            await response.aclose()
            raise

    async def _list(self) -> httpx.Response:
        response = await self._client.get("models")
        if response.status_code >= 400:
            raise await refusal_of(response)
        return response

    def _retrying(self) -> AsyncRetrying:
        return AsyncRetrying(
            stop=stop_after_attempt(ATTEMPTS),
            wait=self._wait,
            retry=retry_if_exception(_worth_another_try),
            reraise=True,
        )

    def _wait(self, state: RetryCallState) -> float:
        """Growing and jittered; never shorter than the server asks for."""
        error = state.outcome.exception() if state.outcome else None
        asked = error.retry_after_s if isinstance(error, Refusal) else 0.0
        return max(self._pause(state), min(asked, LONGEST_RETRY_AFTER_S))


def _worth_another_try(error: BaseException) -> bool:
    if isinstance(error, Refusal):
        return error.status in AGAIN
    silent = isinstance(error, httpx.TimeoutException) and not isinstance(
        error, httpx.ConnectTimeout
    )
    return isinstance(error, httpx.TransportError) and not silent


def _first_model(answer: httpx.Response) -> str:
    try:
        return str(answer.json()["data"][0]["id"])
    except (ValueError, LookupError, TypeError) as error:
        raise BrokenOff("no list of models") from error


def _is_here(address: str) -> bool:
    """On this machine: no proxy stands between."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
