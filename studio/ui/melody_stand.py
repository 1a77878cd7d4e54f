"""The stand of a craft whose melodies can be worked on: what happens on it.

One take is worked on; every tool fills the craft's own form with what it starts from, so whatever
it makes is an ordinary work with an ordinary recipe. The browser keeps which take is chosen, what
is being edited, and the trail of works.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.events import Dependency

from studio.crafts.melody_words import lines_of
from studio.melodies import MelodyUpload
from studio.music.abc_reader import read_abc
from studio.render.score import Score, score_svg
from studio.ui.controls import Form
from studio.ui.drafts import Draft
from studio.ui.easel_runs import EaselRuns, Gathered, Given
from studio.ui.easel_tool import Tool
from studio.ui.edge import failure_line
from studio.ui.markup import NOTHING, fragment
from studio.ui.melody_brought import Brought, BroughtParts, brought_markup
from studio.ui.melody_facts import plan_of, roll_facts
from studio.ui.melody_parts import MelodyParts
from studio.ui.melody_picks import asked_of, chosen_melody, chosen_take
from studio.ui.painting import Bench
from studio.ui.shell import QUIET, Shell
from studio.ui.work_trail import VersionRow, WorkTrail
from studio.works import Work, WorkOutput

FRESH = "takes"
BROUGHT: Mapping[str, tuple[str, dict[str, object]]] = {
    "take": ("abc", {}),
    "continue": ("continue", {"bars": 8}),
    "vary": ("vary", {"reach": "middle", "bars": ""}),
    "accompany": ("accompany", {"accompaniment": "auto"}),
}
"""What each button under a brought melody asks: a tool, and what that is told."""


@dataclass(frozen=True, slots=True)
class StandParts:
    """Everything of the tab that the stand reads and writes."""

    row: VersionRow
    tools: MelodyParts
    brought: BroughtParts
    bench: Bench


class MelodyStand:
    """The events of one stand."""

    def __init__(self, shell: Shell, form: Form, parts: StandParts) -> None:
        self._shell = shell
        self._form = form
        self._craft = form.craft
        self._parts = parts
        self._trail = WorkTrail(shell, form, parts.row, parts.bench, _how)
        self._runs = EaselRuns(shell, form, parts.bench, self._trail)

    def wire(self) -> None:
        """Connect everything but the arrival of works (see `after`)."""
        self._trail.wire()
        for tool in self._parts.tools.tools:
            self._wire_tool(tool)
        self._wire_takes()
        self._wire_words()
        self._wire_brought()

    def after(self, event: Dependency) -> None:
        """Put the work that this event brought on the trail, or lay the trail's own again."""
        self._trail.after(event)

    def draft(self) -> Draft:
        """The trail, for the browser to keep."""
        return self._trail.draft()

    def _named(self, what: str) -> dict[str, Any]:
        return {"api_name": f"{self._craft.name}_{what}", **QUIET}

    @property
    def _picking(self) -> Gathered:
        js = f"() => window.atelier.melodies.picked({json.dumps(self._craft.name)})"
        return Gathered(js, self._parts.tools.picked)

    def _wire_tool(self, tool: Tool) -> None:
        async def inputs(person: str, told: str, asked: Given, form: Given) -> Given:
            kept = await chosen_melody(self._shell, told, person)
            return asked_of(tool.name, kept, asked, form, self._craft, told)

        self._runs.wire(tool.name, tool.go, self._picking, tool.asked, inputs)

    def _wire_takes(self) -> None:
        """The buttons on the takes themselves."""
        tools, bench = self._parts.tools, self._parts.bench
        chosen: list[Block] = [tools.asked(*each) for each in _FOLLOWING]
        acted = bench.result.click(
            self._act,
            [self._shell.person, self._shell.language],
            [*self._form.controls, *chosen, tools.sound, bench.status],
            trigger_mode="multiple",
            **self._named("act"),
        )
        saved = "(file) => window.atelier.melodies.save(file)"
        acted.then(None, [tools.sound], None, js=saved, **QUIET)

    async def _act(
        self, event: gr.EventData, person: str, lang: str
    ) -> AsyncIterator[dict[Block, object]]:
        """Show the chosen take's own values in the tools, bring a value that was read to the form,
        or make a sound file of another format."""
        told = str(event.id).split()
        with tempfile.TemporaryDirectory() as folder:
            try:
                done = await self._done(str(event.action), told, person, Path(folder))
            except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
                line = failure_line(error, self._shell.words.tongue(lang))
                done = {self._parts.bench.status: line}
            yield {self._parts.bench.status: gr.skip()} | done

    async def _done(
        self, action: str, told: list[str], person: str, folder: Path
    ) -> dict[Block, object]:
        if action == "choose":
            return await self._chosen(told, person)
        if action == "field":
            work = await self._shell.studio.work(told[0], user=person)
            return self._filled({told[1]: work.plan.get(told[1])})
        if action == "sound":
            return await self._sound(told, person, folder)
        return {}

    async def _chosen(self, told: list[str], person: str) -> dict[Block, object]:
        picked = json.dumps({"work": told[0], "version": told[1]})
        take = await chosen_take(self._shell, picked, person)
        plan, tools = plan_of(take.data), self._parts.tools
        shown = {
            "tempo_bpm": take.data.get("tempo_bpm") or plan.get("tempo"),
            "instrument": take.data.get("instrument") or plan.get("instrument"),
            "accompaniment": take.data.get("accompaniment"),
        }
        return {
            tools.asked(tool, name): shown[name] for tool, name in _FOLLOWING if shown.get(name)
        }

    def _filled(self, values: Given) -> dict[Block, object]:
        updates = self._form.updates(values)
        named = zip(self._form.fields, self._form.controls, updates, strict=True)
        return {control: update for field, control, update in named if field.name in values}

    async def _sound(self, told: list[str], person: str, folder: Path) -> dict[Block, object]:
        """A file of that format and rate; the folder may go once it is on its way."""
        work_id, version, kind, rate = told
        studio = self._shell.studio
        content = await studio.sound(work_id, int(version), kind, int(rate), user=person)
        path = folder / f"melody-{work_id[:8]}-{version}.{kind}"
        await asyncio.to_thread(path.write_bytes, content)
        return {self._parts.tools.sound: str(path)}

    def _wire_words(self) -> None:
        """What is typed is counted against what the take can carry."""
        tools = self._parts.tools
        lyrics: Any = tools.asked("sing", "words")
        js = (
            f"(...given) => window.atelier.melodies.counting({json.dumps(self._craft.name)}, given)"
        )
        lyrics.change(
            self._count,
            [self._shell.language, lyrics, tools.picked],
            [tools.counted],
            js=js,
            trigger_mode="always_last",
            **self._named("count"),
        )

    async def _count(self, lang: str, text: str, picked: str) -> object:
        """How many syllables there are; `picked` tells how many notes are struck."""
        if not (text or "").strip():
            return NOTHING
        needed = int(json.loads(picked or "{}").get("struck", 0))
        found = len((await asyncio.to_thread(lines_of, text)).flat)
        key = _fits(found, needed)
        told = self._shell.words.tongue(lang)(
            f"melody.count_{key}", found=found, needed=needed, off=abs(found - needed)
        )
        return fragment('<p class="count {key}">{told}</p>', key=key, told=told)

    def _wire_brought(self) -> None:
        """A melody that a person brings is read and shown; then it is used."""
        brought, bench = self._parts.brought, self._parts.bench
        brought.upload.upload(
            self._bring,
            [brought.upload, self._shell.language],
            [brought.shown, brought.kept, brought.row, bench.status],
            **self._named("bring"),
        )
        for use, go in brought.uses.items():
            gathered = Gathered("(kept) => kept", brought.kept)
            self._runs.wire(f"bring_{use}", go, gathered, {}, self._user(use))

    def _user(self, use: str) -> Any:
        tool, asked = BROUGHT[use]

        async def inputs(_person: str, told: str, _asked: Given, form: Given) -> Given:
            kept = json.loads(told)
            given = {**asked, "abc": kept["abc"]} if tool == "abc" else asked
            return asked_of(tool, kept, given, form, self._craft)

        return inputs

    async def _bring(self, path: str, lang: str) -> tuple[object, ...]:
        """Read an uploaded file; show what was found in it."""
        tongue = self._shell.words.tongue(lang)
        try:
            content = await asyncio.to_thread(Path(path).read_bytes)
            read = await self._shell.studio.read_melody(Path(path).name, content)
            brought = await asyncio.to_thread(_brought, read)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            line = failure_line(error, tongue)
            return line, "", gr.Row(visible=False), line
        shown = brought_markup(brought, self._craft.name, tongue)
        return shown, json.dumps(read.kept), gr.Row(visible=True), gr.skip()


_FOLLOWING = (
    ("tempo", "tempo_bpm"),
    ("instrument", "instrument"),
    ("accompany", "accompaniment"),
)
"""What shows the chosen take's own value."""


def _brought(read: MelodyUpload) -> Brought:
    """How an upload looks before it is used."""
    tune = read_abc(read.abc)
    notes = [
        {"pitch": each.pitch, "onset": float(each.onset), "duration": float(each.duration)}
        for each in tune.notes()
    ]
    data = {
        "plan": read.plan,
        "notes": notes,
        "meter": str(tune.meter),
        "bars": tune.full_bars,
        "upbeat": float(tune.quarters - tune.full_bars * tune.meter.quarters) * tune.upbeat,
        "tempo_bpm": tune.tempo_bpm or 100,
        "measured": {"phrase_form": read.analysis.get("phrase_form", "")},
    }
    return Brought(
        title=tune.title,
        kind=read.kind,
        facts=roll_facts(WorkOutput(read.abc, data=data)),
        score=score_svg(Score(tune), {}).decode(),
        analysis=read.analysis,
        remarks=read.remarks,
    )


def _fits(found: int, needed: int) -> str:
    """The key of what a person is told; up to half of the notes may be held."""
    if found > needed:
        return "more"
    if found == needed:
        return "even"
    return "less" if 2 * found >= needed else "few"


def _how(work: Work) -> str:
    """The verb that made a work, or that its takes are fresh."""
    first = work.outputs[0].data if work.outputs else {}
    return str(first.get("verb") or FRESH)
