"""What one picture row was asked, read from its request's `condition` and checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from torch import Tensor

from studio.crafts.palette import SLOTS, hex_to_rgb, is_hex, rgb_to_hex
from studio.errors import InvalidInput
from studio.families.composition import STYLES
from studio.families.layout_prior import PLAN_NUMBERS
from studio.families.layouts import decoded
from studio.requests import Request

EDGES = (64, 1024)
"""Smallest and largest longer edge of a composition in pixels; finishes paint larger ones."""
ASPECTS = (0.4, 3.0)
"""Narrowest and widest picture, width / height."""
LAYOUT_CELLS = (2, 64)
_DEFAULT_EDGE = 512
_MOST_COLOURS = 8

Cells = tuple[tuple[str, ...], ...]
"""Rows of hex colours, top first."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A point on the way from one picture to another: layouts and noises are blended."""

    layouts: tuple[Tensor, Tensor]
    """Shares [8, r, c] each, of one shape."""
    noises: tuple[int, int]
    """Seeds of the two pictures' noise."""
    styles: tuple[str, str]
    texts: tuple[str, str]
    at: float
    """0 the first, 1 the second."""


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """One row. `numbers`: the plan numbers that were given, 0..1."""

    seed: int
    text: str
    style: str
    palette: tuple[str, ...]
    slots: tuple[str, ...]
    """Eight exact colours, dark to light, or () to spread `palette` over the layout."""
    numbers: Mapping[str, float]
    wildness: float
    """0 tame .. 1 wild: how freely the prior repaints the sketch, and the spread of all noise."""
    cells: Cells | None
    """A layout drawn by hand or taken from a picture; None: the prior draws it."""
    layout: Tensor | None
    """A layout [8, r, c] kept from another picture."""
    drift: float
    """How far to leave `layout`: 0 keeps it, 1 draws anew from it."""
    noise: int
    """Seed of the composition's noise."""
    passage: Passage | None
    aspect: float
    """Width / height."""
    edge: int
    """Longer edge in pixels."""

    @classmethod
    def read(cls, request: Request) -> PictureOrder:
        """Raises InvalidInput naming the condition's field.

        `condition`: style, palette (hex colours, needed), slots, density, movement, angularity,
        warmth, saturation, brightness, contrast, truncation, layout (a code or rows of hex
        colours), drift, noise (a seed), passage, aspect, edge."""
        asked = request.condition
        style = str(asked.get("style", ""))
        if style and style not in STYLES:
            raise _wrong("style", f"There is no style {style}.", f"Known: {', '.join(STYLES)}.")
        given = asked.get("layout")
        coded = isinstance(given, str)
        return cls(
            seed=request.seed,
            text=request.prompt,
            style=style,
            palette=_palette(asked.get("palette", ())),
            slots=_slots(asked.get("slots", ())),
            numbers={name: _share(asked, name) for name in PLAN_NUMBERS if name in asked},
            wildness=_share(asked, "truncation", 0.5),
            cells=None if coded else _cells(given),
            layout=_layout(given) if coded else None,
            drift=_share(asked, "drift", 0.0),
            noise=int(str(asked.get("noise", request.seed))),
            passage=_passage(asked.get("passage")),
            aspect=_aspect(asked.get("aspect", 1.0)),
            edge=_edge(asked.get("edge", _DEFAULT_EDGE)),
        )


def _wrong(field: str, message: str, hint: str = "") -> InvalidInput:
    return InvalidInput(field, message, hint, code=f"bad_{field}")


def _palette(given: object) -> tuple[str, ...]:
    colours = _colours(given)
    if colours is None or not 1 <= len(colours) <= _MOST_COLOURS:
        raise _wrong("palette", "The palette needs one to eight colours.", "Like #e63946.")
    return colours


def _slots(given: object) -> tuple[str, ...]:
    colours = _colours(given)
    if colours is None or len(colours) not in (0, SLOTS):
        raise _wrong("palette", f"The exact palette has {SLOTS} colours.")
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


def _cells(given: object) -> Cells | None:
    if given is None:
        return None
    rows = [_colours(each) for each in given] if isinstance(given, Sequence) else []
    low, high = LAYOUT_CELLS
    whole = [row for row in rows if row is not None]
    even = len({len(row) for row in whole}) == 1 and len(whole) == len(rows)
    if not even or not (low <= len(rows) <= high and low <= len(whole[0]) <= high):
        raise _wrong("layout", f"A layout is {low} to {high} rows of as many hex colours.")
    return tuple(whole)


def _layout(given: object) -> Tensor:
    try:
        return decoded(str(given))
    except ValueError as error:
        raise _wrong("layout", "This layout can not be read.") from error


def _passage(given: object) -> Passage | None:
    if given is None:
        return None
    if not isinstance(given, Mapping) or not {"layouts", "noises", "at"} <= set(given):
        raise _wrong("passage", "A passage needs two layouts, two noises and a place.")
    first, second = (_layout(each) for each in list(given["layouts"])[:2])
    if first.shape != second.shape:
        raise _wrong("passage", "Only pictures of one shape can melt into each other.")
    one, other = (int(str(each)) for each in list(given["noises"])[:2])
    styles, texts = (_pair(given.get(name)) for name in ("styles", "prompts"))
    return Passage((first, second), (one, other), styles, texts, _share(given, "at"))


def _pair(given: object) -> tuple[str, str]:
    """Two texts, or two empty ones."""
    whole = isinstance(given, Sequence) and not isinstance(given, str) and len(given) == 2
    first, second = given if whole and isinstance(given, Sequence) else ("", "")
    return str(first), str(second)


def _aspect(given: object) -> float:
    low, high = ASPECTS
    if not isinstance(given, int | float) or not low <= given <= high:
        raise _wrong("aspect", f"A picture's width is {low} to {high} times its height.")
    return float(given)


def _edge(given: object) -> int:
    low, high = EDGES
    if not isinstance(given, int) or not low <= given <= high:
        raise _wrong("edge", f"A composition's edge is {low} to {high} pixels.")
    return given
