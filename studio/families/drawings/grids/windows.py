"""Two rows of towers against a sky, each with its own rhythm of lit windows."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.grids.net import TABLE, Box, far, inside
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Point, Rng, Sheet


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    dark = rng.permutation(4).astype(float)
    lights = rng.permutation([7.0, 6.0, 5.0])
    flip = rng.random() < 0.2
    u, v, _ = _skyline(sheet, rng, wish)
    paint = Paint.ground(sheet, dark[0])
    if rng.random() < 0.6:
        away = sheet.disc(sheet.place(rng, 0.15), float(rng.uniform(0.05, 0.16)))
        paint.lay(away, lights[0])
    reach, horizon = far(sheet), float(rng.uniform(-0.25, 0.05))
    for depth in range(2):
        at = -reach
        while at < reach:
            width = float(rng.uniform(0.14, 0.42))
            top = horizon + depth * 0.25 + float(rng.choice((-0.3, -0.14, 0.0, 0.12)))
            tones = np.array([dark[1 + (int(rng.integers(2)) + depth) % 3], *lights])
            shear = v * np.float32(wish.movement * rng.normal(0, 0.25))
            _tower(paint, u + shear, v, rng, wish, (at, top, at + width, 9.0), tones)
            at += width * float(rng.uniform(0.9, 1.5))
    paint.tone = TOP - paint.tone if flip else paint.tone
    paint.relief += brushed(sheet, rng, math.pi / 2, 0.3)
    return paint.limited()


def _tower(
    paint: Paint, u: Floats, v: Floats, rng: Rng, wish: Wish, box: Box, tones: Floats
) -> None:
    """One block with its own window rhythm; `tones`: wall, then lights from common to rare."""
    wall = inside(u, v, box)
    paint.lay(wall, float(tones[0]), float(rng.uniform(-0.2, 0.2)))
    u, v = u[wall], v[wall]
    cell = between(0.19, 0.05, wish.density) * float(rng.uniform(0.75, 1.3))
    columns = max(1, round((box[2] - box[0] - 0.03) / cell))
    step = (box[2] - box[0] - 0.03) / columns
    tall = cell * float(rng.choice((0.7, 1.0, 1.5))) * (1 + 2.4 * max(0.0, wish.angularity - 0.4))
    s, t = (u - box[0] - 0.015) / step, (v - box[1] - 0.03) / tall
    half, power = float(rng.uniform(0.26, 0.38)), between(2, 14, wish.angularity)
    shape = np.abs((s % 1 - 0.5) / half) ** power + np.abs((t % 1 - 0.5) / 0.34) ** power < 1
    lit = rng.random((TABLE, TABLE)) + 0.5 * np.sin(np.arange(TABLE) * rng.uniform(0.3, 1.2))
    share = between(0.45, 1.1, wish.density) * float(rng.uniform(0.8, 1.1))
    kinds = rng.choice(len(tones) - 1, (TABLE, TABLE), p=_shares(len(tones) - 1))
    i, j = s.astype(np.int32) % TABLE, t.astype(np.int32) % TABLE
    glass = shape & (s > 0) & (s < columns) & (t > 0) & (lit[i, j] < share)
    paint.tone[wall] = np.where(glass, tones[1:][kinds[i, j]], tones[0])


def _shares(count: int) -> Floats:
    shares = 0.4 ** np.arange(count)
    return np.asarray(shares / shares.sum())


def _skyline(sheet: Sheet, rng: Rng, wish: Wish) -> tuple[Floats, Floats, Point]:
    """Coordinates around a point on the horizon, a little above the middle of the sheet."""
    centre = (
        sheet.wide * float(rng.uniform(0.35, 0.65)),
        sheet.high * float(rng.uniform(0.4, 0.6)),
    )
    u, v = sheet.turned(leaning(rng, wish) * 0.8, centre)
    bend = np.float32(0.12 * (1 - wish.angularity) ** 2)
    return u + bend * sheet.noise(rng, 2.4), v + bend * sheet.noise(rng, 2.4), centre


FAMILY = Family(
    name="windows",
    style="grid",
    english=(
        "city at night with lit windows",
        "rows of glowing windows in dark towers",
        "a skyline of blocks, some lights on",
        "urban rhythm of small bright squares",
    ),
    chinese=(
        "夜晚城市亮着的窗",
        "黑暗高楼里一排排灯光",
        "错落的楼群与窗格",
        "城市的节奏,点点灯火",
    ),
    draw=_draw,
)
