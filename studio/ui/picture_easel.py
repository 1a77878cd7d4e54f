"""The easel of a craft whose pictures can be worked on: what happens on it.

A person chooses pictures on a sheet; every tool fills the craft's own form with what it starts
from, so whatever it makes is an ordinary work with an ordinary recipe. The browser keeps what is
chosen and the trail of sheets.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency

from studio.crafts.palette import SLOTS, is_hex
from studio.errors import InvalidInput
from studio.render.colour_sheet import colour_sheet
from studio.render.picture_upload import uploaded_picture
from studio.requests import Picture
from studio.ui import picture_film
from studio.ui.controls import Form
from studio.ui.drafts import Draft
from studio.ui.easel_runs import EaselRuns, Gathered, Given
from studio.ui.easel_tool import Tool
from studio.ui.edge import failure_line
from studio.ui.markup import NOTHING
from studio.ui.painting import Bench
from studio.ui.picture_colours import colour_help
from studio.ui.picture_files import picture_file
from studio.ui.picture_parts import PictureParts, axis_choices
from studio.ui.picture_picks import asked_of, picked_pictures, read_picks, typed_palettes
from studio.ui.picture_sketch import SketchParts, cells_text, sketched_inputs
from studio.ui.picture_swatches import harmony_choice
from studio.ui.shell import QUIET, Shell
from studio.ui.work_trail import VersionRow, WorkTrail
from studio.works import Work

SHEET = "sheet"


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
        self._trail = WorkTrail(shell, form, parts.row, parts.bench, _how)
        self._runs = EaselRuns(shell, form, parts.bench, self._trail)
        self._seed = next(at for at, each in enumerate(form.fields) if each.kind == "seed")

    def wire(self) -> None:
        """Connect everything but the arrival of works (see `after`)."""
        for tool in self._parts.tools.tools:
            self._wire_tool(tool)
        self._wire_sketch()
        self._wire_sheet()
        self._wire_colours()
        self._wire_film()
        for side in ("x", "y"):
            self._wire_axis(side)

    def after(self, event: Dependency) -> None:
        """Put the work that this event brought on the trail, or lay the trail's own again; what was
        made meanwhile can be chosen for a film."""
        self._trail.after(event)
        melody: Any = self._parts.tools.named(picture_film.NAME).asked["melody"]
        given = [self._shell.person, self._shell.language, melody]
        event.then(self._melodies, given, [melody], **self._named("melodies"))

    def draft(self) -> Draft:
        """The trail, for the browser to keep."""
        return self._trail.draft()

    def _named(self, what: str) -> dict[str, Any]:
        return {"api_name": f"{self._name}_{what}", **QUIET}

    def _wire_tool(self, tool: Tool) -> None:
        js = f"() => window.atelier.pictures.picked({json.dumps(self._name)})"

        async def inputs(person: str, told: str, asked: Given, form: Given) -> Given:
            chosen = await picked_pictures(self._shell, told, person)
            if tool.name == picture_film.NAME and chosen:
                melody = str(asked["melody"] or "")
                kept = await picture_film.film_melody(self._shell, melody, person)
                asked = {**asked, "kept": kept}
            return asked_of(tool.name, chosen, asked, form)

        gathered = Gathered(js, self._parts.tools.picked)
        self._runs.wire(tool.name, tool.go, gathered, tool.asked, inputs)

    def _wire_sketch(self) -> None:
        sketch, shell = self._parts.sketch, self._shell
        name = json.dumps(self._name)
        js = f"() => window.atelier.pictures.cells({name})"
        self._runs.wire("sketch", sketch.go, Gathered(js, sketch.cells), {}, _sketched)
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
        self._trail.wire()
        self._parts.bench.result.click(
            self._act,
            [self._shell.person],
            list(self._form.controls),
            **self._named("act"),
        )

    async def _act(self, event: gr.EventData, person: str) -> list[object]:
        """Keep a seed, or bring the recipe of a grid's cell to the form."""
        action, told = str(event.action), str(event.id)
        if action == "seed":
            return self._form.updates({self._form.fields[self._seed].name: int(told)})
        work_id, _, number = told.partition(" ")
        work = await self._shell.studio.work(work_id, user=person)
        inputs = work.outputs[int(number) - 1].data.get("inputs")
        return self._form.updates(inputs if isinstance(inputs, Mapping) else {})

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
        told = tools.colour_help
        tools.take_colours.upload(
            self._take_colours,
            [tools.take_colours, told.count, self._shell.language],
            [colours, told.sheet, self._parts.bench.status],
            **self._named("take_colours"),
        )
        js = f"() => window.atelier.pictures.picked({json.dumps(self._name)})"
        told.show.click(None, None, [tools.picked], js=js, **QUIET).then(
            self._chosen_colours,
            [self._shell.person, self._shell.language, tools.picked, told.count],
            [told.sheet, self._parts.bench.status],
            **self._named("chosen_colours"),
        )

    async def _harmonies(self, text: str, lang: str) -> object:
        """Palettes around the first typed colour; nothing while nothing is one."""
        try:
            first = typed_palettes(text or "")[0][0]
        except (InvalidInput, IndexError):
            return NOTHING
        tongue = self._shell.words.tongue(lang)
        return harmony_choice(first, tongue) if is_hex(first) else NOTHING

    async def _take_colours(
        self, path: str, count: float, lang: str
    ) -> tuple[object, object, object]:
        """The dominant colours of an uploaded picture, typed into the field and told about."""
        tongue = self._shell.words.tongue(lang)
        try:
            picture = await asyncio.to_thread(_read_picture, path)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return gr.skip(), gr.skip(), failure_line(error, tongue)
        found = await asyncio.to_thread(colour_sheet, picture, int(count))
        return " ".join(found.hexes[:SLOTS]), colour_help(found, tongue), gr.skip()

    async def _chosen_colours(
        self, person: str, lang: str, picked: str, count: float
    ) -> tuple[object, object]:
        """What there is to say about the colours of the chosen picture."""
        tongue = self._shell.words.tongue(lang)
        try:
            picture = await self._chosen_picture(person, picked)
        except Exception as error:  # noqa: BLE001 - the edge: failures become sentences
            return gr.skip(), failure_line(error, tongue)
        found = await asyncio.to_thread(colour_sheet, picture, int(count))
        return colour_help(found, tongue), gr.skip()

    def _wire_film(self) -> None:
        """The list of melodies is read anew when a person turns to it."""
        melody: Any = self._parts.tools.named(picture_film.NAME).asked["melody"]
        given = [self._shell.person, self._shell.language, melody]
        melody.focus(self._melodies, given, [melody], **self._named("film_melodies"))

    async def _melodies(self, person: str, lang: str, chosen: str | None) -> object:
        """The person's latest melodies."""
        rows = await picture_film.melody_choices(self._shell, person, lang)
        return picture_film.choice_of(rows, chosen)

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


async def _sketched(_person: str, cells: str, _asked: Given, form: Given) -> Given:
    return sketched_inputs(cells, form)


def _read_picture(path: str) -> Picture:
    return uploaded_picture(Path(path).read_bytes())


def _how(work: Work) -> str:
    """The verb that made a work, or that it is a fresh sheet."""
    first = work.outputs[0].data if work.outputs else {}
    return "grid" if "cell" in first else str(first.get("verb") or SHEET)
