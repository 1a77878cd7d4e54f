"""Image: a description in either language becomes a plan, and the plan a sheet of abstract
pictures; finished ones are varied, crossed, melted, recoloured and painted anew. Each picture is
measured against what was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.guesses import without_guesses
from studio.crafts.image_checks import image_checks
from studio.crafts.image_finishes import FINISHES, FORMATS, asked_tuning
from studio.crafts.image_form import AUTO, PLAN_NUMBERS, UNSET, form_values, title_of
from studio.crafts.image_order import sheet_of
from studio.crafts.image_painters import PAINTER_FIELDS
from studio.crafts.image_plan import STYLES
from studio.crafts.image_reading import found_concepts
from studio.crafts.image_sizes import EDGES, FREE, PRESETS, asked_size, cropped
from studio.crafts.image_wish import Wish
from studio.crafts.reading import Reading
from studio.requests import Completion, Picture

_LONGEST_START = 400_000
"""Characters: sixteen kept pictures of the largest layouts."""


def _share(name: str) -> Field:
    return Field(name, "number", UNSET, minimum=UNSET, maximum=1, step=0.05)


def _edge(name: str) -> Field:
    return Field(name, "number", 0, minimum=0, maximum=EDGES[1], advanced=True)


FIELDS = (
    Field("text", "paragraph", required=True, max_length=1000),
    Field("style", "choice", AUTO, choices=(AUTO, *STYLES)),
    Field("palette", "text", max_length=200),
    Field("lock", "toggle", False),
    *(_share(name) for name in PLAN_NUMBERS),
    Field("wildness", "number", 0.5, minimum=0, maximum=1, step=0.05),
    Field("finish", "choice", "oil", choices=tuple(FINISHES)),
    Field("tuning", "text", max_length=400, hidden=True),
    Field("size", "choice", "512", choices=(*PRESETS, FREE)),
    _edge("width"),
    _edge("height"),
    Field("format", "choice", "png", choices=FORMATS, advanced=True),
    Field("n", "number", 4, minimum=1, maximum=16),
    Field("seed", "seed", 0, advanced=True),
    *PAINTER_FIELDS,
    Field("start", "text", max_length=_LONGEST_START, hidden=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """The plan from the words and the form, and one request a picture (a frame, for a loop)."""
    sheet = sheet_of(inputs)
    lang = spoken_language(str(inputs["text"]), str(inputs.get("lang", AUTO)))
    card, adapter = roster.choose("picture", lang)
    requests = tuple(each.request(card, adapter) for each in sheet.wishes)
    return Order(requests, without_guesses(inputs), lang, form_values(sheet.plan))


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One output a picture, measured against its plan; a loop is one output with its frames."""
    sheet = sheet_of(order.inputs, order.plan)
    title = title_of(str(order.inputs["text"]))
    wishes = [each.asked_by(r) for each, r in zip(sheet.wishes, order.requests, strict=True)]
    if sheet.film is not None:
        return (_film(sheet.film, wishes[0], order, completions, title),)
    if sheet.fps:
        return (_loop(sheet.fps, wishes[0], order, completions, title),)
    return tuple(
        _output(wish, order, completion, title)
        for wish, completion in zip(wishes, completions, strict=True)
    )


def _output(wish: Wish, order: Order, completion: Completion, title: str) -> Output:
    picture = _shaped(completion.picture, wish)
    cell = {} if wish.cell is None else {"cell": dict(wish.cell), "inputs": _plain(wish.inputs)}
    return Output(
        title=title,
        picture=picture,
        data={**_finish_data(wish), "plan": dict(order.plan), **wish.data, **cell}
        | dict(completion.data),
        checks=image_checks(wish.plan, picture) if picture else (),
        seed=wish.seed,
    )


def _loop(
    fps: int, wish: Wish, order: Order, completions: Sequence[Completion], title: str
) -> Output:
    shaped = [_shaped(each.picture, wish) for each in completions]
    frames = tuple(each for each in shaped if each is not None)
    loop = {"fps": fps, "frames": len(frames)}
    return Output(
        title=title,
        picture=frames[0] if frames else None,
        frames=frames,
        data={**_finish_data(wish), "plan": dict(order.plan), **wish.data, "loop": loop},
        seed=wish.seed,
    )


def _film(
    film: Mapping[str, Any], wish: Wish, order: Order, completions: Sequence[Completion], title: str
) -> Output:
    """Frames in the shape that they were composed in: the camera moves over them."""
    frames = tuple(each.picture for each in completions if each.picture is not None)
    melody = {name: film["melody"][name] for name in ("work", "version")}
    parents = [*(each.origin for each in wish.parents), melody]
    size = {"size": [film["width"], film["height"]], "film": dict(film), "parents": parents}
    return Output(
        title=title,
        picture=frames[0] if frames else None,
        frames=frames,
        data={**_finish_data(wish), "plan": dict(order.plan), **wish.data, **size},
        seed=wish.seed,
    )


def _finish_data(wish: Wish) -> dict[str, object]:
    finish, size = str(wish.inputs["finish"]), asked_size(wish.inputs)
    return {
        "finish": finish,
        "tuning": asked_tuning(str(wish.inputs["tuning"]), finish),
        "size": size.plain,
        "dpi": size.dpi,
        "format": wish.inputs["format"],
    }


def _shaped(picture: Picture | None, wish: Wish) -> Picture | None:
    """The composition in the shape of the finished picture: nothing is stretched."""
    return cropped(picture, asked_size(wish.inputs).aspect) if picture else None


def _plain(inputs: Inputs) -> dict[str, object]:
    names = [each.name for each in FIELDS] + ["lang"]
    return {name: inputs[name] for name in names if name in inputs}


EXAMPLES: tuple[Inputs, ...] = (
    {"text": "calm, almost empty, two warm colours and one thin dark line"},
    {"text": "angry geometric storm in red and black, crowded, sharp", "wildness": 0.7},
    {
        "text": "a cover for a jazz album: loose shapes, mustard, teal and cream",
        "finish": "cut_paper",
    },
    {"text": "concentric rings glowing at the bottom of a dark well", "style": "rings"},
    {"text": "一幅抽象画，色彩丰富，形态多变，线条流畅，充满动感和节奏感。"},
    {"text": "宁静的蓝色极简构图，像清晨的湖面", "finish": "ink"},
    {"text": "墨绿与米白的格子，旧旧的，像外婆家的窗", "finish": "risograph"},
    {"text": "朝阳劈开云层，大刀阔斧的笔触", "style": "gestural", "wildness": 0.7},
)

CRAFT = Craft(
    name="image",
    output="picture",
    fields=FIELDS,
    order=order,
    finish=finish,
    reading=Reading("reader/image-plan", lambda inputs: str(inputs["text"]), found_concepts),
    examples=EXAMPLES,
)
