"""Thin paint poured in overlapping veils; where two meet the tone is theirs together."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import tilt_of
from studio.families.drawings.family import Family
from studio.families.drawings.fields.reach import reaches
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    paint = Paint.ground(sheet, tones.ground)
    paint.relief += 0.08 * sheet.noise(rng, 80)
    base = np.pi / 2 if rng.random() < 0.65 else 0.0
    main = base + tilt_of(rng, wish)
    count = round(2 + 9 * wish.density)
    strength = rng.uniform(0.55, 0.8)
    for index in range(count):
        edge = _veil(sheet, rng, main, count, wish)
        tone = tones.inks[0] if index == 0 else tones.ink(rng)
        _pour(sheet, rng, paint, edge, tone, strength)
    return paint.limited()


def _veil(sheet: Sheet, rng: Rng, main: float, count: int, wish: Wish) -> Floats:
    """Distance inside a tongue of paint: it starts at one side, swells, ends in a soft lobe."""
    angle = main + rng.normal(0, 0.03 + bend(wish, 0.45)) + np.pi * int(rng.integers(2))
    reach, span = reaches(sheet, angle)
    u, v = sheet.turned(angle, sheet.middle)
    wave = (0.02 + 0.07 * (1 - wish.angularity)) * sheet.noise(rng, 2.2)
    offset, half = span * rng.uniform(-0.8, 0.8), rng.uniform(0.8, 1.7) * (0.09 + 0.3 / (count + 1))
    tip = reach * rng.uniform(-0.1, 0.95)
    past = np.maximum(u - np.float32(tip - half), 0)
    aside = np.hypot(v - np.float32(offset) + wave, past)
    return np.asarray(np.float32(half) - aside)


def _pour(sheet: Sheet, rng: Rng, paint: Paint, edge: Floats, tone: float, strength: float) -> None:
    """Stain the paper towards a tone; pigment gathers at the rim and in slow clouds."""
    edge = edge + 0.004 * sheet.noise(rng, 24)
    inside = np.asarray(edge > 0)
    stained = np.rint(paint.tone + strength * (tone - paint.tone))
    cloud = sheet.noise(rng, 4, 2)
    clouded = np.asarray(stained + 0.25 * np.clip(cloud, 0, 1))
    rim = np.exp(-np.maximum(edge, 0) / 0.008)
    paint.lay(inside, clouded, np.asarray(0.5 * paint.relief + 0.16 * cloud - 0.6 * rim))


FAMILY = Family(
    name="veils",
    style="colorfield",
    english=(
        "translucent veils of poured paint",
        "stained canvas, thin washes overlapping",
        "curtains of transparent colour",
        "soft stains flowing into each other",
    ),
    chinese=(
        "透明的颜料薄幕相叠",
        "晕染的画布",
        "色彩的纱帘",
        "倾泻而下的淡彩",
    ),
    draw=_draw,
)
