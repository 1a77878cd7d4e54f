"""Verbs on finished pictures that make a sheet: more like this, crossbreed, recolour, refinish,
and pictures from a sketch or from words alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from studio.crafts.craft import Inputs
from studio.crafts.image_colours import toned
from studio.crafts.image_form import (
    asked_palette,
    chosen_numbers,
    chosen_style,
    locked_palette,
    number,
    plan_of,
)
from studio.crafts.image_kept import Kept, is_palette
from studio.crafts.image_plan import ImagePlan, read_plan
from studio.crafts.image_sizes import asked_size
from studio.crafts.image_sketch import palette_of_cells, read_cells
from studio.crafts.image_start import MOST_PICTURES, Start
from studio.crafts.image_wish import Wish
from studio.crafts.palette import SLOTS, hex_to_rgb, rgb_to_hex
from studio.errors import InvalidInput

REACHES: Mapping[str, float] = MappingProxyType({"near": 0.2, "middle": 0.45, "far": 0.75})
"""How far "more like this" leaves the picture: the drift of its layout."""
COLOUR_NUMBERS = ("warmth", "saturation", "brightness", "contrast")
_SAME_BRUSH = 0.3
"""Up to this reach the painting keeps its noise; farther on it is painted anew."""
_FIRST_LOOSE, _LOOSER, _LOOSEST = 0.15, 0.08, 0.6
_STRUCTURE = ("density", "movement", "angularity")


def fresh(inputs: Inputs) -> list[Wish]:
    """n pictures from the words alone, one seed each."""
    plan = plan_of(inputs)
    return [_from_words(inputs, plan, seed) for seed in seeds(inputs)]


def varied(start: Start, inputs: Inputs) -> list[Wish]:
    """n pictures like the one, nearer or farther. What the form sets stands over the picture's:
    a warmer plan gives warmer colours of the same palette."""
    (kept,) = start.of
    drift, name = _reach(start)
    plan, slots = _replanned(kept, inputs)
    wish = Wish.again(
        kept,
        inputs,
        "vary",
        plan=plan,
        slots=slots,
        text=str(inputs["text"]),
        wildness=number(inputs, "wildness"),
        drift=drift,
        label={"reach": name},
    )
    return [
        replace(wish, seed=seed, noise=_noise(kept, drift, place, seed))
        for place, seed in enumerate(seeds(inputs))
    ]


def crossed(start: Start, inputs: Inputs) -> list[Wish]:
    """The first one's layout with the other's style, words, noise and colours; then ever freer."""
    layout, detail = start.of
    colours = layout if inputs["lock"] else detail
    palette, slots = kept_colours(colours, inputs)
    strict = Wish.again(
        detail,
        inputs,
        "cross",
        layout=layout.layout,
        aspect=layout.aspect,
        plan=plan_in(detail, palette),
        slots=slots,
        parents=(layout, detail),
    )
    return [
        replace(strict, seed=seed, drift=_looseness(place))
        for place, seed in enumerate(seeds(inputs))
    ]


def recoloured(start: Start, inputs: Inputs) -> list[Wish]:
    """The same layout and painting in other colours, one picture a palette."""
    (kept,) = start.of
    wish = Wish.again(kept, inputs, "recolour", slots=())
    return [
        replace(wish, plan=plan_in(kept, palette), label={"palette": " ".join(palette)})
        for palette in _new_palettes(start, inputs)
    ]


def refinished(start: Start, inputs: Inputs) -> list[Wish]:
    """The very same compositions; finish, tuning, size and format are the form's."""
    return [
        Wish.again(each, inputs, "refinish", label={"finish": inputs["finish"]})
        for each in start.of
    ]


def repainted(start: Start, inputs: Inputs) -> list[Wish]:
    """n paintings over the picture by a painter that works from words, one seed each; style,
    numbers and palette of the form stand over the picture's."""
    (kept,) = start.of
    plan, slots = _replanned(kept, inputs)
    text, label = str(inputs["text"]), {"strength": number(inputs, "strength")}
    wish = Wish.again(kept, inputs, "repaint", plan=plan, slots=slots, text=text, label=label)
    return [replace(wish, seed=seed) for seed in seeds(inputs)]


def sketched(start: Start, inputs: Inputs) -> list[Wish]:
    """n paintings of a layout drawn by hand, in the form's palette or else its own colours."""
    cells = read_cells(start.told["cells"])
    palette = asked_palette(str(inputs["palette"])) or palette_of_cells(cells)
    plan = plan_of({**inputs, "palette": " ".join(palette)})
    return [
        replace(_from_words(inputs, plan, seed), layout=cells, verb="sketch")
        for seed in seeds(inputs)
    ]


def seeds(inputs: Inputs) -> range:
    """One a picture, the form's first."""
    first = int(number(inputs, "seed"))
    return range(first, first + int(number(inputs, "n")))


def kept_colours(kept: Kept, inputs: Inputs) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(palette, slots): a locked palette, else the picture's own, slot for slot."""
    locked = locked_palette(inputs)
    if locked and locked != kept.palette:
        return locked, ()
    return kept.palette, kept.slots


def _from_words(inputs: Inputs, plan: ImagePlan, seed: int) -> Wish:
    return Wish(
        inputs=inputs,
        plan=plan,
        text=str(inputs["text"]),
        seed=seed,
        wildness=number(inputs, "wildness"),
        aspect=asked_size(inputs).aspect,
    )


def _reach(start: Start) -> tuple[float, object]:
    asked = start.told.get("reach", "middle")
    if isinstance(asked, str) and asked in REACHES:
        return REACHES[asked], asked
    return start.number("reach", 0.0, 0.0, 1.0), asked


def _noise(kept: Kept, drift: float, place: int, seed: int) -> int:
    still = drift == 0 and place > 0
    return kept.noise if drift <= _SAME_BRUSH and not still else seed


def _replanned(kept: Kept, inputs: Inputs) -> tuple[ImagePlan, tuple[str, ...]]:
    """The picture's plan with what the form sets, and its slots in the colours of that."""
    palette, slots = kept_colours(kept, inputs)
    numbers = {**plan_in(kept, palette).numbers, **chosen_numbers(inputs)}
    if not inputs["lock"]:
        change = {name: numbers[name] - kept.numbers[name] for name in COLOUR_NUMBERS}
        palette, slots = retoned(palette, change), retoned(slots, change)
    style = chosen_style(inputs) or kept.style
    return ImagePlan(style, palette, numbers), slots


def retoned(colours: Sequence[str], change: Mapping[str, float]) -> tuple[str, ...]:
    """`toned`, and the very same colours when nothing changes."""
    return toned(colours, change) if any(change.values()) else tuple(colours)


def _looseness(place: int) -> float:
    loose = _FIRST_LOOSE + _LOOSER * (place - 1)
    return round(min(_LOOSEST, loose), 2) if place else 0.0


def _new_palettes(start: Start, inputs: Inputs) -> Sequence[tuple[str, ...]]:
    given: Any = start.told.get("palettes", [asked_palette(str(inputs["palette"]))])
    several = isinstance(given, list) and 1 <= len(given) <= MOST_PICTURES
    if not several or not all(is_palette(each, 1, SLOTS) for each in given):
        raise InvalidInput(
            "palette",
            "Choose the new colours first: one to eight.",
            "Like #e63946 #1d3557.",
            code="image_new_colours",
        )
    return [tuple(rgb_to_hex(hex_to_rgb(colour)) for colour in each) for each in given]


def plan_in(kept: Kept, palette: tuple[str, ...]) -> ImagePlan:
    """The picture's plan in other colours: their own warmth and saturation, the same structure."""
    if palette == kept.palette:
        return kept.plan
    structure = {name: kept.numbers[name] for name in _STRUCTURE}
    return read_plan(kept.text, kept.seed, style=kept.style, palette=palette, chosen=structure)
