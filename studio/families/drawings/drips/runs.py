"""Paint splashed on in bands, running down in threads of many lengths."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.drips.ground import stained, wet
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import swelling, wander
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    lean = float(rng.choice([-1, 1]) * wish.movement * 0.75)
    bands = int(rng.integers(2, 4))
    count = round(4 + 50 * wish.density)
    for band in range(bands):
        label = 1 + band % len(tones.inks)
        top = sheet.high * (0.62 - 0.55 * band / bands + rng.uniform(-0.08, 0.08))
        middle, reach = sheet.wide * rng.uniform(0.3, 0.7), sheet.wide * rng.uniform(0.3, 0.6)
        _splash(rng, labels, (middle, top), reach, lean, wish, label)
        for _ in range(round(count / bands)):
            x = middle + reach * rng.uniform(-1, 1)
            _run(rng, labels, sheet, (x, top - lean * 0.6 * (x - middle)), lean, wish, label)
    labels.lay_on(paint, tones.inks, wet(sheet, rng))
    return paint.limited()


def _splash(
    rng: Rng, labels: Labels, middle: Point, reach: float, lean: float, wish: Wish, label: int
) -> None:
    """The band that feeds the runs: a loaded pull of paint, torn in places, with spray."""
    angle, turn = -np.arctan(0.6 * lean), 0.08 + bend(wish, 0.4)
    path = wander(rng, middle, angle, 2 * reach, turn, 0, 5, 41)
    labels.strand(path, swelling(rng, 41, 0.012, 0.07, 12), label)
    for _ in range(3):
        start = int(rng.integers(0, 30))
        above = path[start : start + 11] - (0.0, rng.uniform(0.02, 0.08))
        labels.strand(above, swelling(rng, len(above), 0.004, 0.03, 4), label)
    for _ in range(round(18 * wish.density)):
        spray = np.asarray(middle) + rng.normal(0, 1, 2) * (reach * 0.8, 0.1)
        labels.spot(spray, 0.004 + 0.014 * rng.random() ** 2, label)


def _run(
    rng: Rng, labels: Labels, sheet: Sheet, start: Point, lean: float, wish: Wish, label: int
) -> None:
    """One thread of paint, drawn down by its weight, with a bead at its end."""
    length = sheet.high * (0.08 + 0.6 * rng.random() ** 1.6)
    thick = 0.006 + 0.008 * rng.random() ** 2
    direction = np.pi / 2 + lean * (1 + 0.2 * rng.standard_normal() * (1 - wish.angularity))
    turn = bend(wish, 0.8)
    middle = (
        start[0] + length / 2 * float(np.cos(direction)),
        start[1] + length / 2 * float(np.sin(direction)),
    )
    path = wander(rng, middle, direction, length, turn, 0, 5, 17)
    half = thick * (0.75 + 0.9 * np.exp(-8 * np.linspace(0, 1, 17)))
    labels.strand(path, half, label)
    labels.spot(path[-1], thick * rng.uniform(1.1, 1.7), label)


FAMILY = Family(
    name="runs",
    style="drip",
    english=(
        "paint running down the canvas",
        "splashed bands that drip in long threads",
        "wet paint dripping like rain",
    ),
    chinese=(
        "颜料顺着画布流淌",
        "泼上去的色带往下滴",
        "像雨一样流下的湿颜料",
    ),
    draw=_draw,
)
