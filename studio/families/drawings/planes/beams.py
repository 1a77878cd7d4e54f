"""Beams that cross; where they overlap their tones add up."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between, softness
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import TOP, Floats, Mask, Point, Rng, Sheet
from studio.families.drawings.tones import inward


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    ground = float(rng.choice((0, 1, 6, 7)))
    paint, focus = Paint.ground(sheet, ground), third_focus(sheet, rng)
    lean, count = leaning(rng, wish), round(between(2, 20, wish.density))
    fan = 0.2 * float(rng.random()) + 0.7 * (1 - wish.angularity) ** 1.6
    grain = [brushed(sheet, rng, lean + turn, 0.22) for turn in (0.0, math.pi / 2)]
    for _ in range(count):
        across = bool(rng.random() < 0.5 - 0.38 * wish.angularity)
        angle = lean + math.pi / 2 * across + float(rng.normal(0, 0.3)) * fan
        inside, shade = _beam(sheet, rng, wish, focus, angle)
        paint.tone += float(rng.choice((2.0, 3.0, 4.0))) * inward(ground) * inside
        paint.relief += np.where(inside, grain[int(across)] * 0.6 + shade, 0)
    paint.tone = _reflected(paint.tone)
    paint.relief += 0.14 * sheet.noise(rng, 50)
    return paint.limited()


def _beam(sheet: Sheet, rng: Rng, wish: Wish, focus: Point, angle: float) -> tuple[Mask, Floats]:
    """Where one beam falls, bent when soft and flaring when angular, and its shade across."""
    u, v = sheet.turned(angle, focus)
    curve = np.float32(rng.normal(0, 1.8) * softness(wish))
    aside = v + curve * u * u - np.float32(rng.normal(0, 0.24))
    half = between(0.2, 0.02, rng.random()) * between(1.1, 0.6, wish.density)
    flare = np.float32(rng.normal(0, 0.12) * wish.angularity)
    inside = np.abs(aside) < np.maximum(half + flare * u, 0.008)
    return np.asarray(inside), np.asarray(aside / (4 * half))


def _reflected(tone: Floats) -> Floats:
    """Tones that run past an end of the palette come back from it."""
    cycle = 2.0 * TOP
    return np.asarray(TOP - np.abs(np.mod(tone, cycle) - TOP), np.float32)


FAMILY = Family(
    name="beams",
    style="geometric",
    english=(
        "crossing beams of light that change colour where they overlap",
        "translucent bands over one another",
        "searchlights crossing in the dark",
        "overlapping transparent strips",
    ),
    chinese=(
        "交叉的光束,重叠处变色",
        "半透明的色带相互叠加",
        "黑暗中交错的探照灯",
        "层叠的透明条带",
    ),
    draw=_draw,
)
