"""Hills behind hills with light along their rims and mist between, under a plain sky."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.waters.horizon import from_crest, horizon_axes

_STEPS = 2048
"""How finely a skyline is drawn, points a unit."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    sky, near = (6.6, 0.4) if rng.uniform() < 0.6 else (0.4, 6.6)
    lean = float(rng.choice([-1, 1])) * wish.movement * 0.7
    u, v = horizon_axes(sheet, lean)
    paint = Paint.ground(sheet, round(sky))
    paint.relief += 0.2 * sheet.noise(rng, 4, 3)
    _moon(sheet, rng, paint, sky)
    count = int(2 + 9 * wish.density)
    top = float(rng.uniform(0.15, 0.45)) * sheet.high
    lines = np.linspace(top, sheet.high * 1.02, count + 1)[:-1]
    stroke = 0.35 * sheet.noise(rng, 6, 3)
    along = ((u + 2) * _STEPS).astype(np.int32)
    for order, line in enumerate(lines):
        depth = (order + 0.6) / count
        steep = (0.02 + 0.15 * wish.movement) * float(rng.uniform(0.5, 1.4))
        cells = float(rng.uniform(0.8, 2)) + 1.5 * wish.density
        shape = _profile(rng, cells, wish.angularity)
        shape += 0.35 * (1 - wish.angularity) * _profile(rng, 4.5, 0.0)
        crest = float(line) + steep * shape[along] + 0.01 * stroke
        _hill(sheet, rng, paint, v - crest, sky + (near - sky) * depth, sky, count, stroke)
    paint.relief += 0.12 * sheet.noise(rng, 40)
    return paint.limited()


def _profile(rng: Rng, cells: float, sharp: float) -> Floats:
    """A skyline, about unit spread, in `_STEPS` a unit from -2 on: hills, or peaks if `sharp`."""
    knots = np.arange(-3.0, 5.0, 1 / cells) + rng.uniform(-0.3, 0.3) / cells
    knots = knots + rng.uniform(-0.3, 0.3, len(knots)) / cells
    heights = rng.standard_normal(len(knots))
    at = np.arange(-2 * _STEPS, 4 * _STEPS) / _STEPS
    place = np.clip(np.searchsorted(knots, at) - 1, 0, len(knots) - 2)
    part = (at - knots[place]) / (knots[place + 1] - knots[place])
    blend = sharp * part + (1 - sharp) * part * part * (3 - 2 * part)
    skyline = heights[place] * (1 - blend) + heights[place + 1] * blend
    return np.asarray(skyline, np.float32)


def _moon(sheet: Sheet, rng: Rng, paint: Paint, sky: float) -> None:
    """A sun or moon in the sky, more often than not, and a bank of cloud."""
    away = 1.0 if sky < 4 else -1.0
    bank = sheet.noise(rng, 1.0) + 3 * np.abs(sheet.y - float(rng.uniform(0.05, 0.4))) < 0.3
    paint.lay(bank, float(round(sky) + away), 0.1)
    x, y = float(rng.uniform(0.12, 0.88) * sheet.wide), float(rng.uniform(0.1, 0.35) * sheet.high)
    size, tone = float(np.exp(rng.normal(-2.5, 0.4))), float(rng.choice([2, 3, 4, 5]))
    if rng.uniform() < 0.65:
        paint.lay(sheet.disc((x, y), size), tone, 0.2)


def _hill(
    sheet: Sheet,
    rng: Rng,
    paint: Paint,
    below: Floats,
    tone: float,
    sky: float,
    count: int,
    stroke: Floats,
) -> None:
    """One layer: a rim of light, a body, and mist that rises from its foot."""
    body = float(np.clip(round(tone + rng.uniform(-0.7, 0.7)), 0, TOP))
    toward = 1.0 if sky > body else -1.0
    paint, below, stroke = from_crest(paint, below, stroke)
    depth = float(rng.uniform(0.5, 1.1)) * sheet.high / count + 0.05
    mist = 1.6 * np.clip(below / depth, 0, 1) ** 2 * toward
    shade = body + mist
    paint.lay(below > 0, shade.astype(np.float32), stroke.astype(np.float32))
    rim = max(0.012, 0.05 * depth) * (1 + stroke)
    light = float(np.clip(body + (3.5 if body < 4 else -3.5), 0, TOP))
    if rng.uniform() < 0.7:
        paint.lay((below > 0) & (below < rim), light, 0.3)


FAMILY = Family(
    name="ridges",
    style="waves",
    english=(
        "hills behind hills with mist between",
        "layered mountains with light on their rims",
        "a misty range under a pale sun",
        "quiet ridges fading into the distance",
    ),
    chinese=(
        "层层远山，云雾其间",
        "山脊边缘有光的群山",
        "淡日下的雾中山峦",
        "渐远渐淡的山脊",
    ),
    draw=_draw,
)
