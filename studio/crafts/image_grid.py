"""X/Y grids: two things changed step by step, one across and one down. Every cell is a whole form
of its own, so its recipe makes it again without the grid."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from studio.crafts.craft import Inputs
from studio.crafts.image_finishes import FINISHES
from studio.crafts.image_form import (
    PLAN_NUMBERS,
    UNSET,
    asked_palette,
    locked_palette,
    plan_of,
)
from studio.crafts.image_kept import MOST_SEED, is_between
from studio.crafts.image_plan import STYLES, ImagePlan
from studio.crafts.image_start import Start, start_text, wrong_value
from studio.crafts.image_verbs import COLOUR_NUMBERS
from studio.crafts.image_wish import Wish
from studio.errors import InvalidInput

AXES = ("style", "wildness", "finish", "palette", "seed", "drift", *PLAN_NUMBERS)
"""What a grid can run over."""
VALUES = (2, 4)
"""Fewest and most values of an axis."""
_OPEN_DRIFT = 0.35
_STILL = frozenset({"finish", "palette", "wildness", *COLOUR_NUMBERS})
"""Axes that leave a kept layout alone."""

Wishes = Callable[[Inputs], Sequence[Wish]]


@dataclass(frozen=True, slots=True)
class Axis:
    """One direction of a grid."""

    by: str
    values: tuple[object, ...]


def gridded(start: Start, inputs: Inputs, plan: Mapping[str, object], wishes: Wishes) -> list[Wish]:
    """The cells row by row. `plan`: what all share, as form values; `wishes` reads a cell's form
    as it reads any other."""
    across, down = _axes(start)
    drift = _drift(start, (across, down))
    made = []
    for row, y in enumerate(down.values):
        for column, x in enumerate(across.values):
            steps = {across.by: x, down.by: y}
            cell = _cell_inputs(inputs, plan, steps, _begin(start, steps.get("drift", drift)))
            (wish,) = wishes(cell)
            place = {"row": row, "column": column, "x": [across.by, x], "y": [down.by, y]}
            label = {"x": str(x), "y": str(y)}
            made.append(replace(wish, cell=place, label=label))
    return made


def grid_plan(start: Start, inputs: Inputs) -> ImagePlan:
    """The plan that all cells share but for the axes."""
    return start.of[0].plan if start.of else plan_of(inputs)


def _cell_inputs(
    inputs: Inputs, plan: Mapping[str, object], steps: Mapping[str, object], begin: str
) -> Inputs:
    """The form of one cell. What an axis decides is not held by the rest of the plan: another
    palette brings its own warmth, another warmth its own palette."""
    fixed = {} if begin else dict(plan)
    if not set(steps).isdisjoint(COLOUR_NUMBERS) and not locked_palette(inputs):
        fixed["palette"] = ""
    if "palette" in steps:
        fixed |= dict.fromkeys(COLOUR_NUMBERS, UNSET)
        fixed["lock"] = bool(begin) or inputs["lock"]
    if steps.get("finish", inputs["finish"]) != inputs["finish"]:
        fixed["tuning"] = ""
    fields = {name: value for name, value in steps.items() if name != "drift"}
    return MappingProxyType({**inputs, **fixed, **fields, "n": 1, "start": begin})


def _begin(start: Start, reach: object) -> str:
    return start_text("vary", [start.of[0].as_data], reach=reach) if start.of else ""


def _drift(start: Start, axes: Sequence[Axis]) -> float:
    still = all(axis.by in _STILL for axis in axes)
    return start.number("drift", 0.0 if still else _OPEN_DRIFT, 0.0, 1.0)


def _axes(start: Start) -> tuple[Axis, Axis]:
    across, down = (_axis(start.told[name], bool(start.of)) for name in ("x", "y"))
    if across.by == down.by:
        raise InvalidInput("start", "The two directions of a grid must differ.", code="image_axes")
    return across, down


def _axis(given: object, has_picture: bool) -> Axis:
    asked = given if isinstance(given, dict) else {}
    by, values = asked.get("by"), asked.get("values")
    if by not in AXES or (by == "drift" and not has_picture):
        known = [each for each in AXES if has_picture or each != "drift"]
        raise wrong_value("by", by, ", ".join(known))
    low, high = VALUES
    if not isinstance(values, list) or not low <= len(set(map(str, values))) == len(values) <= high:
        raise InvalidInput(
            "start",
            f"A grid takes {low} to {high} different values in each direction.",
            code="image_axis_values",
            least=low,
            most=high,
        )
    return Axis(str(by), tuple(_value(str(by), each) for each in values))


def _value(by: str, value: object) -> object:
    if by == "palette" and isinstance(value, str) and value.strip():
        return " ".join(asked_palette(value))
    if by == "style" and value in STYLES:
        return value
    if by == "finish" and value in FINISHES:
        return value
    if by == "seed" and isinstance(value, int) and is_between(value, 1, MOST_SEED):
        return value
    if by not in ("palette", "style", "finish", "seed") and is_between(value, 0, 1):
        return value
    raise wrong_value(by, value, _choices(by))


def _choices(by: str) -> str:
    named = {"style": STYLES, "finish": tuple(FINISHES), "palette": ("#e63946 #1d3557",)}
    return ", ".join(named.get(by, ("1, 2, 3",) if by == "seed" else ("0 - 1",)))
