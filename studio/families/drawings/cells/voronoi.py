"""Painted cells with uneven borders: a crowd of small ones beside large quiet ones."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.cells.tissue import (
    cell_tones,
    crowded,
    projected,
    shaken,
    stretched_axes,
)
from studio.families.drawings.family import Family
from studio.families.drawings.nearest import nearest
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    tones = Tones.drawn(rng)
    u, v = stretched_axes(sheet, rng, wish, 1.35 + 2.0 * wish.angularity)
    count = int(8 + 72 * wish.density**1.3)
    sites = projected(crowded(sheet, rng, count, float(rng.uniform(0.3, 0.6))), sheet, u, v)
    soft = 1 - wish.angularity
    u, v = shaken(sheet, rng, u, v, 0.008 + 0.04 * soft, 4.5)
    label, _, gap = nearest(u, v, sites, rng.uniform(0, 0.05 * soft, len(sites)))
    fill = cell_tones(rng, tones, len(sites))
    paint = Paint.ground(sheet, tones.ground)
    border = (0.012 + 0.012 * (1 - wish.density)) * (1 + 0.45 * sheet.noise(rng, 5))
    inside = gap > np.maximum(border, 0.006)
    brush = 0.35 * sheet.noise(rng, 9, 3) + 0.5 * np.exp(-gap / 0.02) - 0.2
    paint.lay(inside, fill[label], np.asarray(brush, np.float32))
    core = rng.uniform(0, 1, len(sites)) < 0.3
    paint.lay(inside & core[label] & (gap > 0.045), cell_tones(rng, tones, len(sites))[label])
    paint.tone += 0.2 * sheet.noise(rng, 3) * inside
    return paint.limited()


FAMILY = Family(
    name="voronoi",
    style="cells",
    english=(
        "painted cells with uneven borders",
        "a crowd of small cells beside large quiet ones",
        "stained glass without figures",
        "pebbles of colour pressed together",
    ),
    chinese=(
        "边缘不齐的彩绘细胞",
        "拥挤的小格与安静的大格",
        "没有人物的彩窗",
        "挤在一起的彩色卵石",
    ),
    draw=_draw,
)
