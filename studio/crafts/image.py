"""Image: a description in either language becomes a plan, and the plan a sheet of abstract
pictures. Each picture is measured against what was asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.image_checks import image_checks
from studio.crafts.image_plan import STYLES, ImagePlan, read_plan
from studio.crafts.image_reading import colours_of
from studio.errors import InvalidInput
from studio.requests import Completion, Request

AUTO = "auto"
UNSET = -1
FINISHES = ("oil", "smooth")
SIZES = ("256", "512", "1024", "2048", "4096")
COMPOSITION_EDGE = 512
"""Pixels of a composition; a flat enlargement starts from twice that."""
TITLE_WORDS, TITLE_CHARACTERS = 7, 14
PLAN_NUMBERS = ("warmth", "density", "movement", "angularity", "brightness", "contrast")
_MOST_COLOURS = 8


def _share(name: str) -> Field:
    return Field(name, "number", UNSET, minimum=UNSET, maximum=1, step=0.05)


FIELDS = (
    Field("text", "paragraph", required=True, max_length=1000),
    Field("style", "choice", AUTO, choices=(AUTO, *STYLES)),
    Field("palette", "text", max_length=200),
    *(_share(name) for name in PLAN_NUMBERS),
    Field("wildness", "number", 0.5, minimum=0, maximum=1, step=0.05),
    Field("finish", "choice", "oil", choices=FINISHES),
    Field("size", "choice", "512", choices=SIZES),
    Field("n", "number", 4, minimum=1, maximum=16),
    Field("seed", "seed", 0, advanced=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """The plan from the words and the form, and one request a picture."""
    text = str(inputs["text"])
    lang = spoken_language(text, str(inputs.get("lang", AUTO)))
    plan = plan_of(inputs)
    card, adapter = roster.choose("picture", lang)
    first = int(_number(inputs, "seed"))
    condition = {
        "style": plan.style,
        "palette": list(plan.palette),
        **{name: plan.numbers[name] for name in PLAN_NUMBERS},
        "truncation": _number(inputs, "wildness"),
        "edge": _edge(inputs),
    }
    requests = tuple(
        Request(card=card, adapter=adapter, seed=first + number, prompt=text, condition=condition)
        for number in range(int(_number(inputs, "n")))
    )
    return Order(requests, inputs, lang, form_values(plan))


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """One output a picture, measured against the plan."""
    plan = plan_of({**order.inputs, **order.plan})
    title = title_of(str(order.inputs["text"]))
    return tuple(
        Output(
            title=title,
            picture=completion.picture,
            data={
                "plan": dict(order.plan),
                "finish": order.inputs["finish"],
                "size": int(str(order.inputs["size"])),
                **completion.data,
            },
            checks=image_checks(plan, completion.picture) if completion.picture else (),
            seed=request.seed,
        )
        for request, completion in zip(order.requests, completions, strict=True)
    )


def plan_of(inputs: Mapping[str, object]) -> ImagePlan:
    """What the words say; what the form says stands over it. Raises InvalidInput("palette")."""
    style = str(inputs["style"])
    chosen = {name: _number(inputs, name) for name in PLAN_NUMBERS if _number(inputs, name) >= 0}
    return read_plan(
        str(inputs["text"]),
        int(_number(inputs, "seed")),
        style="" if style == AUTO else style,
        palette=asked_palette(str(inputs["palette"])),
        chosen=chosen,
    )


def form_values(plan: ImagePlan) -> dict[str, object]:
    """The plan as the form's fields hold it: filling the form with it gives the plan again."""
    numbers = {name: plan.numbers[name] for name in PLAN_NUMBERS}
    return {"style": plan.style, "palette": " ".join(plan.palette), **numbers}


def asked_palette(text: str) -> tuple[str, ...]:
    """The hex colours of a palette field: hex codes or colour names, "" none.

    Raises InvalidInput when something in it is no colour."""
    parts = [each for each in re.split(r"[\s,;，；、/]+", text.strip()) if each]
    colours: list[str] = []
    for part in parts:
        found = colours_of(part)
        if not found:
            raise InvalidInput(
                "palette",
                f"{part} is no colour I know.",
                "Write hex codes such as #e63946, or names such as red, sage, 墨绿.",
                code="no_colour",
                value=part,
            )
        colours.extend(found)
    return tuple(dict.fromkeys(colours))[:_MOST_COLOURS]


def title_of(text: str) -> str:
    """The first clause of the description, short."""
    clause = re.split(r"[,.;:!?，。；：！？\n]", text.strip())[0].strip()
    if re.search("[\u4e00-\u9fff]", clause):
        return clause[:TITLE_CHARACTERS]
    words = " ".join(clause.split()[:TITLE_WORDS])
    return words[:1].upper() + words[1:]


def _edge(inputs: Inputs) -> int:
    """Flat contours are enlarged best by the generator itself; paint needs no more than 512."""
    flat = inputs["finish"] == "smooth" and int(str(inputs["size"])) > COMPOSITION_EDGE
    return 2 * COMPOSITION_EDGE if flat else COMPOSITION_EDGE


def _number(inputs: Mapping[str, object], name: str) -> float:
    return float(str(inputs[name]))


EXAMPLES: tuple[Inputs, ...] = (
    {"text": "calm, almost empty, two warm colours and one thin dark line"},
    {"text": "angry geometric storm in red and black, crowded, sharp", "wildness": 0.7},
    {"text": "a cover for a jazz album: loose shapes, mustard, teal and cream", "finish": "smooth"},
    {"text": "concentric rings glowing at the bottom of a dark well", "style": "rings"},
    {"text": "一幅抽象画，色彩丰富，形态多变，线条流畅，充满动感和节奏感。"},
    {"text": "宁静的蓝色极简构图，像清晨的湖面"},
    {"text": "墨绿与米白的格子，旧旧的，像外婆家的窗", "finish": "smooth"},
    {"text": "朝阳劈开云层，大刀阔斧的笔触", "style": "gestural", "wildness": 0.7},
)

CRAFT = Craft(
    name="image",
    output="picture",
    fields=FIELDS,
    order=order,
    finish=finish,
    examples=EXAMPLES,
)
