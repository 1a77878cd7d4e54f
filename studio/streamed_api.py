"""A generation over HTTP as it comes: server-sent events up to the finished work.

    event: progress   {"stage", "fraction", "position", "estimate_s", "parts"}   when one changes
    event: text       {"version", "at", "text"}   the version's text from the character `at` on
    event: work       the finished work, as a plain answer has it
    event: error      {"error": {...}}, as the body of a plain answer has it

Either `work` or `error` is the last event. `position` and `estimate_s` are null once it runs.
Hanging up stops it; what there is of a text is kept.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from studio.crafts.craft import BETWEEN_VERSIONS
from studio.errors import Cancelled
from studio.event_stream import event, event_response, last_item
from studio.work_json import work_json
from studio.works import PartProgress, Progress, Work

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """What one step of a generation has to tell."""

    progress: Mapping[str, Any]
    texts: Sequence[str]
    end: tuple[str, Mapping[str, Any]] | None = None
    """The name and the data of the stream's last event."""


class TextEvents:
    """What was told of the versions' texts, so that only news is told."""

    def __init__(self, version: Callable[[int], Mapping[str, Any]]) -> None:
        """`version` names the one of a number (from 0)."""
        self._version = version
        self._told: list[str] = []

    def news(self, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
        """From where each version differs from what was told."""
        for number, text in enumerate(texts):
            if number == len(self._told):
                self._told.append("")
            if text != self._told[number]:
                at = _alike(self._told[number], text)
                self._told[number] = text
                yield {**self._version(number), "at": at, "text": text[at:]}


def _alike(before: str, now: str) -> int:
    """Characters that both begin with."""
    if now.startswith(before):
        return len(before)
    pairs = zip(before, now, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), len(now))


async def whole_work(progress: AsyncGenerator[Progress, None], request: Request) -> Work:
    """The finished work. Raises Cancelled when the client hung up."""
    last = await last_item(progress, request)
    if last.work is None:
        raise Cancelled
    return last.work


async def streamed_work(
    progress: AsyncGenerator[Progress, None], request: Request, person: str
) -> Response:
    """The generation as events."""
    events = told_events(progress, partial(_told, person=person), lambda n: {"version": n + 1})
    return await event_response(events, request)


async def told_events(
    steps: AsyncGenerator[T, None],
    told: Callable[[T], Told],
    version: Callable[[int], Mapping[str, Any]],
) -> AsyncGenerator[str, None]:
    """Events of a generation's steps: `progress` and `text` when there is news, then its end."""
    texts, before = TextEvents(version), Told({}, ())
    async with aclosing(steps):
        async for step in steps:
            now = told(step)
            if now.progress != before.progress:
                yield event("progress", now.progress)
            for news in texts.news(now.texts):
                yield event("text", news)
            if now.end is not None:
                yield event(*now.end)
            before = now


def _told(step: Progress, person: str) -> Told:
    work = step.work
    end = None if work is None else ("work", work_json(work) | {"user": person})
    return Told(progress_json(step), step.preview.split(BETWEEN_VERSIONS), end)


def progress_json(progress: Progress) -> dict[str, Any]:
    """How far it is, pictures aside."""
    return {
        "stage": progress.stage,
        "fraction": round(progress.fraction, 2),
        "position": progress.position,
        "estimate_s": in_tenths(progress.estimate_s),
        "parts": [_part_json(each) for each in progress.parts],
    }


def in_tenths(seconds: float | None) -> float | None:
    """An estimate, no finer than it can be."""
    return None if seconds is None else round(seconds, 1)


def _part_json(part: PartProgress) -> dict[str, Any]:
    told = {"name": part.name, "kind": part.kind, "state": part.state, "text": part.text}
    return {**told, "fraction": round(part.fraction, 2)}
