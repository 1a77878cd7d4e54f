"""The writing desk of a craft that declares one: what happens on it.

The browser keeps the text and the trail of versions; every version is a work in the history. The
text on the desk is kept as a work before anything takes its place, so nothing is overwritten.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.components import Component
from gradio.events import Dependency
from markupsafe import Markup

from studio.crafts.desk import Revision
from studio.crafts.form import spoken_language
from studio.crafts.insight import to_verify
from studio.errors import InvalidInput
from studio.prose.screenplay import is_scene
from studio.ui.controls import Form, idea_fields
from studio.ui.desk_parts import DeskParts
from studio.ui.desk_revising import Revising
from studio.ui.desk_versions import STILL, Laid, Versions
from studio.ui.drafts import Draft
from studio.ui.edge import failure_line
from studio.ui.manuscript import Read, reading
from studio.ui.markup import NOTHING, file_url
from studio.ui.shell import QUIET, Shell
from studio.ui.trail import Trail, steps_of, version_of

Handler = Callable[..., Awaitable[Laid]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The parts of the tab that the desk shares with a run of the craft."""

    status: gr.HTML
    result: gr.HTML
    stop: gr.Button
    work: gr.State
    actions: gr.Row
    star: gr.Button
    terms: gr.State
    """The card whose terms are to be accepted first."""
    writer: Component
    """Who shall write."""


class WritingDesk:
    """The events of one desk."""

    def __init__(self, shell: Shell, form: Form, parts: DeskParts, outcome: Outcome) -> None:
        self._shell = shell
        self._form = form
        self._name = form.craft.name
        self._parts = parts
        self._outcome = outcome
        self._versions = Versions(shell, self._name)
        self._revising = Revising(shell, form, parts.desk, self._versions)
        brief = (idea_fields(form.craft)[0].name, parts.desk.notes)
        self._brief = [at for at, each in enumerate(form.fields) if each.name in brief]

    def wire(self) -> None:
        """Connect everything but the arrival of works (see `after`)."""
        parts, given = self._parts, self._given()
        for revision, button, asked in parts.revisions:
            self._wire_revision(revision, button, asked)
        self._wire_decisions()
        for button, by in ((parts.back, -1), (parts.forward, 1)):
            turned = button.click(self._turner(by), given, self._laid(), **self._named("turn"))
            self._script(turned, "arrived")
        for extension, button in parts.files:
            outputs = [*self._laid(), parts.taken, self._outcome.status]
            taken = button.click(
                self._taker(extension), given, outputs, **self._named(f"take_{extension}")
            )
            taken.then(None, [parts.taken], None, js="(f) => window.atelier.desk.take(f)", **QUIET)
        read = parts.read_it.click(
            self._read,
            [*given, *self._form.controls],
            [parts.reading],
            trigger_mode="always_last",
            **self._named("read"),
        )
        # The same reading of the same text paints nothing new; its marks stand again all the same.
        self._script(read, "reread")

    def after(self, event: Dependency) -> None:
        """Lay the work that this event brought on the desk."""
        parts = self._parts
        arrived = event.then(
            self._arrive,
            [*self._given(), self._outcome.work, parts.leftover],
            [*self._laid(), self._outcome.result, parts.leftover],
            **self._named("arrive"),
        )
        self._script(arrived, "arrived")

    def draft(self) -> Draft:
        """The text and the trail of its versions, for the browser to keep."""
        return Draft(f"desk-{self._name}", (self._parts.manuscript, self._parts.trail), ("", ""))

    def _given(self) -> list[Any]:
        parts = self._parts
        return [self._shell.person, self._shell.language, parts.manuscript, parts.trail]

    def _laid(self) -> list[Block]:
        outcome = self._outcome
        return [*self._parts.laid(), outcome.work, outcome.actions, outcome.star]

    def _named(self, what: str) -> dict[str, Any]:
        return {"api_name": f"{self._name}_{what}", **QUIET}

    def _script(self, event: Dependency, function: str) -> None:
        js = f"() => window.atelier.desk.{function}({json.dumps(self._name)})"
        event.then(None, None, None, js=js, **QUIET)

    def _wire_revision(
        self, revision: Revision, button: gr.Button, asked: Component | None
    ) -> None:
        parts, outcome = self._parts, self._outcome
        told = f"{json.dumps(self._name)}, {json.dumps(revision.goes_on)}"
        js = f"() => window.atelier.desk.passage({told})"
        gathered = button.click(None, None, [parts.passage], js=js, **QUIET)
        revised = gathered.then(
            self._revising.reviser(revision),
            [
                *self._given(),
                parts.passage,
                asked or parts.taken,
                outcome.writer,
                *self._form.controls,
            ],
            [
                outcome.status,
                outcome.stop,
                outcome.terms,
                parts.proposal,
                parts.pending,
                *self._laid(),
            ],
            concurrency_limit=None,
            **self._named(f"revise_{revision.name}"),
        )
        self._script(revised, "proposed")

    def _wire_decisions(self) -> None:
        parts, revising = self._parts, self._revising
        decided = [parts.proposal, parts.pending, self._outcome.status]
        accepted = parts.accept.click(
            revising.accept,
            [*self._given(), parts.pending],
            [*decided, *self._laid()],
            **self._named("accept"),
        )
        refused = parts.refuse.click(
            revising.refuse, [self._shell.language], decided, **self._named("refuse")
        )
        for event in (accepted, refused):
            self._script(event, "landed")
        self._script(accepted, "arrived")
        for button, by in ((parts.before, -1), (parts.after, 1)):
            button.click(
                revising.chooser(by),
                [self._shell.person, self._shell.language, parts.pending],
                [parts.proposal, parts.pending],
                **self._named("other"),
            )

    async def _arrive(
        self, person: str, lang: str, text: str, trail_text: str, work_id: str, leftover: str
    ) -> Laid:
        """A new work, or what a stopped one left, takes the place of the text on the desk."""
        trail, versions = Trail.read(trail_text), self._versions
        if work_id and (trail.now is None or trail.now.work != work_id):
            trail = await versions.kept(person, text, trail)
            trail = await versions.with_work(person, work_id, trail)
            return *await versions.lay(person, lang, trail), NOTHING, ""
        if leftover:
            trail = await versions.kept(person, text, trail)
            laid = await versions.lay(person, lang, trail, text=False)
            return leftover, *laid[1:], NOTHING, ""
        laid = await versions.lay(person, lang, trail, text=False)
        return *laid, NOTHING, ""

    def _turner(self, by: int) -> Handler:
        async def turn(person: str, lang: str, text: str, trail_text: str) -> Laid:
            """Back or forward by one version; what was typed since is kept first."""
            trail = await self._versions.kept(person, text, Trail.read(trail_text))
            return await self._versions.lay(person, lang, trail.moved(by))

        return turn

    async def _read(
        self, person: str, lang: str, text: str, trail_text: str, *values: object
    ) -> Markup:
        """Slips, insight and verdicts of the text as it stands."""
        if not text.strip():
            return NOTHING
        studio, trail = self._shell.studio, Trail.read(trail_text)
        work = await self._versions.work(person, trail)
        version = version_of(work, trail.now) if work and trail.now else None
        brief = "\n".join(str(values[at] or "") for at in self._brief)
        spoken = spoken_language(text)
        data: dict[str, object] = {"insight": await studio.insight(text, lang=spoken)}
        if work is not None and version is not None and "claims" in version.data:
            data["claims"] = to_verify(text, f"{brief}\n{work.text}", spoken)
        slips = await studio.proof(text, brief=brief, lang=spoken)
        checks = version.checks if version is not None and version.text == text else ()
        read = Read(slips, checks, data, is_scene(text))
        return reading(read, self._shell.words.tongue(lang))

    def _taker(self, extension: str) -> Handler:
        async def take(person: str, lang: str, text: str, trail_text: str) -> Laid:
            """The text as a file; what was typed since the last version is kept first."""
            try:
                trail = await self._versions.kept(person, text, Trail.read(trail_text))
                trail, file = await self._file(person, trail, extension)
            except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
                return *STILL, "", failure_line(error, self._shell.words.tongue(lang))
            return *await self._versions.lay(person, lang, trail, text=False), file, gr.skip()

        return take

    async def _file(self, person: str, trail: Trail, extension: str) -> tuple[Trail, str]:
        version = await self._versions.version(person, trail)
        if version is None or trail.now is None:
            raise InvalidInput("text", "There is nothing to take away yet.", code="nothing_to_take")
        if not version.files:  # an alternative becomes a version of its own when it is taken away
            parent = trail.now.work
            work = await self._shell.studio.keep(
                self._name, version.text, user=person, parent=parent
            )
            trail, version = trail.with_steps(steps_of(work)), work.outputs[0]
        path = next((p for n, p in version.files.items() if n.endswith(f".{extension}")), None)
        if path is None:
            raise InvalidInput("text", "This text is no scene.", code="no_scene")
        return trail, json.dumps({"url": file_url(path), "name": path.name})
