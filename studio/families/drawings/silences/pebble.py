"""Round stones over a horizon between two quiet tones, their reflection, a few ripples."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import swelling, wander
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.silences.ground import near_thirds, paper
from studio.families.drawings.tones import Tones, neighbour


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 3)
    paint = paper(sheet, rng, tones.ground, wish)
    lean = float(rng.choice([-1, 1]) * 0.7 * wish.movement**1.2)
    x, y = near_thirds(sheet, rng)
    shore = sheet.high * rng.uniform(0.4, 0.68)
    rise = np.tan(lean) * (sheet.x - np.float32(sheet.wide / 2))
    swell = 0.25 * bend(wish, 0.4) * sheet.noise(rng, 1.6)
    water = np.asarray(sheet.y + rise + swell > shore)
    paint.lay(water, neighbour(tones.ground, 1.5), np.asarray(paint.relief))
    labels = Labels(sheet)
    _ripples(sheet, rng, labels, shore, lean, wish)
    for index in range(1 + int(rng.random() < 0.4 + 0.4 * wish.density)):
        size = (0.07 + 0.12 * rng.random()) * (1.0 if index == 0 else 0.5)
        size *= 0.8 + 0.5 * wish.density
        _stone(rng, labels, (x, y), size, lean, wish, 1 + index % len(tones.inks))
        x, y = x + rng.choice([-1, 1]) * rng.uniform(0.15, 0.35), y + rng.normal(0, 0.05)
    shade = 0.25 * sheet.noise(rng, 5, 3) + 0.1 * sheet.noise(rng, 60)
    tones_used = (tones.inks[0], tones.inks[-1], neighbour(tones.ground, 3))
    labels.lay_on(paint, tones_used, np.asarray(shade))
    return paint.limited()


def _stone(
    rng: Rng, labels: Labels, centre: Point, size: float, lean: float, wish: Wish, label: int
) -> None:
    """A worn stone, rounder or more faceted."""
    corners = int(rng.integers(5, 8)) if rng.random() < wish.angularity - 0.3 else 0
    shape = blob(rng, centre, size, 0.12, corners)
    labels.polygon(turned(shape, -lean, rng.uniform(0.5, 0.85)), label)


def _ripples(sheet: Sheet, rng: Rng, labels: Labels, shore: float, lean: float, wish: Wish) -> None:
    """Level lines on the water, gathered under the stones."""
    for _ in range(round(14 * wish.density**1.2)):
        x = rng.uniform(0.1, 0.9) * sheet.wide
        drop = 0.03 + 0.9 * (sheet.high - shore) * rng.random()
        y = shore + drop - np.tan(lean) * (x - sheet.wide / 2)
        turn = 0.02 + bend(wish, 0.7)
        path = wander(rng, (x, y), -lean, rng.uniform(0.12, 0.5), turn, 0, 5, 20)
        labels.strand(path, swelling(rng, 20, 0.0035, 0.0065), 3)


FAMILY = Family(
    name="pebble",
    style="minimal",
    english=(
        "a stone at rest over a still horizon",
        "calm morning lake, one round shape",
        "two quiet tones and a pebble",
        "stillness, a single form by the water",
    ),
    chinese=(
        "静水边的一块圆石",
        "清晨的湖，平静无波",
        "两种安静的颜色与一颗石子",
        "宁静，一个圆形",
    ),
    draw=_draw,
)
