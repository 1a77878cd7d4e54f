"""One long thin line and one small accent on a very quiet ground."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import heading
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import swelling, wander
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.silences.ground import near_thirds, paper
from studio.families.drawings.tones import Tones, neighbour


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 3)
    paint = paper(sheet, rng, tones.ground, wish)
    _quiet_half(sheet, rng, paint, tones.ground, wish)
    labels = Labels(sheet)
    main, middle = heading(rng, wish), near_thirds(sheet, rng)
    turn = 0.04 + bend(wish, 1.3)
    for index in range(1 + round(3.4 * wish.density**1.6)):
        centre = (middle[0] + 0.09 * index * rng.normal(), middle[1] + 0.09 * index * rng.normal())
        length = rng.uniform(0.75, 1.5) * (0.75 + 0.5 * wish.density)
        path = wander(rng, centre, main + 0.1 * index * rng.normal(), length, turn, 0, 6, 48)
        labels.strand(path, swelling(rng, 48, 0.0055, 0.0075 + 0.004 * rng.random()), 1)
        if index == 0:
            _accent(rng, labels, path, wish)
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]), 0.2 * sheet.noise(rng, 50))
    return paint.limited()


def _quiet_half(sheet: Sheet, rng: Rng, paint: Paint, ground: float, wish: Wish) -> None:
    """A part of the paper one tone away."""
    angle = heading(rng, wish)
    _, beyond = sheet.turned(angle, near_thirds(sheet, rng))
    paint.lay(np.asarray(beyond < -0.1), neighbour(ground), np.asarray(paint.relief))


def _accent(rng: Rng, labels: Labels, path: Floats, wish: Wish) -> None:
    """A small shape resting near the line."""
    at = path[int(rng.integers(8, 40))] + rng.normal(0, 0.04, 2)
    place = float(at[0]), float(at[1])
    corners = int(rng.integers(3, 5)) if rng.random() < wish.angularity else 0
    labels.polygon(blob(rng, place, rng.uniform(0.03, 0.07), 0.1, corners), 2)


FAMILY = Family(
    name="thread",
    style="minimal",
    english=(
        "one thin line and a small accent",
        "a single thread across empty space",
        "almost nothing: a line and a dot",
    ),
    chinese=(
        "一根细线与一点颜色",
        "空白中的一条线",
        "极简：一线一点",
    ),
    draw=_draw,
)
