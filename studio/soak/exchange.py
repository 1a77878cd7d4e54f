"""One person's HTTP: every answer is checked for whose it is, timed, and counted once."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any

import httpx
from httpx_sse import ServerSentEvent, SSEError, aconnect_sse

from studio.soak.marks import marks_in
from studio.soak.tally import Tally

BUSY = frozenset({"busy", "rate", "too_many_requests", "endpoint_busy"})
NOT_HERE = frozenset({"terms_not_accepted", "not_installed", "not_ready", "no_card"})
"""A server may lack weights, and say so: that is no failure."""
Json = dict[str, Any]
Events = AsyncGenerator[ServerSentEvent, None]


class Failed(Exception):
    """The request ended in an error sentence, or was lost; it is counted already."""

    def __init__(self, status: int = 0, code: str = "") -> None:
        super().__init__(f"{status} {code}")
        self.status, self.code = status, code


class Exchange:
    """What one person sends and gets."""

    def __init__(self, client: httpx.AsyncClient, mark: str, tally: Tally) -> None:
        self._client = client
        self._mark = mark
        self._tally = tally

    async def json(self, kind: str, method: str, path: str, **more: Any) -> Json:
        """An answer that is JSON and this person's own. Raises Failed."""
        response = await self.answer(kind, method, path, **more)
        try:
            told: Json = response.json()
        except ValueError:
            raise self._lost(kind, f"{path} answered no JSON") from None
        return told

    async def answer(self, kind: str, method: str, path: str, **more: Any) -> httpx.Response:
        """A good answer. Raises Failed for any other."""
        self._tally.begun[kind] += 1
        begun = time.perf_counter()
        try:
            response = await self._client.request(method, path, **more)
        except httpx.TransportError as error:
            raise self._lost(kind, f"{method} {path}: {type(error).__name__} {error}") from None
        self.check(response.content, path)
        if response.is_error:
            raise self._erred(kind, response.status_code, response.text)
        self.serve(kind, begun)
        return response

    async def wrong(self, kind: str, method: str, path: str, **more: Any) -> None:
        """Something that must be told apart as wrong: a 4xx with a sentence."""
        try:
            response = await self.answer(kind, method, path, **more)
        except Failed:
            return
        self._tally.break_promise("unclear", f"{method} {path} took {kind}: {response.text[:80]}")

    async def streamed(
        self, kind: str, path: str, body: Json, stop: Callable[[int], bool]
    ) -> list[tuple[str, Json]]:
        """Named events up to the last; what came before when `stop(events)` says to hang up.
        Raises Failed."""
        self._tally.begun[kind] += 1
        begun, events = time.perf_counter(), list[tuple[str, Json]]()
        try:
            async with aconnect_sse(self._client, "POST", path, json=body) as source:
                if source.response.is_error:
                    told = (await source.response.aread()).decode("utf-8", "replace")
                    raise self._erred(kind, source.response.status_code, told)
                async with aclosing(source.aiter_sse()) as arriving:
                    async for each in arriving:
                        if self._take(kind, each, events, begun):
                            return events
                        if stop(len(events)):
                            self._tally.stopped[kind] += 1
                            return events
        except (httpx.TransportError, SSEError) as error:
            raise self._lost(kind, f"{path}: {type(error).__name__} {error}") from None
        raise self._lost(kind, f"{path} ended without its result after {len(events)} events")

    def _take(
        self, kind: str, each: ServerSentEvent, events: list[tuple[str, Json]], begun: float
    ) -> bool:
        """Whether this was the last one."""
        self.check(each.data, kind)
        if each.data == "[DONE]":
            self.serve(kind, begun)
            return True
        told: Json = json.loads(each.data)
        if "error" in told:
            raise self._erred(kind, int(told.get("status", 200)), each.data)
        if _is_first(each.event, told) and not any(_is_first(*old) for old in events):
            self._tally.first_s[kind].append(time.perf_counter() - begun)
        events.append((each.event, told))
        if each.event in ("work", "duel"):
            self.serve(kind, begun)
            return True
        return False

    def serve(self, kind: str, begun: float) -> None:
        """Count a result."""
        self._tally.served[kind] += 1
        self._tally.total_s[kind].append(time.perf_counter() - begun)

    def check(self, content: str | bytes, where: str) -> None:
        """Nobody else's mark may be in it."""
        if others := marks_in(content) - {self._mark}:
            self._tally.break_promise("crossed", f"{where}: {sorted(others)} in {self._mark}'s")

    def owned(self, work: Mapping[str, Any], where: str) -> None:
        """The person's own mark must be in it."""
        if self._mark not in json.dumps(work):
            self._tally.break_promise("crossed", f"{where}: no mark of {self._mark}")

    def _erred(self, kind: str, status: int, text: str) -> Failed:
        code, message = _told(text)
        if code in BUSY or status == 429:
            self._tally.refused[code or str(status)] += 1
        else:
            self._tally.erred[f"{status} {code}"] += 1
            if not message:
                self._tally.break_promise("unclear", f"{kind} {status}: {text[:120]}")
            failed = status >= 500 and code not in NOT_HERE
            if failed or code in ("unexpected", "model_failed"):
                self._tally.break_promise("failed", f"{kind} {status} {code}: {message[:160]}")
        return Failed(status, code)

    def _lost(self, kind: str, note: str) -> Failed:
        self._tally.break_promise("lost", f"{kind} {note}")
        return Failed()


def _is_first(event: str, told: Json) -> bool:
    """Whether this event is the first sign that something is being made."""
    if event == "progress":
        return bool(told.get("stage") not in ("waiting", None))
    return event == "text" or any(
        each.get("delta", {}).get("content") for each in told.get("choices", ())
    )


def _told(text: str) -> tuple[str, str]:
    """(code, message) of an error's JSON; empty strings for anything else."""
    try:
        error = json.loads(text)["error"]
        return str(error["code"] or error.get("type")), str(error["message"])
    except (ValueError, KeyError, TypeError):
        return "", ""
