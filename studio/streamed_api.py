"""A generation over HTTP as it comes: server-sent events up to the finished work.

    event: progress   {"stage", "fraction", "position", "estimate_s", "parts"}   when one changes
    event: text       {"version", "at", "text"}   the version's text from the character `at` on
    event: work       the finished work, as a plain answer has it
    event: error      {"error": {...}}, as the body of a plain answer has it

Either `work` or `error` is the last event. `position` and `estimate_s` are null once it runs.
Hanging up stops it; what there is of a text is kept.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from studio.crafts.craft import BETWEEN_VERSIONS
from studio.errors import Cancelled
from studio.event_stream import event, event_response, last_item
from studio.work_json import work_json
from studio.works import PartProgress, Progress, Work


class TextEvents:
    """What was told of the versions' texts, so that only news is told."""

    def __init__(self) -> None:
        self._told: list[str] = []

    def news(self, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
        """From where each version differs from what was told."""
        for number, text in enumerate(texts):
            if number == len(self._told):
                self._told.append("")
            if text != self._told[number]:
                at = _alike(self._told[number], text)
                self._told[number] = text
                yield {"version": number + 1, "at": at, "text": text[at:]}


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
    return await event_response(_events(progress, person), request)


async def _events(
    progress: AsyncGenerator[Progress, None], person: str
) -> AsyncGenerator[str, None]:
    texts, before = TextEvents(), dict[str, Any]()
    async with aclosing(progress) as steps:
        async for each in steps:
            now = progress_json(each)
            if now != before:
                before = now
                yield event("progress", now)
            for news in texts.news(each.preview.split(BETWEEN_VERSIONS)):
                yield event("text", news)
            if each.work is not None:
                yield event("work", work_json(each.work) | {"user": person})


def progress_json(progress: Progress) -> dict[str, Any]:
    """How far it is, pictures aside."""
    estimate = progress.estimate_s
    return {
        "stage": progress.stage,
        "fraction": round(progress.fraction, 2),
        "position": progress.position,
        "estimate_s": None if estimate is None else round(estimate, 1),
        "parts": [_part_json(each) for each in progress.parts],
    }


def _part_json(part: PartProgress) -> dict[str, Any]:
    told = {"name": part.name, "kind": part.kind, "state": part.state, "text": part.text}
    return {**told, "fraction": round(part.fraction, 2)}
