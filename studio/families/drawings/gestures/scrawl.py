"""Loops and energetic lines of varied weight over a smeared ground."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.gestures.ground import primed
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import as_points, swelling, wander
from studio.families.drawings.places import free_focus, near
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.strokes import flat_stroke
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    main = heading(rng, wish)
    paint, focus = primed(sheet, rng, tones.ground, wish, main), free_focus(sheet, rng, 0.35)
    _smears(sheet, rng, paint, tones, main, wish)
    labels = Labels(sheet)
    for index in range(round(1 + 8 * wish.density)):
        middle = near(rng, focus, 0.1 + 0.2 * wish.density)
        path = _loops(rng, middle, beside(rng, main, wish, 0.12), wish)
        thick = rng.choice([0.0065, 0.009, 0.016]) if index else 0.016
        half = swelling(rng, len(path), 0.55 * thick, 1.2 * thick, 9)
        labels.strand(path, half, 1 if index % 3 else 2)
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]), 0.5 * sheet.noise(rng, 60))
    return paint.limited()


def _smears(sheet: Sheet, rng: Rng, paint: Paint, tones: Tones, main: float, wish: Wish) -> None:
    """Two or three rubbed patches in the quieter inks."""
    for _ in range(int(rng.integers(2, 4))):
        middle = free_focus(sheet, rng, 0.2)
        path = wander(rng, middle, main, rng.uniform(0.3, 0.7), bend(wish, 0.6), 0, 3, 5)
        mask, relief = flat_stroke(sheet, as_points(path), rng.uniform(0.035, 0.09), rng, 0.95)
        paint.lay(mask, tones.ink(rng), relief)


def _loops(rng: Rng, middle: Point, direction: float, wish: Wish) -> Floats:
    """A running line of loops, or of pointed ups and downs when angular."""
    turns = rng.uniform(2.5, 7)
    samples = int(14 * turns)
    t = np.linspace(0, turns, samples)
    size = np.interp(t, np.linspace(0, turns, 9), rng.uniform(0.02, 0.17, 9))
    run = (t / turns - 0.5 + rng.normal(0, 0.02, 1)) * rng.uniform(0.6, 1.2)
    flat = 0.45 + 0.55 * wish.movement
    if rng.random() < wish.angularity:
        u, v = run, 1.3 * size * np.clip(6 * np.abs(t - np.floor(t) - 0.5) - 1.5, -1, 1)
    else:
        u = run + 0.8 * size * np.cos(2 * np.pi * t) / flat
        v = flat * size * np.sin(2 * np.pi * t)
    cos, sin = np.cos(direction), np.sin(direction)
    return np.asarray(np.stack([u * cos - v * sin, u * sin + v * cos], 1) + np.asarray(middle))


FAMILY = Family(
    name="scrawl",
    style="gestural",
    english=(
        "looping scribbles on a chalky wall",
        "nervous handwriting lines and smears",
        "restless scrawled loops",
        "graffiti-like lines of energy",
    ),
    chinese=(
        "潦草的圈圈线条",
        "像涂鸦一样不安的线",
        "粉笔墙上的乱写与涂抹",
        "奔放的随手线条",
    ),
    draw=_draw,
)
