"""Ink let into water: soft plumes, dark cores, and a drying edge where a wash stopped."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.fluids.folds import folded
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.tones import inward, terraced

_DRYING = 0.16
"""Strength at which a wash dries into an edge."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    ground = float(rng.choice([0, 1, 6, 7], p=[0.2, 0.1, 0.3, 0.4]))
    far = 0.0 if ground > TOP / 2 else float(TOP)
    u, v, push = folded(sheet, rng, wish, 1.0 + 1.6 * wish.density, 0.1 + 0.06 * wish.movement)
    curl, far_curl = Swirls.drawn(rng, 2.0 + 5 * wish.density, 7), 0.025 + 0.03 * wish.density
    u, v = u + far_curl * curl.at(u, v), v + far_curl * curl.at(v, -u)
    ink = _plumes(sheet, rng, wish, u, v)
    threads = 1 - np.abs(Swirls.drawn(rng, 2.0 + 5 * wish.density).at(u, v))
    threaded = 0.9 - 0.5 * wish.density + (0.2 + 1.1 * wish.density) * threads
    strength = ink * threaded + 0.02 * sheet.noise(rng, 10, 3)
    dry = float(np.quantile(strength[::4, ::4], float(rng.uniform(0.3, 0.6))))
    strength = _DRYING + (strength - dry) * 0.9
    wet = strength > _DRYING
    step = inward(ground)
    tone = np.where(wet, ground + step + (far - ground - step) * np.clip(strength, 0, 1), ground)
    paint = Paint(terraced(tone, 0.7), (0.25 * sheet.noise(rng, 10, 3)).astype(np.float32))
    paint.relief -= 0.35 * np.exp(-np.square((strength - 0.17) / 0.03)) * step * -1
    paint.relief += np.where(wet, 0.2 * push, 0).astype(np.float32)
    _splashes(sheet, rng, wish, paint)
    return paint.limited()


def _plumes(sheet: Sheet, rng: Rng, wish: Wish, u: Floats, v: Floats) -> Floats:
    """Clouds of ink added up, 0 .. above 1: one large, the others round it and far from it."""
    total = np.zeros(u.shape, np.float32)
    focus = sheet.place(rng, 0.25)
    for order in range(int(2 + 11 * wish.density)):
        size = (0.27 if order == 0 else float(rng.uniform(0.06, 0.2))) * (1.25 - 0.5 * wish.density)
        x, y = focus if order == 0 else sheet.place(rng, 0.02)
        row = min(sheet.height - 1, int(y * sheet.unit))
        column = min(sheet.width - 1, int(x * sheet.unit))
        du, dv = u - float(u[row, column]), v - float(v[row, column])
        away = (du * du * 0.7 + dv * dv) / (size * size)
        total += float(rng.uniform(0.7, 1.3)) * np.exp(-(away**0.8))
    return total


def _splashes(sheet: Sheet, rng: Rng, wish: Wish, paint: Paint) -> None:
    """A few drops of one other tone that did not spread."""
    tone = float(rng.choice([2, 3, 4, 5]))
    near, shake = sheet.place(rng, 0.2), 0.25 * sheet.noise(rng, 9)
    for _ in range(int(1 + 14 * wish.density)):
        radius = float(np.exp(rng.normal(-4.0, 0.6)))
        centre = (near[0] + float(rng.normal(0, 0.16)), near[1] + float(rng.normal(0, 0.16)))
        away = np.hypot(sheet.x - centre[0], sheet.y - centre[1])
        paint.lay(away * (1 + shake) < max(radius, 0.008), tone, 0.2)


FAMILY = Family(
    name="ink_bloom",
    style="marble",
    english=(
        "ink spreading in water",
        "soft plumes with dark cores",
        "a wash that dried at its edge",
        "clouds of ink and a few drops",
    ),
    chinese=(
        "墨在水中晕开",
        "柔软的墨云与深色的核",
        "边缘干涸的水渍",
        "墨云与几滴墨点",
    ),
    draw=_draw,
)
