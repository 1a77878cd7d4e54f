"""The easel of a craft whose pictures can be worked on: what happens on it.

A person chooses pictures on a sheet; every tool fills the craft's own form with what it starts
from, so whatever it makes is an ordinary work with an ordinary recipe. The browser keeps what is
chosen and the trail of sheets.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.blocks import Block
from gradio.events import Dependency

from studio.crafts.palette import is_hex
from studio.errors import InvalidInput
from studio.render.picture_upload import uploaded_picture
from studio.render.swatches import swatches
from studio.requests import Picture
from studio.ui.controls import Form
from studio.ui.drafts import Draft
from studio.ui.edge import failure_line
from studio.ui.manuscript import version_line
from studio.ui.markup import NOTHING
from studio.ui.outputs import paint_plan
from studio.ui.painting import Asker, Bench, Paint, run_painted
from studio.ui.picture_files import picture_file
from studio.ui.picture_parts import PictureParts, Tool, VersionRow, axis_choices
from studio.ui.picture_picks import asked_of, picked_pictures, read_picks, typed_palettes
from studio.ui.picture_sheet import picture_board
from studio.ui.picture_sketch import SketchParts, cells_text, sketched_inputs
from studio.ui.picture_swatches import harmony_choice
from studio.ui.shell import QUIET, Shell
from studio.ui.trail import Step, Trail
from studio.works import Work

Laid = tuple[object, ...]
"""Updates for (trail, version line, back, forward, result, work id, actions, star)."""
SHEET = "sheet"
COLOURS_TAKEN = 6


@dataclass(frozen=True, slots=True)
class EaselParts:
    """Everything of the tab that the easel reads and writes."""

    row: VersionRow
    tools: PictureParts
    sketch: SketchParts
    bench: Bench


class PictureEasel:
    """The events of one easel."""

    def __init__(self, shell: Shell, form: Form, parts: EaselParts) -> None:
        self._shell = shell
        self._form = form
        self._name = form.craft.name
        self._parts = parts
        self._seed = next(at for at, each in enumerate(form.fields) if each.kind == "seed")

    def wire(self) -> None:
        """Connect everything but the arrival of works (see `after`)."""
        for tool in self._parts.tools.tools:
            self._wire_tool(tool)
        self._wire_sketch()
        self._wire_sheet()
        self._wire_colours()
        for side in ("x", "y"):
            self._wire_axis(side)

    def after(self, event: Dependency) -> None:
        """Put the work that this event brought on the trail, or lay the trail's own again."""
        given = [*self._given(), self._parts.bench.work]
        event.then(self._arrive, given, self._laid(), **self._named("arrive"))

    def draft(self) -> Draft:
        """The trail, for the browser to keep."""
        return Draft(f"easel-{self._name}", (self._parts.tools.trail,), ("",))

    def _given(self) -> list[Any]:
        return [self._shell.person, self._shell.language, self._parts.tools.trail]

    def _laid(self) -> list[Block]:
        bench = self._parts.bench
        shown = [bench.result, bench.work, bench.actions, bench.star]
        return [*self._parts.tools.laid(self._parts.row), *shown]

    def _named(self, what: str) -> dict[str, Any]:
        return {"api_name": f"{self._name}_{what}", **QUIET}

    def _wire_tool(self, tool: Tool) -> None:
        parts = self._parts
        js = f"() => window.atelier.pictures.picked({json.dumps(self._name)})"
        gathered = tool.go.click(None, None, [parts.tools.picked], js=js, **QUIET)
        made = gathered.then(
            self._runner(tool),
            [
                self._shell.person,
                self._shell.language,
                parts.tools.picked,
                *tool.asked.values(),
                *self._form.controls,
            ],
            parts.bench.all(),
            concurrency_limit=None,
            **self._named(tool.name),
        )
        self.after(made)

    def _runner(self, tool: Tool) -> Callable[..., AsyncIterator[Paint]]:
        names, count = tuple(tool.asked), len(tool.asked)

        async def run(
            request: gr.Request, person: str, lang: str, picked: str, *values: object
        ) -> AsyncIterator[Paint]:
            """Make what the tool makes of the chosen pictures."""
            asked = dict(zip(names, values[:count], strict=True))
            form = self._form.inputs(values[count:])

            async def inputs() -> Mapping[str, object]:
                chosen = await picked_pictures(self._shell, picked, person)
                return asked_of(tool.name, chosen, asked, form)

            asker = Asker(str(request.session_hash), person, lang)
            async with aclosing(self._painted(asker, inputs)) as paints:
                async for paint in paints:
                    yield paint

        return run

    async def _painted(
        self, asker: Asker, inputs: Callable[[], Awaitable[Mapping[str, object]]]
    ) -> Any:
        made = run_painted(self._shell, self._form.craft, asker, inputs)
        async with aclosing(made) as paints:
            async for paint, _ in paints:
                yield paint

    def _wire_sketch(self) -> None:
        sketch, shell = self._parts.sketch, self._shell
        name = json.dumps(self._name)
        js = f"() => window.atelier.pictures.cells({name})"
        gathered = sketch.go.click(None, None, [sketch.cells], js=js, **QUIET)
        made = gathered.then(
            self._sketch,
            [shell.person, shell.language, sketch.cells, *self._form.controls],
            self._parts.bench.all(),
            concurrency_limit=None,
            **self._named("sketch"),
        )
        self.after(made)
        picked = f"() => window.atelier.pictures.picked({name})"
        told = sketch.follow.click(None, None, [self._parts.tools.picked], js=picked, **QUIET)
        given = [shell.person, shell.language, self._parts.tools.picked]
        written = [sketch.cells, self._parts.bench.status]
        taken = sketch.take.upload(
            self._take_sketch, [sketch.take, shell.language], written, **self._named("take_sketch")
        )
        followed = told.then(self._follow, given, written, **self._named("follow_sketch"))
        for event in (taken, followed):
            load = f"(cells) => window.atelier.pictures.load({name}, cells)"
            event.then(None, [sketch.cells], None, js=load, **QUIET)

    async def _sketch(
        self, request: gr.Request, person: str, lang: str, cells: str, *values: object
    ) -> AsyncIterator[Paint]:
        """Paint pictures of what was drawn."""

        async def inputs() -> Mapping[str, object]:
            return sketched_inputs(cells, self._form.inputs(values))

        asker = Asker(str(request.session_hash), person, lang)
        async with aclosing(self._painted(asker, inputs)) as paints:
            async for paint in paints:
                yield paint

    async def _take_sketch(self, path: str, lang: str) -> tuple[object, object]:
        """The cells of an uploaded picture."""
        try:
            picture = await asyncio.to_thread(_read_picture, path)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return gr.skip(), failure_line(error, self._shell.words.tongue(lang))
        return await asyncio.to_thread(cells_text, picture), gr.skip()

    async def _follow(self, person: str, lang: str, picked: str) -> tuple[object, object]:
        """The cells of the chosen picture."""
        try:
            picture = await self._chosen_picture(person, picked)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return gr.skip(), failure_line(error, self._shell.words.tongue(lang))
        return await asyncio.to_thread(cells_text, picture), gr.skip()

    async def _chosen_picture(self, person: str, picked: str) -> Picture:
        for work_id, version in read_picks(picked)[-1:]:
            work = await self._shell.studio.work(work_id, user=person)
            if 1 <= version <= len(work.outputs):
                path = picture_file(work.outputs[version - 1].files)
                if path is not None:
                    return await asyncio.to_thread(_read_picture, str(path))
        raise InvalidInput(
            "start", "Choose a picture first.", "Click one on the sheet.", code="image_pick"
        )

    def _wire_sheet(self) -> None:
        """The buttons on the sheet itself, and back and forward."""
        parts, row = self._parts, self._parts.row
        parts.bench.result.click(
            self._act,
            [self._shell.person],
            list(self._form.controls),
            **self._named("act"),
        )
        for button, by in ((row.back, -1), (row.forward, 1)):
            button.click(self._turner(by), self._given(), self._laid(), **self._named("turn"))

    async def _act(self, event: gr.EventData, person: str) -> list[object]:
        """Keep a seed, or bring the recipe of a grid's cell to the form."""
        action, told = str(event.action), str(event.id)
        if action == "seed":
            return self._form.updates({self._form.fields[self._seed].name: int(told)})
        work_id, _, number = told.partition(" ")
        work = await self._shell.studio.work(work_id, user=person)
        inputs = work.outputs[int(number) - 1].data.get("inputs")
        return self._form.updates(inputs if isinstance(inputs, Mapping) else {})

    def _turner(self, by: int) -> Callable[..., Awaitable[Laid]]:
        async def turn(person: str, lang: str, trail_text: str) -> Laid:
            """Back or forward by one sheet."""
            return await self._lay(person, lang, Trail.read(trail_text).moved(by))

        return turn

    async def _arrive(self, person: str, lang: str, trail_text: str, work_id: str) -> Laid:
        trail = Trail.read(trail_text)
        if not work_id:
            return await self._lay(person, lang, trail)
        known = trail.at_work(work_id)
        if known is None:
            work = await self._shell.studio.work(work_id, user=person)
            known = trail.with_steps([Step(work_id, 0, -1, _how(work))])
        return await self._lay(person, lang, known, paint=False)

    async def _lay(self, person: str, lang: str, trail: Trail, *, paint: bool = True) -> Laid:
        """Updates that put the trail's present sheet on the easel (without `paint`: but for it)."""
        work, words = await self._work(person, trail), self._shell.words
        tongue = words.tongue(lang)
        board: object = gr.skip()
        if paint:
            board = tongue(f"empty.{self._form.craft.output}")
        if paint and work is not None:
            plan = paint_plan(work, tongue, opened=False)
            board = await asyncio.to_thread(picture_board, work, tongue, plan)
        starred = work is not None and work.starred
        return (
            trail.json(),
            version_line(trail, tongue) if trail.now else tongue("picture.first"),
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

    def _wire_colours(self) -> None:
        """Harmonies of what is typed, and the palette of an uploaded picture."""
        tools = self._parts.tools
        colours: Any = tools.named("recolour").asked["colours"]
        colours.change(
            self._harmonies,
            [colours, self._shell.language],
            [tools.harmonies],
            trigger_mode="always_last",
            **self._named("harmonies"),
        )
        tools.take_colours.upload(
            self._take_colours,
            [tools.take_colours, self._shell.language],
            [colours, self._parts.bench.status],
            **self._named("take_colours"),
        )

    async def _harmonies(self, text: str, lang: str) -> object:
        """Palettes around the first typed colour; nothing while nothing is one."""
        try:
            first = typed_palettes(text or "")[0][0]
        except (InvalidInput, IndexError):
            return NOTHING
        tongue = self._shell.words.tongue(lang)
        return harmony_choice(first, tongue) if is_hex(first) else NOTHING

    async def _take_colours(self, path: str, lang: str) -> tuple[object, object]:
        """The dominant colours of an uploaded picture, typed into the field."""
        try:
            picture = await asyncio.to_thread(_read_picture, path)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return gr.skip(), failure_line(error, self._shell.words.tongue(lang))
        found = await asyncio.to_thread(swatches, picture, COLOURS_TAKEN)
        return " ".join(each.hex for each in found), gr.skip()

    def _wire_axis(self, side: str) -> None:
        asked: Any = self._parts.tools.named("grid").asked
        asked[side].change(
            self._axis,
            [asked[side]],
            [asked[f"{side}_values"]],
            **self._named(f"axis_{side}"),
        )

    def _axis(self, axis: str) -> object:
        """What the axis may run over, the first three taken."""
        choices = axis_choices(self._shell.words, self._form.craft, axis)
        taken = [value for _, value in choices]
        few = [taken[at] for at in (1, 3, 5)] if len(taken) == 7 else taken[:3]
        return gr.Dropdown(choices=choices, value=few)


def _read_picture(path: str) -> Picture:
    return uploaded_picture(Path(path).read_bytes())


def _how(work: Work) -> str:
    """The verb that made a work, or that it is a fresh sheet."""
    first = work.outputs[0].data if work.outputs else {}
    return "grid" if "cell" in first else str(first.get("verb") or SHEET)
