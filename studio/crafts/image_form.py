"""The form of a picture, read: its plan, its colours, its numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from studio.crafts.guesses import given_guesses
from studio.crafts.image_plan import NUMBERS, ImagePlan, read_plan
from studio.crafts.image_reading import colours_of
from studio.errors import InvalidInput

AUTO = "auto"
UNSET = -1
PLAN_NUMBERS = NUMBERS
MOST_COLOURS = 8
TITLE_WORDS, TITLE_CHARACTERS = 7, 14


def plan_of(inputs: Mapping[str, object]) -> ImagePlan:
    """What the words say; what the form says stands over it. Raises InvalidInput("palette")."""
    return read_plan(
        str(inputs["text"]),
        int(number(inputs, "seed")),
        style=chosen_style(inputs),
        palette=asked_palette(str(inputs["palette"])),
        chosen=chosen_numbers(inputs),
        guesses=given_guesses(inputs),
    )


def form_values(plan: ImagePlan) -> dict[str, object]:
    """The plan as the form's fields hold it: filling the form with it gives the plan again."""
    numbers = {name: plan.numbers[name] for name in PLAN_NUMBERS}
    return {"style": plan.style, "palette": " ".join(plan.palette), **numbers}


def chosen_style(inputs: Mapping[str, object]) -> str:
    """The style that the person chose; "" leaves it open."""
    style = str(inputs["style"])
    return "" if style == AUTO else style


def chosen_numbers(inputs: Mapping[str, object]) -> dict[str, float]:
    """The plan numbers that the person set."""
    return {name: number(inputs, name) for name in PLAN_NUMBERS if number(inputs, name) >= 0}


def number(inputs: Mapping[str, object], name: str) -> float:
    """A number of the form."""
    return float(str(inputs[name]))


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
    return tuple(dict.fromkeys(colours))[:MOST_COLOURS]


def locked_palette(inputs: Mapping[str, object]) -> tuple[str, ...]:
    """The palette that every verb keeps; () when none is locked."""
    return asked_palette(str(inputs["palette"])) if inputs["lock"] else ()


def title_of(text: str) -> str:
    """The first clause of the description, short."""
    clause = re.split(r"[,.;:!?，。；：！？\n]", text.strip())[0].strip()
    if re.search("[\u4e00-\u9fff]", clause):
        return clause[:TITLE_CHARACTERS]
    words = " ".join(clause.split()[:TITLE_WORDS])
    return words[:1].upper() + words[1:]
