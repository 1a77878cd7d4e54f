"""One mark of a loaded brush, and the empty paper round it."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import heading
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import as_points, wander
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.silences.ground import near_thirds, paper
from studio.families.drawings.strokes import flat_stroke
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 3)
    paint = paper(sheet, rng, tones.ground, wish)
    main, middle = heading(rng, wish), near_thirds(sheet, rng)
    half = (0.05 + 0.085 * wish.density) * rng.uniform(0.85, 1.15)
    length = (0.35 + 0.55 * wish.density) * rng.uniform(0.85, 1.2)
    turn = bend(wish, 1.05)
    path = wander(rng, middle, main, length, turn, 0, 3, 14)
    mask, relief = flat_stroke(sheet, as_points(path), half, rng, rng.uniform(0.35, 0.85))
    paint.lay(mask, tones.inks[0], relief)
    labels = Labels(sheet)
    for _ in range(round(1 + 4 * wish.density)):
        spot = np.asarray(middle) + rng.normal(0, 0.2, 2)
        labels.spot(spot, 0.006 + 0.02 * rng.random() ** 3, 1 + int(rng.random() < 0.4))
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]))
    return paint.limited()


FAMILY = Family(
    name="breath",
    style="minimal",
    english=(
        "one brush mark on empty paper",
        "a single breath of the brush",
        "lots of white space and one gesture",
    ),
    chinese=(
        "空白纸上的一笔",
        "一息之间的笔触",
        "大片留白，一个动作",
    ),
    draw=_draw,
)
