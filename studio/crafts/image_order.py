"""From a filled form to the pictures that are wanted, whatever they start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.crafts.craft import Inputs
from studio.crafts.image_board import boarded
from studio.crafts.image_film import film_data, filmed
from studio.crafts.image_finishes import asked_tuning
from studio.crafts.image_form import form_values, plan_of
from studio.crafts.image_grid import grid_plan, gridded
from studio.crafts.image_morph import frames_per_second, morphed
from studio.crafts.image_plan import ImagePlan
from studio.crafts.image_sizes import asked_size
from studio.crafts.image_start import Start, read_start
from studio.crafts.image_verbs import (
    crossed,
    fresh,
    recoloured,
    refinished,
    repainted,
    sketched,
    varied,
)
from studio.crafts.image_walk import walked
from studio.crafts.image_wish import Wish


@dataclass(frozen=True, slots=True)
class Sheet:
    """The pictures of one order, and the plan that the person sees."""

    plan: ImagePlan
    wishes: tuple[Wish, ...]
    fps: int = 0
    """Of a loop: all wishes are its frames. 0: each is a picture of its own."""
    film: Mapping[str, object] | None = None
    """Of a film: its time and its melody; all wishes are its frames."""


def sheet_of(inputs: Inputs, plan: Mapping[str, object] | None = None) -> Sheet:
    """Everything a form asks for. Raises InvalidInput naming the field.

    `plan`: the plan that was made of the form before, as `form_values` has it."""
    asked_size(inputs)
    asked_tuning(str(inputs["tuning"]), str(inputs["finish"]))
    start = read_start(str(inputs["start"]))
    planned = {**inputs, **(plan or {})}
    if start is not None and start.verb == "grid":
        shared = grid_plan(start, planned)
        return Sheet(shared, tuple(gridded(start, inputs, form_values(shared), wishes_of)))
    wishes = tuple(_wishes(start, planned))
    if start is not None and start.verb == "walk":
        return Sheet(start.of[0].plan, wishes)
    if start is not None and start.verb == "board":
        return Sheet(plan_of(planned), wishes)
    if start is not None and start.verb == "film":
        return Sheet(start.of[0].plan, wishes, film=film_data(start))
    fps = frames_per_second(start) if start is not None and start.verb == "morph" else 0
    return Sheet(wishes[0].plan, wishes, fps)


def wishes_of(inputs: Inputs) -> list[Wish]:
    """The pictures of a form that is no grid, in order."""
    return _wishes(read_start(str(inputs["start"])), inputs)


_VERBS: Mapping[str, Callable[[Start, Inputs], list[Wish]]] = MappingProxyType(
    {
        "vary": varied,
        "cross": crossed,
        "morph": morphed,
        "film": filmed,
        "sketch": sketched,
        "recolour": recoloured,
        "refinish": refinished,
        "repaint": repainted,
        "walk": walked,
        "board": boarded,
    }
)


def _wishes(start: Start | None, inputs: Inputs) -> list[Wish]:
    return fresh(inputs) if start is None else _VERBS[start.verb](start, inputs)
