"""The works of one tab, one after another: each run's work is put on a trail, back and forward
lay another on the paper. The browser keeps the trail."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.events import Dependency

from studio.errors import InvalidInput
from studio.ui.controls import Form
from studio.ui.drafts import Draft
from studio.ui.manuscript import version_line
from studio.ui.outputs import paint_work
from studio.ui.painting import Bench
from studio.ui.shell import QUIET, Shell
from studio.ui.strings import Words
from studio.ui.trail import Step, Trail
from studio.works import Work

Laid = tuple[object, ...]
"""Updates for (trail, version line, back, forward, result, work id, actions, star)."""


@dataclass(frozen=True, slots=True)
class VersionRow:
    """Where a person is among the works they made."""

    back: gr.Button
    version: gr.HTML
    forward: gr.Button
    trail: gr.Textbox
    """A `Trail` as JSON, kept by the browser."""


def version_row(words: Words, kind: str) -> VersionRow:
    """Back and forward through the works of a kind of output."""
    with gr.Row(elem_classes=["versions", "sheets-made"]):
        back = gr.Button(words(f"{kind}.back"), size="sm", elem_classes="turn", interactive=False)
        version = gr.HTML(words(f"{kind}.first"), elem_classes="which")
        forward = gr.Button(
            words(f"{kind}.forward"), size="sm", elem_classes="turn", interactive=False
        )
    trail = gr.Textbox(label="trail", elem_classes="behind", interactive=True)
    return VersionRow(back, version, forward, trail)


class WorkTrail:
    """The events of one trail. `how` names how a work was made: a key `version.<how>`."""

    def __init__(
        self,
        shell: Shell,
        form: Form,
        row: VersionRow,
        bench: Bench,
        how: Callable[[Work], str],
    ) -> None:
        self._shell = shell
        self._form = form
        self._row = row
        self._bench = bench
        self._how = how

    def wire(self) -> None:
        """Connect back and forward."""
        for button, by in ((self._row.back, -1), (self._row.forward, 1)):
            button.click(self._turner(by), self._given(), self._laid(), **self._named("turn"))

    def after(self, event: Dependency) -> None:
        """Put the work that this event brought on the trail, or lay the trail's own again."""
        given = [*self._given(), self._bench.work]
        event.then(self._arrive, given, self._laid(), **self._named("arrive"))

    def draft(self) -> Draft:
        """The trail, for the browser to keep."""
        return Draft(f"easel-{self._form.craft.name}", (self._row.trail,), ("",))

    def _given(self) -> list[Any]:
        return [self._shell.person, self._shell.language, self._row.trail]

    def _laid(self) -> list[Block]:
        row, bench = self._row, self._bench
        shown: list[Block] = [bench.result, bench.work, bench.actions, bench.star]
        return [row.trail, row.version, row.back, row.forward, *shown]

    def _named(self, what: str) -> dict[str, Any]:
        return {"api_name": f"{self._form.craft.name}_{what}", **QUIET}

    def _turner(self, by: int) -> Callable[..., Awaitable[Laid]]:
        async def turn(person: str, lang: str, trail_text: str) -> Laid:
            """Back or forward by one work."""
            return await self._lay(person, lang, Trail.read(trail_text).moved(by))

        return turn

    async def _arrive(self, person: str, lang: str, trail_text: str, work_id: str) -> Laid:
        trail = Trail.read(trail_text)
        if not work_id:
            return await self._lay(person, lang, trail)
        known = trail.at_work(work_id)
        if known is None:
            work = await self._shell.studio.work(work_id, user=person)
            known = trail.with_steps([Step(work_id, 0, -1, self._how(work))])
        return await self._lay(person, lang, known, paint=False)

    async def _lay(self, person: str, lang: str, trail: Trail, *, paint: bool = True) -> Laid:
        """Updates that lay the trail's present work on the paper (without `paint`: but for it)."""
        work, words = await self._work(person, trail), self._shell.words
        tongue = words.tongue(lang)
        kind = self._form.craft.output
        board: object = gr.skip()
        if paint:
            board = tongue(f"empty.{kind}")
        if paint and work is not None:
            board = await asyncio.to_thread(paint_work, kind, work, tongue, at_hand=True)
        starred = work is not None and work.starred
        return (
            trail.json(),
            version_line(trail, tongue) if trail.now else tongue(f"{kind}.first"),
            gr.Button(interactive=trail.at > 0),
            gr.Button(interactive=trail.at < len(trail.steps) - 1),
            board,
            work.id if work else "",
            gr.Row(visible=work is not None),
            gr.Button(words("page.starred" if starred else "page.star")),
        )

    async def _work(self, person: str, trail: Trail) -> Work | None:
        if trail.now is None:
            return None
        try:
            return await self._shell.studio.work(trail.now.work, user=person)
        except InvalidInput:
            return None
