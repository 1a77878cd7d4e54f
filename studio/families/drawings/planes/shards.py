"""Splinters flung from one point over wedges of nearby tones."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between, softness
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.outlines import Outline, bowed, placed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import TOP, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 5), third_focus(sheet, rng)
    paint = _blasted(sheet, rng, wish, focus, tones)
    grain = [brushed(sheet, rng, float(rng.uniform(0, math.pi)), 0.3) for _ in range(3)]
    count = round(between(7, 230, wish.density))
    paint.relief += grain[0] * 0.6
    for number in range(count):
        outline = _splinter(rng, wish, focus, number / count)
        tone = tones.ink(rng) if rng.random() < 0.85 else tones.ground
        tone = min(7.0, max(0.0, tone + float(rng.choice((-1, 0, 0, 1)))))
        paint.lay(sheet.polygon(outline), tone, grain[number % 3] + float(rng.normal(0, 0.15)))
    return paint.limited()


def _direction(rng: Rng, wish: Wish) -> float:
    """A direction from the focus: about a quarter turn when still, about a diagonal when moving."""
    quarter = int(rng.integers(4)) * math.pi / 2
    spread = 0.12 + 0.2 * (1 - wish.angularity) + 0.4 * softness(wish)
    return quarter + math.pi / 4 * wish.movement + float(rng.normal(0, spread))


def _blasted(sheet: Sheet, rng: Rng, wish: Wish, focus: Point, tones: Tones) -> Paint:
    """The ground behind the splinters: wedges of nearby tones from the focus."""
    paint = Paint.ground(sheet, tones.ground)
    turn = np.arctan2(sheet.y - np.float32(focus[1]), sheet.x - np.float32(focus[0]))
    turn = turn + np.float32(0.5 * softness(wish)) * sheet.noise(rng, 1.5)
    count = round(between(2, 14, wish.density))
    cuts = np.sort([_direction(rng, wish) % math.tau - math.pi for _ in range(count)])
    steps = rng.choice((0, 0, 1, 2), count + 1)
    sector = np.searchsorted(cuts.astype(np.float32), turn) % (count + 1)
    paint.tone += steps[sector] * (1 if tones.ground < TOP / 2 else -1)
    return paint


def _splinter(rng: Rng, wish: Wish, focus: Point, share: float) -> Outline:
    """A thin triangle or quadrangle pointing away from the focus, smaller as `share` grows."""
    stray = 0.5 if rng.random() < 0.4 * wish.density else 0.0
    angle = _direction(rng, wish) + float(rng.normal(0, 1)) * stray
    length = between(0.75, 0.09, share) * float(rng.uniform(0.6, 1.4))
    start = float(rng.exponential(0.05 + 0.42 * share)) - 0.03
    width = length * float(rng.uniform(0.08, 0.3))
    skew = float(rng.normal(0, 0.11)) * length
    tip = [(start, -width * 0.1), (start + length * 0.7, -width / 2 + skew)]
    tip += [(start + length, skew), (start + length * 0.45, width / 2)]
    if rng.random() < 0.5:
        tip = [
            (start, 0.0),
            (start + length, -width / 2 + skew),
            (start + length * 0.85, width / 2),
        ]
    return bowed(placed(tip, focus, angle), 0.3 * max(0.0, 1 - 2.4 * wish.angularity))


FAMILY = Family(
    name="shards",
    style="geometric",
    english=(
        "angry geometric storm, crowded and sharp",
        "an explosion of splinters from one point",
        "fractured triangles radiating outward",
        "broken glass, jagged shards flying",
    ),
    chinese=(
        "愤怒的几何风暴,拥挤而尖锐",
        "从一点炸开的碎片",
        "向外放射的破碎三角",
        "飞溅的玻璃碎片",
    ),
    draw=_draw,
)
