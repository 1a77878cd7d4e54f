"""Skeins of poured line, thick to thin, with droplets beside them."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.drips.ground import stained, wet
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import swelling, wander
from studio.families.drawings.places import free_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = stained(sheet, rng, tones.ground, wish)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), free_focus(sheet, rng)
    spread = 0.14 + 0.2 * wish.density
    _pools(sheet, rng, labels, tones, focus, main)
    for index in range(round(5 + 42 * wish.density**1.3)):
        middle = tuple(np.asarray(focus) + rng.normal(0, spread, 2) * (sheet.wide, sheet.high))
        turn = 0.1 + bend(wish, 1.6)
        direction = beside(rng, main, wish, 0.2)
        length = rng.uniform(0.6, 2.0)
        path = wander(rng, middle, direction, length, turn, wish.angularity - 0.4, 7, 44)
        thick = 0.0055 + 0.011 * rng.random() ** 4
        label = 1 + (index % len(tones.inks))
        labels.strand(path, swelling(rng, 44, 0.55 * thick, 1.6 * thick, 12), label)
        _beads(rng, labels, path, thick, label)
    labels.lay_on(paint, tones.inks, wet(sheet, rng))
    return paint.limited()


def _pools(sheet: Sheet, rng: Rng, labels: Labels, tones: Tones, focus: Point, main: float) -> None:
    """A few puddles that the lines run over."""
    for index in range(int(rng.integers(2, 6))):
        x, y = np.asarray(focus) + rng.normal(0, 0.25, 2) * (sheet.wide, sheet.high)
        size = rng.uniform(0.03, 0.13)
        shape = turned(blob(rng, (x, y), size, 0.5), main, 0.5)
        labels.polygon(shape, 1 + (index + 1) % len(tones.inks))


def _beads(rng: Rng, labels: Labels, path: Floats, thick: float, label: int) -> None:
    """Droplets that fell beside a poured line."""
    places = path[rng.integers(0, len(path), 4)] + rng.normal(0, 0.03, (4, 2))
    for place, size in zip(places, rng.random(4), strict=True):
        labels.spot(place, thick * (0.5 + 1.3 * size**2), label)


FAMILY = Family(
    name="pollock",
    style="drip",
    english=(
        "skeins of dripped paint all over",
        "poured enamel lines, tangled and layered",
        "action painting with drips and droplets",
        "a web of flung paint",
    ),
    chinese=(
        "满幅滴洒的颜料线",
        "层层交织的泼洒线条",
        "滴画，行动绘画",
        "甩出来的颜料之网",
    ),
    draw=_draw,
)
