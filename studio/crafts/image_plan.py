"""A picture's plan: what a description is turned into before any model is asked. Pure Python."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import atan2, hypot, pi
from statistics import fmean

from studio.crafts.image_effects import EFFECTS, MEANS, VOTES
from studio.crafts.image_palettes import PALETTES
from studio.crafts.image_reading import (
    asked_temperatures,
    asks_dark_detail,
    found_colours,
    found_concepts,
)
from studio.crafts.palette import Lab, hex_to_lab, lab_to_hex, lab_warmth, warmth

NUMBERS = (
    "warmth",
    "saturation",
    "brightness",
    "contrast",
    "density",
    "movement",
    "angularity",
)
"""All in 0..1; warmth 0.5 is neutral."""
STYLES = (
    "lyrical",
    "geometric",
    "minimal",
    "gestural",
    "colorfield",
    "rings",
    "waves",
    "flow",
    "grid",
    "cells",
    "marble",
    "drip",
)
_MOST_COLOURS = 5
_CHOICES = 6
_LIGHT_GROUND, _DARK_GROUND = "#f3eee3", "#1b1a20"
_WARMS = ("#e8a33d", "#d9623b", "#f2c078", "#c8553d", "#f3b391", "#e0b15c")
_COLDS = ("#3d6f9e", "#8fb8c9", "#2f5d62", "#a9bcd0", "#5b7db1", "#7fa99b")
_DARK_LINE = "#26211f"


@dataclass(frozen=True, slots=True)
class ImagePlan:
    """Everything that a composition is asked."""

    style: str
    palette: tuple[str, ...]
    """Two to five hex colours (more when the person gave more)."""
    numbers: Mapping[str, float]
    """NUMBERS -> 0..1."""


def read_plan(
    text: str,
    seed: int,
    *,
    style: str = "",
    palette: Sequence[str] = (),
    chosen: Mapping[str, float] | None = None,
) -> ImagePlan:
    """The plan of a description; what is given (`style`, `palette`, `chosen`) stands over it.

    The seed draws what neither says: the colours of a mood."""
    concepts = found_concepts(text)
    given = dict(chosen or {})
    numbers = {name: given.get(name, value) for name, value in _numbers(concepts).items()}
    colours = tuple(palette) or _palette(text, numbers, seed)
    return ImagePlan(
        style=style or _style(concepts, random.Random(seed)),
        palette=colours,
        numbers={
            name: round(value, 2)
            for name, value in (numbers | _shown(colours, numbers, given)).items()
        },
    )


def _numbers(concepts: frozenset[str]) -> dict[str, float]:
    totals = dict(MEANS)
    for concept in sorted(concepts):
        for name, effect in zip(NUMBERS, EFFECTS[concept], strict=True):
            totals[name] += effect
    return {name: min(0.97, max(0.03, value)) for name, value in totals.items()}


def _style(concepts: frozenset[str], rng: random.Random) -> str:
    scores = {name: rng.uniform(0, 0.02) for name in STYLES}
    for concept in sorted(concepts):
        for name, vote in VOTES[concept].items():
            scores[name] += vote
    # Nothing said: the painters' own manner.
    scores["lyrical"] += 0.03
    return max(STYLES, key=lambda name: scores[name])


def _palette(text: str, numbers: Mapping[str, float], seed: int) -> tuple[str, ...]:
    rng = random.Random(seed)
    temperature, count = asked_temperatures(text)
    if temperature:
        colours = rng.sample(_WARMS if temperature == "warm" else _COLDS, count)
        return tuple(colours + [_DARK_LINE] * asks_dark_detail(text))
    named = found_colours(text)[:_MOST_COLOURS]
    if len(named) >= 2:
        return _grounded(named, numbers)
    if named:
        return _family(named[0], numbers, asks_dark_detail(text))
    return rng.choice(_fitting(numbers, "vivid" in found_concepts(text)))


def _fitting(numbers: Mapping[str, float], colourful: bool) -> list[tuple[str, ...]]:
    """The written palettes nearest to the numbers; colourful ones when that is asked."""

    def far(palette: tuple[str, ...]) -> float:
        labs = [hex_to_lab(each) for each in palette]
        lights = [lab[0] / 100 for lab in labs]
        chromas = [hypot(a, b) for _, a, b in labs]
        spread = (max(lights) - min(lights)) / 0.9
        return (
            3 * abs(fmean(lab_warmth(lab) for lab in labs) - numbers["warmth"])
            + 1.5 * abs(fmean(chromas) / 70 - numbers["saturation"])
            + 1.5 * abs(fmean(lights) - numbers["brightness"])
            + 0.7 * abs(spread - numbers["contrast"])
            + (0.8 * (1 - _hues(labs) / 4) if colourful else 0)
        )

    return sorted(PALETTES, key=far)[:_CHOICES]


def _hues(labs: Sequence[Lab]) -> int:
    """How many of eight hue sectors hold a strong colour."""
    strong = [lab for lab in labs if hypot(lab[1], lab[2]) > 25]
    return len({int(8 * (atan2(b, a) / (2 * pi) + 0.5)) for _, a, b in strong})


def _grounded(named: tuple[str, ...], numbers: Mapping[str, float]) -> tuple[str, ...]:
    """Named colours, with a quiet ground when they are all loud."""
    if len(named) >= _MOST_COLOURS or any(_quiet(each) for each in named):
        return named
    return (*named, _LIGHT_GROUND if numbers["brightness"] > 0.45 else _DARK_GROUND)


def _quiet(colour: str) -> bool:
    lightness, a, b = hex_to_lab(colour)
    return lightness < 25 or lightness > 80 or hypot(a, b) < 18


def _family(colour: str, numbers: Mapping[str, float], dark_detail: bool) -> tuple[str, ...]:
    """One named colour: its tints and shades around it."""
    lightness, a, b = hex_to_lab(colour)
    pale = lab_to_hex((91, 0.22 * a, 0.22 * b))
    middle = lab_to_hex((0.5 * (lightness + 91), 0.55 * a, 0.55 * b))
    deep = lab_to_hex((max(12, lightness - 26), 0.7 * a, 0.7 * b))
    tones = (pale, middle, colour, deep) if numbers["brightness"] > 0.4 else (deep, colour, middle)
    return (*tones, _DARK_LINE) if dark_detail else tones


def _shown(
    colours: Sequence[str], numbers: Mapping[str, float], given: Mapping[str, float]
) -> dict[str, float]:
    """Warmth and saturation as the colours have them: a plan must not contradict its palette."""
    labs = [hex_to_lab(each) for each in colours]
    full = min(1.0, fmean(hypot(a, b) for _, a, b in labs) / 70)
    low, high = min(lab[0] for lab in labs) / 100, max(lab[0] for lab in labs) / 100
    bright = min(max(numbers["brightness"], low), high)
    seen = {
        "warmth": fmean(warmth(each) for each in colours),
        "saturation": full,
        "brightness": bright,
    }
    return {name: value for name, value in seen.items() if name not in given}
