"""A run, painted as it comes: what every button that makes something shares."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass

import gradio as gr
from gradio.blocks import Block

from studio.crafts.craft import Craft
from studio.errors import StorageFailed
from studio.service import AS_ASKED
from studio.ui.edge import paced, progress_line, status_line
from studio.ui.outputs import paint_progress, paint_work
from studio.ui.shell import Shell
from studio.ui.stopping import until
from studio.ui.terms import failed
from studio.works import Arm, Progress, Work

Paint = tuple[object, ...]
"""Updates for (status, result, stop button, actions, star button, plan button, work id, and the
card whose terms are to be accepted)."""


@dataclass(frozen=True, slots=True)
class Bench:
    """The components that a run of the craft writes to, in the order of `Paint`."""

    status: gr.HTML
    result: gr.HTML
    stop: gr.Button
    actions: gr.Row
    star: gr.Button
    plan: gr.Button
    work: gr.State
    terms: gr.State

    def all(self) -> list[Block]:
        painted = [self.status, self.result, self.stop, self.actions, self.star, self.plan]
        return [*painted, self.work, self.terms]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks for a run, from which open page, in which language."""

    session: str
    person: str
    lang: str


async def run_painted(
    shell: Shell,
    craft: Craft,
    asker: Asker,
    inputs: Callable[[], Awaitable[Mapping[str, object]]],
    arm: Arm = AS_ASKED,
) -> AsyncGenerator[tuple[Paint, str], None]:
    """Paints what comes, says what went wrong, loses nothing. Beside each paint: what a stopped
    text left. `inputs` is awaited here, so that its errors become sentences, too."""
    tongue = shell.words.tongue(asker.lang)
    with shell.stops.run((asker.session, craft.name)) as asked:
        left = ""
        yield _started(status_line(tongue("status.running"), "busy", 0.0)), ""
        try:
            made = shell.studio.generate(craft.name, await inputs(), user=asker.person, arm=arm)
            async with aclosing(until(made, asked)) as progress:
                async for each in paced(progress):
                    left = each.preview
                    yield await asyncio.to_thread(_painted, craft, each, shell, asker.lang), ""
        except StorageFailed as error:  # the text is on the page and nowhere else
            yield _ended(*failed(error, tongue)), left
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            yield _ended(*failed(error, tongue)), ""
        if asked.is_set():
            yield _ended(status_line(tongue("status.stopped"), "done")), left


def _started(status: object) -> Paint:
    shown = gr.Button(visible=True), gr.Row(visible=False)
    return status, gr.skip(), *shown, *[gr.skip()] * 2, "", ""


def _ended(status: object, terms: str = "") -> Paint:
    return status, gr.skip(), gr.Button(visible=False), *[gr.skip()] * 4, terms


def _painted(craft: Craft, progress: Progress, shell: Shell, lang: str) -> Paint:
    tongue = shell.words.tongue(lang)
    status = progress_line(progress, tongue)
    if progress.work is not None:
        return finished(shell, craft, progress.work, lang, status)
    return status, paint_progress(craft, progress, tongue), *[gr.skip()] * 6


def finished(shell: Shell, craft: Craft, work: Work, lang: str, status: object) -> Paint:
    """A finished work on the paper, with what can be done with it."""
    return (
        status,
        paint_work(craft.output, work, shell.words.tongue(lang), at_hand=True),
        gr.Button(visible=False),
        gr.Row(visible=True),
        gr.Button(shell.words("page.starred" if work.starred else "page.star")),
        gr.Button(visible=bool(work.plan)),
        work.id,
        "",
    )
