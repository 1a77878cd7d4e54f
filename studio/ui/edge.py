"""The edge: errors become sentences, progress becomes a status line."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from typing import TypeVar

import gradio as gr
from gradio.context import LocalContext
from markupsafe import Markup

from studio.errors import StudioError
from studio.telemetry.request_id import HEADER, carried
from studio.ui.markup import NOTHING, fragment
from studio.ui.strings import Tongue
from studio.works import DuelProgress, Progress

T = TypeVar("T", Progress, DuelProgress)

MINUTES_FROM_S = 100
PAINT_EVERY_S = 0.06
"""A page repainted more often than this only looks nervous."""

_log = logging.getLogger(__name__)


def explain(error: Exception, tongue: Tongue) -> str:
    """The sentence for the person; what nobody foresaw is logged and said so."""
    if isinstance(error, StudioError):
        return tongue.sentence(error)
    _log.exception("unexpected failure", exc_info=error)
    return tongue("error.unexpected")


def status_line(text: str = "", kind: str = "", fraction: float | None = None) -> Markup:
    """The line under the button. Screen readers hear it change."""
    if not text:
        return NOTHING
    bar = (
        NOTHING
        if fraction is None
        else fragment(
            '<i class="progress" aria-hidden="true"><i style="width:{width}%"></i></i>',
            width=round(100 * max(0.02, min(1.0, fraction))),
        )
    )
    return fragment('<p class="status {kind}">{text}</p>{bar}', kind=kind, text=text, bar=bar)


def failure_line(error: Exception, tongue: Tongue) -> Markup:
    """What went wrong, as the status line; a message in the corner says it too."""
    sentence = explain(error, tongue)
    gr.Warning(sentence, title=tongue("page.attention"))
    return status_line(sentence, "wrong")


def progress_line(progress: Progress | DuelProgress, tongue: Tongue) -> Markup:
    """Waiting with the place in the queue, running, finishing, or done."""
    position = progress.position
    if progress.stage == "waiting" and position is not None:
        return status_line(_waiting(position, progress.estimate_s, tongue), "busy", 0.0)
    if progress.stage == "done":
        return status_line(tongue("status.done"), "done")
    return status_line(tongue(f"status.{progress.stage}"), "busy", progress.fraction)


def _waiting(position: int, estimate_s: float | None, tongue: Tongue) -> str:
    """The place in the queue and, when it is known, about how long it takes until all is done."""
    told = tongue("status.waiting", ahead=position)
    if estimate_s is None:
        return told
    if estimate_s > MINUTES_FROM_S:
        return told + tongue("status.about_min", minutes=max(2, round(estimate_s / 60)))
    step = 1 if estimate_s < 20 else 5
    return told + tongue("status.about_s", seconds=max(1, step * round(estimate_s / step)))


async def paced(progress: AsyncIterator[T]) -> AsyncIterator[T]:
    """The same progress, but not faster than a page can be painted; changes of stage always.
    What it starts is done under the id of the page's own request."""
    clock = asyncio.get_running_loop()
    painted, stage = 0.0, ""
    steps = aiter(progress)
    with carried(page_request_id()):
        each = await anext(steps, None)
    while each is not None:
        if each.stage != stage or clock.time() - painted >= PAINT_EVERY_S:
            painted, stage = clock.time(), each.stage
            yield each
        each = await anext(steps, None)


def page_request_id() -> str:
    """The id that the edge gave to the page's event; "" for a call without one."""
    request = LocalContext.request.get(None)
    headers = getattr(request, "headers", None)
    return str(headers.get(HEADER.lower(), "")) if headers else ""
