"""What one picture row was asked, read from its request's `condition` and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from studio.crafts.palette import hex_to_rgb, is_hex, rgb_to_hex
from studio.errors import InvalidInput
from studio.families.composition import STYLES
from studio.families.layout_prior import PLAN_NUMBERS
from studio.requests import Request

EDGES = (64, 1024)
"""Smallest and largest edge of a composition in pixels; finishes paint larger ones."""
LAYOUT_CELLS = (2, 32)
_DEFAULT_EDGE = 512
_MOST_COLOURS = 8

Layout = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """One row. `numbers`: the plan numbers that were given, 0..1."""

    seed: int
    style: str
    palette: tuple[str, ...]
    numbers: Mapping[str, float]
    wildness: float
    """0 tame .. 1 wild: the spread of all noise."""
    layout: Layout | None
    """n rows of n hex colours, top first; None: the prior draws it."""
    edge: int

    @classmethod
    def read(cls, request: Request) -> PictureOrder:
        """Raises InvalidInput naming the condition's field.

        `condition`: style, palette (hex colours, needed), density, movement, angularity, warmth,
        saturation, brightness, contrast, truncation, layout, edge.
        """
        asked = request.condition
        style = str(asked.get("style", ""))
        if style and style not in STYLES:
            raise _wrong("style", f"There is no style {style}.", f"Known: {', '.join(STYLES)}.")
        return cls(
            seed=request.seed,
            style=style,
            palette=_palette(asked.get("palette", ())),
            numbers={name: _share(asked, name) for name in PLAN_NUMBERS if name in asked},
            wildness=_share(asked, "truncation", 0.5),
            layout=_layout(asked.get("layout")),
            edge=_edge(asked.get("edge", _DEFAULT_EDGE)),
        )


def _wrong(field: str, message: str, hint: str = "") -> InvalidInput:
    return InvalidInput(field, message, hint, code=f"bad_{field}")


def _palette(given: object) -> tuple[str, ...]:
    colours = _colours(given)
    if colours is None or not 1 <= len(colours) <= _MOST_COLOURS:
        raise _wrong("palette", "The palette needs one to eight colours.", "Like #e63946.")
    return colours


def _colours(given: object) -> tuple[str, ...] | None:
    if not isinstance(given, Sequence) or isinstance(given, str):
        return None
    if not all(isinstance(each, str) and is_hex(each) for each in given):
        return None
    return tuple(rgb_to_hex(hex_to_rgb(each)) for each in given)


def _share(asked: Mapping[str, object], name: str, default: float = 0.5) -> float:
    given = asked.get(name, default)
    if not isinstance(given, int | float) or not 0 <= given <= 1:
        raise _wrong(name, f"{name} must be a number from 0 to 1.")
    return float(given)


def _layout(given: object) -> Layout | None:
    if given is None:
        return None
    rows = [_colours(each) for each in given] if isinstance(given, Sequence) else []
    low, high = LAYOUT_CELLS
    if not low <= len(rows) <= high or any(row is None or len(row) != len(rows) for row in rows):
        raise _wrong("layout", f"A layout is {low} to {high} rows of as many hex colours.")
    return tuple(row for row in rows if row is not None)


def _edge(given: object) -> int:
    low, high = EDGES
    if not isinstance(given, int) or not low <= given <= high:
        raise _wrong("edge", f"A composition's edge is {low} to {high} pixels.")
    return given
