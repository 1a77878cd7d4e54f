"""Works on disk and in the database: recorded, found again, with their files."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from studio.crafts.craft import Check, Craft, Order, Output
from studio.errors import InvalidInput
from studio.history.records import LinkRecord, WorkRecord
from studio.history.store import Store
from studio.kits import kit_files
from studio.loops import moving_picture_files
from studio.render.ad import ad_files
from studio.render.composed import sound_files
from studio.render.melody import melody_files
from studio.render.rendered_file import RenderedFile
from studio.render.synth import Play, sounds_of
from studio.render.text import text_files
from studio.requests import Usage
from studio.works import Work, WorkLink, WorkOutput
from studio.works_folder import WorksFolder, write_durably

Recipe = Mapping[str, object]
Files = tuple[RenderedFile, ...]
Rendered = tuple[Output, Files]
"""A version and its files: what was seen while they were made may stand in its data."""
Renderer = Callable[[Sequence[Output], Sequence[Recipe]], Sequence[Rendered]]
"""All versions of a work at once, each with its recipe."""


def _one_by_one(render: Callable[[Output, Recipe], Files]) -> Renderer:
    """A renderer of a whole work from one of a single version."""

    def rendered(outputs: Sequence[Output], recipes: Sequence[Recipe]) -> list[Rendered]:
        return [
            (output, render(output, recipe))
            for output, recipe in zip(outputs, recipes, strict=True)
        ]

    return rendered


def _renderers(play: Play) -> Mapping[str, Renderer]:
    """By the kind of output."""

    def melodies(outputs: Sequence[Output], recipes: Sequence[Recipe]) -> Sequence[Rendered]:
        """Takes in notes, or what a composer gave as sound: a work is all of one."""
        if any(each.sound is not None for each in outputs):
            return _one_by_one(sound_files)(outputs, recipes)
        return list(zip(outputs, melody_files(outputs, recipes, play), strict=True))

    def kits(outputs: Sequence[Output], recipes: Sequence[Recipe]) -> Sequence[Rendered]:
        pairs = zip(outputs, recipes, strict=True)
        return [kit_files(output, recipe, play) for output, recipe in pairs]

    return MappingProxyType(
        {
            "text": _one_by_one(text_files),
            "melody": melodies,
            "picture": _one_by_one(partial(moving_picture_files, play=play)),
            "ad": _one_by_one(ad_files),
            "kit": kits,
        }
    )


@dataclass(frozen=True, slots=True)
class Finished:
    """A craft's outputs with everything that is kept beside them."""

    craft: Craft
    order: Order
    outputs: Sequence[Output]
    recipe: Mapping[str, object]
    usages: Sequence[Usage]
    parent: str = ""
    """The work it was made from."""
    links: Sequence[LinkRecord] = ()
    """Everything that it came from, across crafts."""


class Archive:
    """Renders outputs to files below `works_dir`, keeps the rows in the store.

    Opening it tidies up after a process that was killed while it kept a work.
    """

    def __init__(self, store: Store, works_dir: Path, *, play: Play = sounds_of) -> None:
        self.store = store
        self.play = play
        """What makes sound of notes."""
        self._folder = WorksFolder(works_dir)
        self._folder.tidy(store.has_work)
        self._renderers = _renderers(play)

    def record(self, finished: Finished, user: str) -> Work:
        """Render, write and keep one work. Takes as long as its sound or its paint needs.
        Raises StorageFailed; nothing of the work stays then."""
        work_id = uuid.uuid4().hex
        recipes = [
            recipe_of_version(finished.recipe, number, output)
            for number, output in enumerate(finished.outputs, 1)
        ]
        rendered = self._renderers[finished.craft.output](finished.outputs, recipes)
        with self._folder.young(work_id) as young:
            rows = [
                _written(young, f"{number:02d}", output, files)
                for number, (output, files) in enumerate(rendered, 1)
            ]
            kept = self.store.add_work(user, self._record(work_id, finished, rows))
        return self._work(kept)

    def _record(
        self, work_id: str, finished: Finished, rows: Sequence[Mapping[str, object]]
    ) -> WorkRecord:
        order = finished.order
        return WorkRecord(
            id=work_id,
            craft=finished.craft.name,
            lang=order.lang,
            text=_asked(order.inputs),
            title=_title(finished),
            inputs=order.inputs,
            plan=order.plan,
            outputs=tuple(rows),
            recipe=finished.recipe,
            usage=_summed(finished.usages),
            parent=finished.parent,
            links=tuple(finished.links),
        )

    def search(
        self, user: str, query: str, craft: str | None, starred: bool, limit: int, offset: int
    ) -> tuple[Work, ...]:
        """The person's works, newest first."""
        found = self.store.search(user, query, craft or "", starred, limit, offset)
        return tuple(self._work(record) for record in found)

    def work(self, work_id: str, user: str) -> Work:
        """One of the person's works. Raises InvalidInput when there is none of that id."""
        return self._work(self.store.work(user, work_id))

    def lineage(self, work_id: str, user: str) -> tuple[Work, ...]:
        """The works that hang together with this one by parents and links, oldest first."""
        return tuple(self._work(record) for record in self.store.lineage(user, work_id))

    def origin(self, outputs: Sequence[Output], user: str) -> str:
        """The person's work that the first picture was made from; "" when it came from none."""
        parents: Any = outputs[0].data.get("parents", ()) if outputs else ()
        origin = str(parents[0].get("work", "")) if parents else ""
        try:
            return self.store.work(user, origin).id if origin else ""
        except InvalidInput:  # it came with a file, or was erased
            return ""

    def star(self, work_id: str, starred: bool, user: str) -> None:
        """Keep a work among the starred, or not."""
        self.store.star(user, work_id, starred)

    def _work(self, record: WorkRecord) -> Work:
        return Work(
            id=record.id,
            craft=record.craft,
            lang=record.lang,
            title=record.title,
            text=record.text,
            inputs=record.inputs,
            plan=record.plan,
            outputs=tuple(self._output(row) for row in record.outputs),
            recipe=record.recipe,
            created=record.created,
            starred=record.starred,
            usage=record.usage,
            parent=record.parent,
            links=tuple(
                WorkLink(each.parent, each.version, each.relation) for each in record.links
            ),
        )

    def _output(self, row: Mapping[str, Any]) -> WorkOutput:
        return WorkOutput(
            text=row["text"],
            title=row["title"],
            data=row["data"],
            checks=tuple(Check(**check) for check in row["checks"]),
            files={name: self._folder.place(at) for name, at in row["files"].items()},
            seed=row["seed"],
        )


def _written(young: Path, version: str, output: Output, files: Files) -> Mapping[str, object]:
    """Write the files of one version into its work's folder; its row."""
    folder = young / version
    folder.mkdir()
    for file in files:
        write_durably(folder / file.name, file.content)
    return {
        "text": output.text,
        "title": output.title,
        "data": dict(output.data),
        "checks": [asdict(check) for check in output.checks],
        "files": {file.name: f"{young.name}/{version}/{file.name}" for file in files},
        "seed": output.seed,
    }


def recipe_of_version(whole: Recipe, number: int, output: Output | WorkOutput) -> Recipe:
    """The work's recipe and which version this is; a cell of a grid has a form of its own."""
    alone = output.data.get("inputs")
    if alone is None:
        return {**whole, "version": number, "seed": output.seed}
    return {**whole, "inputs": alone, "version": 1, "seed": output.seed}


def _asked(inputs: Mapping[str, object]) -> str:
    """What the person typed, as the history finds it."""
    return str(inputs.get("text") or inputs.get("product") or inputs.get("words") or "")


def _title(finished: Finished) -> str:
    titles = (output.title for output in finished.outputs)
    written = "".join(output.text for output in finished.outputs[:1])
    first_line = (str(finished.order.inputs.get("text", "")).strip() or written).split("\n")[0]
    return next((title for title in titles if title), first_line[:60])


def _summed(usages: Sequence[Usage]) -> Mapping[str, float]:
    return {
        "prompt_tokens": sum(each.prompt_tokens for each in usages),
        "output_tokens": sum(each.output_tokens for each in usages),
        "wait_ms": max((each.wait_ms for each in usages), default=0.0),
        "first_token_ms": min((each.first_token_ms for each in usages), default=0.0),
        "total_ms": max((each.total_ms for each in usages), default=0.0),
    }
