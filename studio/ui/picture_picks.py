"""What a person chose on the sheets, and what each tool asks of the craft for it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from studio.crafts.image_colours import brand_colours
from studio.crafts.image_finishes import FINISHES
from studio.crafts.image_form import PLAN_NUMBERS, asked_palette
from studio.crafts.image_kept import kept_picture
from studio.crafts.image_sizes import FREE
from studio.crafts.image_start import start_text
from studio.errors import InvalidInput
from studio.ui.shell import Shell
from studio.works import WorkOutput

MOST_PICKED = 16
MOST_EDGE, MOST_LOOP_EDGE = 1080, 512
"""Longest edge of what a tool makes, in pixels: prints are painted when one is chosen."""
Inputs = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Picked:
    """A chosen picture: what a start takes, and the data it was kept with."""

    kept: Mapping[str, object]
    output: WorkOutput


async def picked_pictures(shell: Shell, told: str, person: str) -> list[Picked]:
    """The chosen pictures in their order. Raises InvalidInput for one that is not the person's,
    or that can not be worked on."""
    chosen = []
    for work_id, version in read_picks(told):
        work = await shell.studio.work(work_id, user=person)
        if not 1 <= version <= len(work.outputs):
            raise InvalidInput("start", "This picture is not there.", code="no_work")
        output = work.outputs[version - 1]
        chosen.append(Picked(kept_picture(output.data, work_id, version), output))
    return chosen


def read_picks(told: str) -> list[tuple[str, int]]:
    """(work, version) of each chosen picture; nothing for anything else."""
    try:
        return [(str(each["work"]), int(each["version"])) for each in json.loads(told or "[]")][
            :MOST_PICKED
        ]
    except (ValueError, TypeError, KeyError):
        return []


def asked_of(tool: str, chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    """The craft's form for a tool: what `asked` says, on the chosen pictures.

    Raises InvalidInput when nothing is chosen, or when what was typed is no colour."""
    if not chosen and tool != "grid":
        raise InvalidInput(
            "start", "Choose a picture first.", "Click one on the sheet.", code="image_pick"
        )
    return {**form, **_ASKED[tool](chosen, asked, form)}


def inputs_like(picked: Picked, form: Inputs, most_edge: int = MOST_EDGE) -> dict[str, object]:
    """A form that makes pictures like this one: its words, finish and shape; the form's seed,
    number and lock."""
    data = picked.output.data
    finish = str(data.get("finish", form["finish"]))
    return {
        **dict.fromkeys(PLAN_NUMBERS, -1),
        "style": "auto",
        "palette": form["palette"] if form["lock"] else "",
        "text": picked.kept["text"],
        "wildness": picked.kept["wildness"],
        "finish": finish if finish in FINISHES else form["finish"],
        "tuning": json.dumps(data.get("tuning") or {}),
        "format": "png",
        **_working_size(data.get("size"), most_edge),
    }


def _working_size(size: object, most_edge: int) -> dict[str, object]:
    """The same shape, no longer than `most_edge`."""
    edges = size if isinstance(size, list | tuple) else (size, size)
    width, height = (int(str(each)) for each in edges)
    share = min(1.0, most_edge / max(width, height))
    shown = (round(width * share), round(height * share))
    if shown[0] == shown[1] and shown[0] in (256, 512, 1024):
        return {"size": str(shown[0]), "width": 0, "height": 0}
    return {"size": FREE, "width": shown[0], "height": shown[1]}


def _start(verb: str, chosen: Sequence[Picked], **told: object) -> dict[str, object]:
    return {"start": start_text(verb, [each.kept for each in chosen], **told)}


def _varied(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    (picked,) = chosen[-1:]
    like = inputs_like(picked, form)
    if asked["follow"]:
        kept = ("style", "palette", "wildness", *PLAN_NUMBERS)
        like |= {name: form[name] for name in kept}
        like["text"] = str(form["text"]).strip() or like["text"]
    return like | _start("vary", [picked], reach=asked["reach"])


def _crossed(chosen: Sequence[Picked], _asked: Inputs, form: Inputs) -> dict[str, object]:
    return inputs_like(chosen[0], form) | _start("cross", chosen)


def _morphed(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    like = inputs_like(chosen[0], form, MOST_LOOP_EDGE)
    if asked["bpm"]:
        return like | _start("morph", chosen, bpm=asked["bpm"], beats=2, fps=12)
    return like | _start("morph", chosen, frames=asked["frames"], fps=12)


def _filmed(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    like = inputs_like(chosen[0], form, MOST_LOOP_EDGE)
    return like | _start("film", chosen, melody=asked["kept"], shape=asked["shape"])


def _walked(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    told = {"directions": asked["directions"] or [], "step": asked["step"]}
    if not told["directions"]:
        raise InvalidInput("start", "Choose a direction first.", code="image_direction")
    return inputs_like(chosen[-1], form) | _start("walk", chosen[-1:], **told)


def _recoloured(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    palettes = typed_palettes(str(asked["colours"] or ""))
    like = inputs_like(chosen[-1], form) | {"lock": False, "palette": ""}
    return like | _start("recolour", chosen[-1:], palettes=[list(each) for each in palettes])


def _refinished(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    finish = str(asked["finish"])
    tuning = {name: asked[f"{finish}.{name}"] for name in FINISHES[finish]}
    chosen_files = {name: asked[name] for name in ("finish", "size", "format")}
    free = asked["size"] == FREE
    edges = {name: asked[name] or 0 if free else 0 for name in ("width", "height")}
    like = inputs_like(chosen[-1], form)
    painted = {**chosen_files, **edges, "tuning": json.dumps(tuning)}
    return like | painted | _start("refinish", chosen)


def _gridded(chosen: Sequence[Picked], asked: Inputs, form: Inputs) -> dict[str, object]:
    axes = {
        side: {"by": asked[side], "values": _values(str(asked[side]), asked[f"{side}_values"])}
        for side in ("x", "y")
    }
    like = inputs_like(chosen[-1], form) if chosen else {}
    return like | _start("grid", chosen[-1:], **axes)


_ASKED: Mapping[str, Callable[[Sequence[Picked], Inputs, Inputs], dict[str, object]]] = (
    MappingProxyType(
        {
            "vary": _varied,
            "cross": _crossed,
            "morph": _morphed,
            "film": _filmed,
            "walk": _walked,
            "recolour": _recoloured,
            "refinish": _refinished,
            "grid": _gridded,
        }
    )
)


def typed_palettes(text: str) -> list[tuple[str, ...]]:
    """One palette a line or between semicolons: hex codes or names; a pasted style sheet gives its
    hex codes. Raises InvalidInput for what is no colour, or for nothing."""
    if re.search(r"[{}:]", text):
        found = brand_colours(text)
        parts = [" ".join(found)] if found else []
    else:
        parts = [each for each in re.split(r"[;；\n]", text) if each.strip()]
    if not parts:
        raise InvalidInput("palette", "Choose the new colours first.", code="image_new_colours")
    return [asked_palette(each) for each in parts]


def _values(axis: str, given: object) -> list[object]:
    values = given if isinstance(given, list | tuple) else [given]
    if axis in ("style", "finish", "palette"):
        return [str(each) for each in values]
    return [_number(str(each), whole=axis == "seed") for each in values]


def _number(text: str, whole: bool) -> object:
    try:
        return int(text) if whole else float(text)
    except ValueError:
        return text  # the craft says what is wrong with it
