"""A change of a passage: asked for, shown as a difference, accepted or refused."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import aclosing

import gradio as gr
from markupsafe import Markup

from studio.crafts.desk import Desk, Revision
from studio.errors import InvalidInput
from studio.manuscripts import Place, piece_of
from studio.prose.passage import Passage
from studio.ui.controls import Form
from studio.ui.desk_versions import STILL, Laid, Versions
from studio.ui.edge import paced, progress_line, status_line
from studio.ui.manuscript import proposal, version_name, writing
from studio.ui.markup import NOTHING
from studio.ui.shell import Shell
from studio.ui.stopping import until
from studio.ui.strings import Tongue
from studio.ui.terms import failed
from studio.ui.trail import Step, Trail, steps_of, version_of
from studio.ui.writer_picker import picked
from studio.works import Progress, Work


class Revising:
    """The changes of one desk."""

    def __init__(self, shell: Shell, form: Form, desk: Desk, versions: Versions) -> None:
        self._shell = shell
        self._form = form
        self._desk = desk
        self._versions = versions

    def reviser(self, revision: Revision) -> Callable[..., AsyncIterator[Laid]]:
        """The handler of a revision's button: updates for (status, stop, terms, proposal,
        pending, *laid)."""

        async def revise(
            request: gr.Request,
            person: str,
            lang: str,
            text: str,
            trail_text: str,
            passage_text: str,
            asked: str,
            writer: str,
            *values: object,
        ) -> AsyncIterator[Laid]:
            """Propose a change of the passage, and paint it as it comes."""
            tongue = self._shell.words.tongue(lang)
            stop = gr.Button(visible=False)
            with self._shell.stops.run((str(request.session_hash), self._form.craft.name)) as ask:
                running = status_line(tongue("status.running"), "busy", 0.0)
                yield running, gr.Button(visible=True), "", gr.skip(), "", *STILL
                try:
                    trail = await self._versions.kept(person, text, Trail.read(trail_text))
                    place = place_of(self._desk, revision, passage_text, text, trail)
                    laid = await self._versions.lay(person, lang, trail, text=False)
                    shown = writing(place.passage, "", version_name(revision.name, tongue))
                    yield running, gr.skip(), "", shown, "", *laid
                    made = self._shell.studio.generate(
                        self._form.craft.name,
                        self._inputs(revision, place, asked, values),
                        user=person,
                        arm=picked(writer or ""),
                        place=place,
                    )
                    async with aclosing(until(made, ask)) as progress:
                        async for each in paced(progress):
                            yield self._painted(each, place, tongue)
                except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
                    status, terms = failed(error, tongue)
                    yield status, stop, terms, NOTHING, "", *STILL
                if ask.is_set():
                    stopped = status_line(tongue("desk.stopped"), "done")
                    yield stopped, stop, "", NOTHING, "", *STILL

        return revise

    def _painted(self, progress: Progress, place: Place, tongue: Tongue) -> Laid:
        if progress.work is not None:
            pending = Trail().with_steps(steps_of(progress.work))
            status = status_line(tongue("desk.proposed"), "done")
            shown = self.proposed(progress.work, pending, tongue)
            return status, gr.Button(visible=False), "", shown, pending.json(), *STILL
        piece = piece_of(progress.preview, place) if progress.preview.strip() else ""
        shown = writing(place.passage, piece, version_name(place.how, tongue))
        return progress_line(progress, tongue), gr.skip(), "", shown, "", *STILL

    def _inputs(
        self, revision: Revision, place: Place, asked: str, values: Sequence[object]
    ) -> dict[str, object]:
        filled = self._form.inputs(values)
        inputs = {name: filled[name] for name in self._desk.keeps if name in filled}
        inputs |= revision.inputs
        if revision.asks:
            inputs[revision.asks] = asked
        return {**inputs, self._desk.passage: place.passage.text}

    def proposed(self, work: Work, pending: Trail, tongue: Tongue) -> Markup:
        """The difference that the present alternative makes."""
        version = version_of(work, pending.now or Step(work.id))
        return proposal(version, pending.at, len(pending.steps), work.lang, tongue)

    def chooser(self, by: int) -> Callable[..., object]:
        """The handler of "other one": updates for (proposal, pending)."""

        async def choose(person: str, lang: str, pending_text: str) -> Laid:
            """Another alternative of the proposed change."""
            pending = Trail.read(pending_text).moved(by)
            if pending.now is None:
                return gr.skip(), gr.skip()
            work = await self._shell.studio.work(pending.now.work, user=person)
            return self.proposed(work, pending, self._shell.words.tongue(lang)), pending.json()

        return choose

    async def accept(
        self, person: str, lang: str, text: str, trail_text: str, pending_text: str
    ) -> Laid:
        """The proposed version is laid on the desk, behind the one it was made from. Updates for
        (proposal, pending, status, *laid)."""
        pending = Trail.read(pending_text)
        if pending.now is None:
            return NOTHING, "", gr.skip(), *STILL
        trail = await self._versions.kept(person, text, Trail.read(trail_text))
        now = pending.now
        step = Step(now.work, now.output, now.alternative, pending.steps[0].how)
        status = status_line(self._shell.words.tongue(lang)("desk.accepted"), "done")
        laid = await self._versions.lay(person, lang, trail.with_steps([step]))
        return NOTHING, "", status, *laid

    async def refuse(self, lang: str) -> Laid:
        """The manuscript stays; the proposal stays in the history."""
        return NOTHING, "", status_line(self._shell.words.tongue(lang)("desk.refused"), "done")


def place_of(desk: Desk, revision: Revision, passage_text: str, text: str, trail: Trail) -> Place:
    """Where the result goes. Raises InvalidInput when there is nothing, or too much, to work on."""
    passage = _passage(passage_text, text)
    most = desk.most_characters
    passage = passage.within_reach(most) if revision.goes_on else passage.trimmed()
    if not passage.text.strip():
        raise InvalidInput("text", "There is no text to work on.", code="no_passage")
    if len(passage.text) > most:
        used = len(passage.text)
        message = f"The passage is too long: {used} of {most} characters."
        raise InvalidInput("text", message, code="long_passage", used=used, limit=most)
    parent = trail.now.work if trail.now else ""
    return Place(passage, revision.name, revision.goes_on, parent)


def _passage(passage_text: str, text: str) -> Passage:
    """What the browser told, if it fits the text; else the whole."""
    try:
        given = json.loads(passage_text)
        passage = Passage(*(str(given[each]) for each in ("before", "text", "after")))
    except (ValueError, KeyError, TypeError):
        return Passage("", text, "")
    return passage if passage.whole == text else Passage("", text, "")
