"""Short loaded strokes along a field round a light or two, like a night sky in oil."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.cutouts import Cutouts
from studio.families.drawings.family import Family
from studio.families.drawings.flows.breeze import Breeze
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.tones import Tones

_TAPER = (0.35, 0.8, 1, 1, 0.95, 0.7, 0.25)
"""Width of a stroke at the points of its path."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    tones, breeze = Tones.drawn(rng), Breeze(rng, wish)
    clouds = Swirls.drawn(rng, 0.6 + 1.4 * wish.density)
    count, long = int(120 + 260 * wish.density), float(0.5 - 0.37 * wish.density)
    places = rng.uniform(-0.03, 1.03, (count, 2)) * [sheet.wide, sheet.high]
    swirling = (1 - wish.angularity) * (0.1 + 0.9 * wish.movement)
    lights = _lights(sheet, rng, breeze, swirling)
    paths = breeze.paths(places, long * rng.uniform(0.7, 1.2, count), 4)
    chosen = _bands(clouds.at(places[:, 0], places[:, 1]), tones, rng)
    _shine(lights, places, chosen, tones)
    paint = Paint.ground(sheet, tones.ground)
    _strokes(sheet, rng, wish, paths, long, chosen).lay_on(paint)
    paint.relief += 0.2 * sheet.noise(rng, 45)
    return paint.limited()


def _strokes(
    sheet: Sheet, rng: Rng, wish: Wish, paths: Floats, long: float, chosen: Floats
) -> Cutouts:
    """Loaded strokes of two stripes each, the second one a tone or two off when lively."""
    count, cutouts = len(paths), Cutouts(sheet)
    halves = long * rng.uniform(0.06, 0.13, count)
    lively = rng.uniform(0, 1, count) < 0.15 + 0.75 * wish.density
    scatter = lively * rng.choice([-1.0, 0, 1, 2], count)
    reliefs = rng.uniform(-0.7, 0.9, (count, 2))
    pairs = np.clip(np.stack([chosen, chosen + scatter], -1), 0, TOP)
    widths = np.maximum(halves, 0.007)[:, None] * np.array(_TAPER)
    cutouts.strands(paths, widths, pairs, reliefs)
    return cutouts


def _shine(
    lights: list[tuple[float, float, float]], places: Floats, chosen: Floats, tones: Tones
) -> None:
    """Strokes near a light take the last ink, those in its heart the first."""
    for x, y, size in lights:
        away = np.hypot(places[:, 0] - x, places[:, 1] - y) / size
        chosen[away < 0.9] = tones.inks[-1]
        chosen[away < 0.45] = tones.inks[0]


def _bands(heights: Floats, tones: Tones, rng: Rng) -> Floats:
    """Which tone each stroke takes: the field's height in bands of ground and inks."""
    scale = np.array([tones.ground, *tones.inks])[rng.permutation(len(tones.inks) + 1)]
    place = (0.5 + 0.5 * np.tanh(0.9 * heights)) * len(scale) * 0.999
    return np.asarray(scale[place.astype(int)])


def _lights(
    sheet: Sheet, rng: Rng, breeze: Breeze, round_: float
) -> list[tuple[float, float, float]]:
    """One to three lights (x, y, size) that the strokes circle round, if not angular."""
    lights = []
    for _ in range(int(rng.integers(1, 4))):
        centre, size = sheet.place(rng, 0.15), float(rng.uniform(0.08, 0.2))
        if rng.uniform() < 0.2 + 0.8 * round_:
            breeze.whirl(centre, 1.3 * size, float(rng.choice([-1, 1])) * round_ * size * 6)
            lights.append((*centre, size))
    return lights


FAMILY = Family(
    name="wind",
    style="flow",
    english=(
        "short thick strokes swirling like a night sky",
        "wind painted in dabs of oil",
        "a turning sky of loaded brush marks",
        "hatched strokes following the wind",
    ),
    chinese=(
        "如夜空般旋转的短促厚笔触",
        "油彩短笔画出的风",
        "笔触旋动的天空",
        "顺风排列的短笔",
    ),
    draw=_draw,
)
