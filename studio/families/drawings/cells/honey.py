"""A bent net of hexagons or scales whose tone drifts across the paper."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.cells.tissue import shaken, stretched_axes
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet, Whole
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred(0.45)
    tones = Tones.drawn(rng)
    stretch = 1.1 + 1.5 * wish.angularity**2
    size = 0.36 * 0.25**wish.density * float(np.sqrt(stretch))
    u, v = stretched_axes(sheet, rng, wish, stretch)
    u, v = _bulged(sheet, rng, u, v, 0.2 + 0.45 * (1 - wish.angularity))
    u, v = shaken(sheet, rng, u, v, 0.07 * (1 - wish.angularity) ** 1.5, 1.5)
    hexagons = rng.uniform() < 0.3 + 0.6 * wish.angularity
    name, rim = _hexagons(u / size, v / size) if hexagons else _scales(u / size, v / size)
    return _drifted(sheet, rng, tones, name, rim, size, 0.15 + 0.45 * wish.density)


def _bulged(sheet: Sheet, rng: Rng, u: Floats, v: Floats, strength: float) -> tuple[Floats, Floats]:
    """Coordinates drawn together round a focus, so that cells grow large there."""
    row, column = rng.uniform(0.2, 0.8, 2)
    p = float(u[int(row * sheet.height), int(column * sheet.width)])
    q = float(v[int(row * sheet.height), int(column * sheet.width)])
    away = np.square(u - p) + np.square(v - q)
    pull = 1 - strength * np.exp(-away / float(rng.uniform(0.05, 0.25)))
    return p + (u - p) * pull, q + (v - q) * pull


def _hexagons(u: Floats, v: Floats) -> tuple[Whole, Floats]:
    """Which hexagon (a whole number), and how far from its middle: 0 .. 1 at the rim."""
    root = float(np.sqrt(3))
    best, name = np.full(u.shape, 9.0, np.float32), np.zeros(u.shape, np.int32)
    for half in (0.0, 0.5):
        i, j = np.round(u - half), np.round(v / root - half)
        du, dv = np.abs(u - half - i), np.abs(v - (j + half) * root)
        far = np.maximum(du, 0.5 * du + 0.5 * root * dv) * 2
        closer = far < best
        best = np.where(closer, far, best)
        name = np.where(closer, (i * 37 + j * 101 + half * 38).astype(np.int32), name)
    return name, best


def _scales(u: Floats, v: Floats) -> tuple[Whole, Floats]:
    """Which overlapping scale is on top, and how far from its middle: 0 .. 1 at the rim."""
    name, rim = np.zeros(u.shape, np.int32), np.full(u.shape, 9.0, np.float32)
    top = np.floor(2 * v) - 1
    for step in range(3, -1, -1):
        row = top + step
        half = 0.5 * np.mod(row, 2)
        column = np.round(u - half)
        far = np.hypot(u - half - column, v - row / 2) / 0.62
        here = (far < 1) & (rim > 1)
        rim = np.where(here, far, rim)
        name = np.where(here, (column * 37 + row * 101).astype(np.int32), name)
    return name, rim


def _drifted(
    sheet: Sheet, rng: Rng, tones: Tones, name: Whole, rim: Floats, size: float, yolks: float
) -> Paint:
    """Cells coloured by where they lie, with a few of their own mind, rims and yolks."""
    lots = rng.uniform(0, 1, 997).astype(np.float32)[np.mod(name, 997)]
    scale = np.array([*tones.inks, tones.ground], np.float32)
    drift = 0.5 + 0.36 * sheet.noise(rng, 0.7) + 0.3 * (lots - 0.5)
    place = np.clip(drift * len(scale), 0, len(scale) - 0.01).astype(int)
    paint = Paint.ground(sheet, tones.ground)
    line = max(0.012 / size, 0.1)
    body = rim < 1 - line * (1 + 0.3 * sheet.noise(rng, 4))
    relief = 0.5 * (0.5 - rim) + 0.25 * sheet.noise(rng, 12, 2)
    paint.lay(body, scale[place], relief.astype(np.float32))
    yolk = body & (rim < 0.5) & (lots < yolks)
    paint.lay(yolk, scale[(place + 1) % len(scale)], relief.astype(np.float32))
    paint.tone += 0.2 * sheet.noise(rng, 2)
    return paint.limited()


FAMILY = Family(
    name="honey",
    style="cells",
    english=(
        "bent honeycomb with drifting colour",
        "overlapping scales like a fish",
        "hexagons swelling round a centre",
        "a net of scales and yolks",
    ),
    chinese=(
        "弯曲的蜂巢，色彩渐移",
        "如鱼鳞般层叠",
        "围绕中心膨胀的六边形",
        "鳞片与蛋黄般的圆心",
    ),
    draw=_draw,
)
