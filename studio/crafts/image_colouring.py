"""Which colours a plan gets: those that are named, else those written for a like description."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import atan2, dist, hypot, pi
from statistics import fmean

from studio.crafts.guesses import Guesses
from studio.crafts.image_palettes import PALETTES
from studio.crafts.image_reading import (
    asked_temperatures,
    asks_dark_detail,
    found_colours,
    found_concepts,
)
from studio.crafts.image_said import DARK_GROUND, LIGHT_GROUND, said_ground
from studio.crafts.palette import Lab, hex_to_lab, lab_to_hex, lab_warmth

Palette = tuple[str, ...]
MOST_COLOURS = 5
_CANDIDATES, _CHOICES = 12, 3
"""Palettes that are weighed against each other; the best few, of which the seed draws one."""
_OFF_PLAN = 0.4
"""Cosine of two descriptions that one unit of distance from the plan's numbers costs."""
_SHARPNESS = 0.2
_WARMS = ("#e8a33d", "#d9623b", "#f2c078", "#c8553d", "#f3b391", "#e0b15c")
_COLDS = ("#3d6f9e", "#8fb8c9", "#2f5d62", "#a9bcd0", "#5b7db1", "#7fa99b")
_DARK_LINE = "#26211f"
_FIGURES = 3
_QUIET_CHROMA = 18


def colours_for(
    text: str, numbers: Mapping[str, float], seed: int, guesses: Guesses | None = None
) -> Palette:
    """Two to five hex colours. The first ones are the ground where a ground is named."""
    rng = random.Random(seed)
    temperature, count = asked_temperatures(text)
    if temperature:
        colours = rng.sample(_WARMS if temperature == "warm" else _COLDS, count)
        return tuple(colours + [_DARK_LINE] * asks_dark_detail(text))
    named, ground = found_colours(text)[:MOST_COLOURS], said_ground(text)
    if ground:
        drawn = () if set(named) - {ground} else _drawn(text, numbers, rng, guesses)
        return on_ground(ground, named or drawn, drawn)
    if len(named) >= 2:
        return _grounded(named, numbers)
    if named:
        return _family(named[0], numbers, asks_dark_detail(text))
    return _drawn(text, numbers, rng, guesses)


def on_ground(ground: str, named: Palette, drawn: Palette = ()) -> Palette:
    """A named ground takes the larger part: it comes twice, the second time a shade nearer to the
    middle. What lies on it are the named colours, else the drawn ones that stand out most."""
    lightness, a, b = hex_to_lab(ground)
    second = lab_to_hex((lightness + (7 if lightness < 50 else -6), a, b))
    figures = [each for each in named if each != ground]
    if not figures:
        figures = sorted(drawn, key=lambda each: -dist(hex_to_lab(each), hex_to_lab(ground)))
    if len(figures) == 1 and hypot(*hex_to_lab(figures[0])[1:]) > _QUIET_CHROMA:
        figures.append(_toward(figures[0], ground))
    return tuple(dict.fromkeys((ground, second, *figures[:_FIGURES])))


def _toward(colour: str, ground: str) -> str:
    """A third of the way to the ground: the depth of a single colour."""
    near, far = hex_to_lab(colour), hex_to_lab(ground)
    lightness, a, b = ((2 * x + y) / 3 for x, y in zip(near, far, strict=True))
    return lab_to_hex((lightness, a, b))


def _drawn(
    text: str, numbers: Mapping[str, float], rng: random.Random, guesses: Guesses | None
) -> Palette:
    told = guesses.nearest.get("palette", {}) if guesses else {}
    likeness = {tuple(palette.split()): near for palette, near in told.items()}
    colourful = "vivid" in found_concepts(text)
    return rng.choice(fitting(numbers, colourful, likeness))


def fitting(
    numbers: Mapping[str, float],
    colourful: bool = False,
    likeness: Mapping[Palette, float] | None = None,
) -> list[Palette]:
    """The few written palettes that suit best: near the plan's numbers, written for a like
    description (`likeness`: palette -> cosine), and not far from the others that suit."""
    known = likeness or dict.fromkeys(PALETTES, 0.0)
    merit = {
        palette: near - _OFF_PLAN * _off(palette, numbers, colourful)
        for palette, near in known.items()
        if len(palette) >= 3
    }
    best = sorted(merit, key=lambda palette: -merit[palette])[:_CANDIDATES]
    weights = [2 ** ((merit[each] - merit[best[0]]) / _SHARPNESS) for each in best]
    # The least expected distance, each candidate taken for the right one in its turn.
    risk = {
        one: sum(
            weight * palette_distance(one, other)
            for weight, other in zip(weights, best, strict=True)
        )
        for one in best
    }
    return sorted(best, key=lambda palette: risk[palette])[:_CHOICES]


def palette_distance(one: Sequence[str], other: Sequence[str]) -> float:
    """Mean Lab distance (CIE76) from each colour to the nearest of the other palette, both ways."""
    here, there = ([_lab(each) for each in palette] for palette in (one, other))
    out = fmean(min(dist(a, b) for b in there) for a in here)
    back = fmean(min(dist(a, b) for a in here) for b in there)
    return (out + back) / 2


@lru_cache(maxsize=4096)
def _lab(colour: str) -> Lab:
    return hex_to_lab(colour)


def _off(palette: Palette, numbers: Mapping[str, float], colourful: bool) -> float:
    labs = [_lab(each) for each in palette]
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


def _hues(labs: Sequence[Lab]) -> int:
    """How many of eight hue sectors hold a strong colour."""
    strong = [lab for lab in labs if hypot(lab[1], lab[2]) > 25]
    return len({int(8 * (atan2(b, a) / (2 * pi) + 0.5)) for _, a, b in strong})


def _grounded(named: Palette, numbers: Mapping[str, float]) -> Palette:
    """Named colours, with a quiet ground when they are all loud."""
    if len(named) >= MOST_COLOURS or any(_quiet(each) for each in named):
        return named
    return (*named, LIGHT_GROUND if numbers["brightness"] > 0.45 else DARK_GROUND)


def _quiet(colour: str) -> bool:
    lightness, a, b = hex_to_lab(colour)
    return lightness < 25 or lightness > 80 or hypot(a, b) < _QUIET_CHROMA


def _family(colour: str, numbers: Mapping[str, float], dark_detail: bool) -> Palette:
    """One named colour: its tints and shades around it."""
    lightness, a, b = hex_to_lab(colour)
    pale = lab_to_hex((91, 0.22 * a, 0.22 * b))
    middle = lab_to_hex((0.5 * (lightness + 91), 0.55 * a, 0.55 * b))
    deep = lab_to_hex((max(12, lightness - 26), 0.7 * a, 0.7 * b))
    tones = (pale, middle, colour, deep) if numbers["brightness"] > 0.4 else (deep, colour, middle)
    return (*tones, _DARK_LINE) if dark_detail else tones
