"""Discs cut into rings and sectors whose neighbours contrast, after the Delaunays."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.circles.rings import Rings, either_side, ring_focus, uneven_radii
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet, Whole
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, side = Tones.drawn(rng, 5), either_side(rng)
    inks = np.array([*tones.inks, tones.ground], np.float32)
    paint, focus = Paint.ground(sheet, tones.ground), ring_focus(sheet, rng)
    paint.relief += 0.14 * sheet.noise(rng, 40) + 0.12 * sheet.noise(rng, 4)
    size = float(rng.uniform(0.34, 0.6))
    count = round(between(1, 7, wish.density))
    places = [(focus, size)] + [
        (sheet.place(rng), size * float(rng.choice((0.3, 0.45, 0.65)))) for _ in range(count)
    ]
    mean = between(0.2, 0.05, wish.density)
    for number, (centre, radius) in enumerate(reversed(places)):
        rings = Rings(sheet, centre, wish, side, 0.6)
        tone, ring = _sectored(sheet, rng, wish, rings, mean * (0.6 + radius), inks)
        whole = number == 0 and rng.random() < 0.4
        inside = rings.away < (9.0 if whole else radius)
        relief = rings.brushed(rng, 0.3) + 0.12 * (ring % 2) - 0.06
        paint.lay(np.asarray(inside), tone, np.asarray(relief, np.float32))
    return paint.limited()


def _sectored(
    sheet: Sheet, rng: Rng, wish: Wish, rings: Rings, mean: float, inks: Floats
) -> tuple[Floats, Whole]:
    """Tones and ring numbers of rings cut in sectors whose neighbours contrast."""
    away = rings.wobbled(sheet, rng, 0.006)
    edges = uneven_radii(rng, mean, 1.5)
    sectors = int(rng.choice((2, 4, 4, 4))) + 4 * round(wish.density * float(rng.uniform(0.4, 1.2)))
    cuts = np.linspace(-math.pi, math.pi, sectors, endpoint=False)
    cuts = cuts + rng.normal(0, 0.3 / sectors, sectors)
    ring = np.searchsorted(edges, away)
    sector = np.searchsorted(np.sort(cuts).astype(np.float32), rings.turn) % sectors
    start = rng.integers(0, len(inks), len(edges) + 1)
    table = (start[:, None] + rng.integers(1, len(inks), (1, sectors)).cumsum(1)) % len(inks)
    return np.asarray(inks[table[ring, sector]]), ring


FAMILY = Family(
    name="simultaneous",
    style="rings",
    english=(
        "colour discs split into contrasting sectors, Delaunay-like",
        "rotating wheels of colour",
        "rhythm of circles and quarter arcs",
        "simultaneous contrast, discs like suns",
    ),
    chinese=(
        "分成扇面的对比色圆盘",
        "旋转的色轮",
        "圆与弧的节奏",
        "德劳内式的色彩圆盘",
    ),
    draw=_draw,
)
