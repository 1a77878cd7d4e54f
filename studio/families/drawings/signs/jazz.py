"""Loose shapes in a syncopated row, tangled with bows and bars."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import swelling, wander
from studio.families.drawings.places import about, free_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.signs.ground import finished, washed
from studio.families.drawings.signs.marks import ink_label
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = washed(sheet, rng, tones.ground)
    labels = Labels(sheet)
    main, focus = heading(rng, wish), free_focus(sheet, rng, 0.38)
    along = np.array([np.cos(main), np.sin(main)])
    beats = round(4 + 13 * wish.density)
    gaps = rng.choice([0.5, 1.0, 1.0, 1.7], beats)
    places = np.cumsum(gaps) / gaps.sum() - 0.5
    for place in rng.permutation(places):
        off = rng.normal(0, 0.12) * np.array([-along[1], along[0]])
        x, y = np.asarray(focus) + 1.15 * place * along + off
        _beat(rng, labels, tones, (x, y), main, wish)
    for _ in range(round(2 + 6 * wish.density)):
        _bow(sheet, rng, labels, tones, focus, main, wish)
    return finished(sheet, rng, paint, labels, tones)


def _beat(rng: Rng, labels: Labels, tones: Tones, place: Point, main: float, wish: Wish) -> None:
    """A cut shape across the row, and its small echo."""
    size = 0.05 + 0.09 * rng.random() ** 1.4
    corners = int(rng.integers(4, 6)) if rng.random() < wish.angularity else 0
    angle = beside(rng, main, wish, 0.75)
    shape = turned(blob(rng, place, size, 0.5 if not corners else 0.15, corners), 0, 1)
    labels.polygon(_stretched(shape, angle, rng.uniform(1.5, 2.6)), ink_label(rng, tones))
    echo = (place[0] + rng.normal(0, 0.09), place[1] + rng.normal(0, 0.09))
    if corners:
        labels.polygon(
            _stretched(blob(rng, echo, 0.3 * size, 0.2, 4), angle, 1.5), ink_label(rng, tones)
        )
    else:
        labels.spot(echo, 0.25 * size, ink_label(rng, tones))


def _stretched(shape: Floats, angle: float, factor: float) -> Floats:
    """A shape drawn out along an angle."""
    along = np.array([np.cos(angle), np.sin(angle)])
    middle = shape.mean(0)
    off = shape - middle
    return np.asarray(middle + off + (factor - 1) * (off @ along)[:, None] * along)


def _bow(
    sheet: Sheet, rng: Rng, labels: Labels, tones: Tones, focus: Point, main: float, wish: Wish
) -> None:
    """A long line that swings through the row, or a bar beside it."""
    middle = about(rng, sheet, focus, 0.14)
    turn = 0.04 + bend(wish, 1.5)
    path = wander(rng, middle, beside(rng, main, wish, 0.35), rng.uniform(0.4, 1.1), turn, 0, 5, 32)
    labels.strand(path, swelling(rng, 32, 0.006, rng.choice([0.01, 0.022])), ink_label(rng, tones))


FAMILY = Family(
    name="jazz",
    style="lyrical",
    english=(
        "syncopated shapes tangled with bows and bars",
        "jazz rhythm, loose dancing shapes",
        "an improvised row of bold forms",
        "swinging lines and cut shapes",
    ),
    chinese=(
        "爵士节奏，跳动的形状",
        "切分音般的色块与弓线",
        "即兴摇摆的形与线",
    ),
    draw=_draw,
)
