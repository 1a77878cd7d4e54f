"""Loose patches of colour all over, nervous lines running across them."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import curve, swelling, wander
from studio.families.drawings.places import about, free_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.signs.ground import washed
from studio.families.drawings.tones import Tones

FIRST_INK = 1
"""The label of the first ink; the ground as a mark has the label after the last ink."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = washed(sheet, rng, tones.ground)
    main, focus = heading(rng, wish), free_focus(sheet, rng)
    patches = Labels(sheet)
    for number in range(round(9 + 28 * wish.density)):
        place = sheet.place(rng) if number % 2 else about(rng, sheet, focus, 0.2)
        patch = _patch(rng, wish, place, main)
        patches.polygon(patch, FIRST_INK + int(rng.integers(len(tones.inks) + 1)))
    _loosen(sheet, rng, paint, patches, tones)
    lines = Labels(sheet)
    for _ in range(round(2 + 15 * wish.density)):
        _nerve(sheet, rng, lines, focus, main, wish)
    line_tone = 0.0 if tones.ground > 2 else tones.inks[0]
    lines.lay_on(paint, (line_tone,), 0.3 * sheet.noise(rng, 50))
    return paint.limited()


def _patch(rng: Rng, wish: Wish, place: Point, main: float) -> Floats:
    """A flat patch of colour: lobed, or with corners when angular."""
    size = (0.24 - 0.09 * wish.density) * rng.uniform(0.45, 1.25)
    corners = int(rng.integers(4, 7)) if rng.random() < wish.angularity else 0
    shape = blob(rng, place, 1.15 * size, 0.6 if not corners else 0.25, corners)
    return turned(shape, beside(rng, main, wish, 0.15), 0.45)


def _loosen(sheet: Sheet, rng: Rng, paint: Paint, labels: Labels, tones: Tones) -> None:
    """Lay the patches as rubbed colour: torn where the brush ran dry, clouded inside."""
    numbers = labels.array()
    rub = sheet.noise(rng, 9, 3, 0.7)
    table = np.asarray([0.0, *tones.inks, tones.ground], np.float32)
    covered = np.asarray((numbers > 0) & (rub < 1.6))
    cloud = np.clip(0.4 * sheet.noise(rng, 4, 2), -0.5, 0.5)
    paint.lay(covered, np.asarray(table[numbers] + cloud), np.asarray(0.3 * rub - 0.1))


def _nerve(sheet: Sheet, rng: Rng, lines: Labels, focus: Point, main: float, wish: Wish) -> None:
    """A line that jerks or curls, sometimes with hooks beside it."""
    middle = about(rng, sheet, focus, 0.26)
    turn = 0.15 + bend(wish, 1.4)
    angle = beside(rng, main, wish, 0.25)
    path = wander(rng, middle, angle, rng.uniform(0.25, 0.85), turn, wish.angularity, 6, 33)
    lines.strand(path, swelling(rng, 33, 0.004, 0.011), 1)
    if rng.random() < 0.4:
        for step in range(3):
            lines.strand(curve(path[8:24:5], 12) + 0.03 * (step + 1), 0.006, 1)


FAMILY = Family(
    name="storm",
    style="lyrical",
    english=(
        "a storm of colour patches with nervous black lines",
        "expressive improvisation, colours and lines colliding",
        "turbulent patches of colour all over",
        "inner turmoil, free lines over colour",
    ),
    chinese=(
        "色块与黑线的风暴",
        "即兴的色彩与线条碰撞",
        "翻涌的色彩",
        "内心的激荡，线条自由奔走",
    ),
    draw=_draw,
)
