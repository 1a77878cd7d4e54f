"""Directions: from one picture a named step this way or that.

Steps of colour move the eight slots and nothing else; steps of structure let the picture model
leave the layout a little, under another number of the plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from studio.crafts.craft import Inputs
from studio.crafts.image_form import number
from studio.crafts.image_kept import Kept
from studio.crafts.image_start import MOST_PICTURES, Start, wrong_value
from studio.crafts.image_verbs import COLOUR_NUMBERS, kept_colours, plan_in, retoned
from studio.crafts.image_wish import Wish

DEFAULT_STEP = 0.5


@dataclass(frozen=True, slots=True)
class Direction:
    """What changes on the way, and by how much in one whole step."""

    number: str
    """A plan number, or "wildness"."""
    whole: float


DIRECTIONS: Mapping[str, Direction] = MappingProxyType(
    {
        "warmer": Direction("warmth", 0.35),
        "cooler": Direction("warmth", -0.35),
        "brighter": Direction("brightness", 0.45),
        "darker": Direction("brightness", -0.45),
        "richer": Direction("saturation", 0.6),
        "muted": Direction("saturation", -0.5),
        "bolder": Direction("contrast", 0.4),
        "softer": Direction("contrast", -0.35),
        "denser": Direction("density", 0.7),
        "sparser": Direction("density", -0.7),
        "livelier": Direction("movement", 0.7),
        "calmer": Direction("movement", -0.7),
        "sharper": Direction("angularity", 0.7),
        "rounder": Direction("angularity", -0.7),
        "wilder": Direction("wildness", 0.8),
        "tamer": Direction("wildness", -0.8),
    }
)
"""Names in the locales: `choice.direction.<name>`."""
_LEAST_DRIFT, _STEP_DRIFT = 0.2, 0.35


def walked(start: Start, inputs: Inputs) -> list[Wish]:
    """One picture a direction; with a single direction n pictures, each farther along it."""
    (kept,) = start.of
    names = _directions(start)
    step = start.number("step", DEFAULT_STEP, 0.05, 1.0)
    if len(names) > 1:
        return [_stepped(kept, inputs, name, step) for name in names]
    count = int(number(inputs, "n"))
    shares = [round(step * (place + 1) / count, 3) for place in range(count)]
    return [_stepped(kept, inputs, names[0], share) for share in shares]


def _directions(start: Start) -> list[str]:
    given: Any = start.told["directions"]
    names: list[str] = given if isinstance(given, list) else [given]
    for name in names:
        if name not in DIRECTIONS:
            raise wrong_value("directions", name, ", ".join(DIRECTIONS))
    if not 1 <= len(set(names)) == len(names) <= MOST_PICTURES:
        raise wrong_value("directions", given, ", ".join(DIRECTIONS))
    return names


def _stepped(kept: Kept, inputs: Inputs, name: str, step: float) -> Wish:
    way = DIRECTIONS[name]
    palette, slots = kept_colours(kept, inputs)
    label = {"direction": name, "step": step}
    plan = plan_in(kept, palette)
    wish = Wish.again(kept, inputs, "walk", plan=plan, slots=slots, label=label)
    change = step * way.whole
    if way.number == "wildness":
        return replace(wish, wildness=_share(kept.wildness + change))
    numbers = {**plan.numbers, way.number: _share(plan.numbers[way.number] + change)}
    plan = replace(plan, numbers=numbers)
    if way.number not in COLOUR_NUMBERS or inputs["lock"]:
        drift = round(_LEAST_DRIFT + _STEP_DRIFT * step, 3)
        return replace(wish, plan=plan, drift=drift)
    moved = {way.number: change}
    plan = replace(plan, palette=retoned(palette, moved))
    return replace(wish, plan=plan, slots=retoned(slots, moved))


def _share(value: float) -> float:
    return round(min(1.0, max(0.0, value)), 3)
