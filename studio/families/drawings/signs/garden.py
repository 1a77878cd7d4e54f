"""Floating lobed shapes, stars and threads on a washed ground."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, spun, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import as_points, wander
from studio.families.drawings.places import about, free_focus
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.signs.ground import finished, washed
from studio.families.drawings.signs.marks import halo, ink_label, rod, straight_line
from studio.families.drawings.tones import Tones, neighbour

FIRST_INK = 1
"""The label of the first ink; the ground as a mark has the label after the last ink."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = washed(sheet, rng, tones.ground)
    main, focus = heading(rng, wish), free_focus(sheet, rng)
    _clearing(sheet, rng, paint, tones.ground, main)
    labels = Labels(sheet)
    _thread(sheet, rng, labels, focus, main, wish)
    count = round(3 + 24 * wish.density)
    for index in range(count):
        place = focus if index == 0 else about(rng, sheet, focus, 0.27)
        size = 0.16 if index == 0 else 0.022 + 0.1 * rng.random() ** 1.8
        angle = beside(rng, main, wish, 0.2)
        _creature(rng, labels, tones, place, angle, size * rng.uniform(0.9, 1.2), wish)
    return finished(sheet, rng, paint, labels, tones)


def _clearing(sheet: Sheet, rng: Rng, paint: Paint, ground: float, main: float) -> None:
    """A large pale stain behind everything."""
    stain = blob(rng, free_focus(sheet, rng), rng.uniform(0.28, 0.42), 0.3)
    shape = turned(stain, main, rng.uniform(0.5, 0.8))
    mask = sheet.polygon(as_points(shape))
    paint.lay(mask, neighbour(ground), np.asarray(paint.relief + 0.1 * sheet.noise(rng, 12)))


def _creature(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float, wish: Wish
) -> None:
    """One sign of the garden: lobe, crescent, star, ladder of dots, kite."""
    if rng.random() < wish.angularity:
        draw = (_star, _kite, _ladder, rod, rod)[int(rng.integers(5))]
        draw(rng, labels, tones, place, angle, 1.3 * size)
        return
    kind = int(rng.integers(4))
    if kind == 0:
        _crescent(rng, labels, tones, place, angle, size)
    elif kind == 1:
        halo(rng, labels, tones, place, 0.6 * size)
    else:
        _lobe(rng, labels, tones, place, angle, size)


def _lobe(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float) -> None:
    """A soft shape of two tones with a dot."""
    shape = turned(blob(rng, place, size, 0.55), angle, rng.uniform(0.3, 0.55))
    label = ink_label(rng, tones)
    labels.polygon(shape, label)
    other = FIRST_INK + (label + int(rng.integers(len(tones.inks)))) % len(tones.inks)
    half = (shape - shape.mean(0)) * 0.5 + shape.mean(0) + rng.normal(0, 0.2 * size, 2)
    labels.polygon(half, other)
    labels.spot(place, max(0.009, 0.12 * size), len(tones.inks) + 1)


def _crescent(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float
) -> None:
    """A sickle."""
    turn = np.linspace(0, rng.uniform(2.4, 4.2), 22) + angle
    path = np.asarray(place) + 0.8 * size * np.stack([np.cos(turn), np.sin(turn)], 1)
    labels.strand(
        path, 0.32 * size * np.sin(np.linspace(0.1, np.pi - 0.1, 22)), ink_label(rng, tones)
    )


def _star(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float) -> None:
    """Crossing lines through one point."""
    label, size = ink_label(rng, tones), max(0.05, 0.8 * size)
    count = int(rng.integers(2, 5))
    for ray in range(count):
        turn = angle + ray * np.pi / count
        arm = straight_line(place, turn, 2 * size) - (straight_line((0, 0), turn, size)[1])
        labels.strand(arm, 0.0075, label)


def _kite(rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float) -> None:
    """Two triangles that touch at their points."""
    for side in (-1, 1):
        corners = np.array([(0, 0), (side, -0.55), (side, 0.55)]) * size
        labels.polygon(spun(corners, angle) + np.asarray(place), ink_label(rng, tones))


def _ladder(
    rng: Rng, labels: Labels, tones: Tones, place: Point, angle: float, size: float
) -> None:
    """A stem with rungs."""
    label = ink_label(rng, tones)
    stem = straight_line(place, angle, 2.4 * size, 5)
    labels.strand(stem, 0.007, label)
    for knot in stem[1:]:
        half = straight_line((0, 0), angle + np.pi / 2, 0.3 * size)[1]
        labels.strand(np.stack([knot - half, knot + half]), 0.0065, label)


def _thread(sheet: Sheet, rng: Rng, labels: Labels, focus: Point, main: float, wish: Wish) -> None:
    """One or two long thin lines that tie the signs together."""
    for _ in range(1 + round(2 * wish.density)):
        middle = about(rng, sheet, focus, 0.15)
        turn = 0.03 + bend(wish, 1.4)
        path = wander(rng, middle, main, rng.uniform(0.7, 1.3), turn, 0, 5, 40)
        labels.strand(path, 0.0065, 1)
        labels.spot(path[-1], 0.016, 1)


FAMILY = Family(
    name="garden",
    style="lyrical",
    english=(
        "playful biomorphic shapes with stars and threads",
        "floating organic signs on a washed ground",
        "a dream garden of small shapes",
        "poetic lobes, dots and thin lines",
    ),
    chinese=(
        "有机形、星星与细线的童趣",
        "淡彩底上漂浮的符号",
        "梦中的花园",
        "诗意的小形状与细线",
    ),
    draw=_draw,
)
