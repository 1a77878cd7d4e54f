"""Ribbons of uneven width that pass over and under each other, with open gaps."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.family import Family
from studio.families.drawings.grain import streaked
from studio.families.drawings.grids.net import far, net
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet, Whole
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    inks = np.array([*tones.inks, tones.inks[0]])
    u, v, _ = net(sheet, rng, wish, 0.2)
    mean, reach = between(0.26, 0.036, wish.density), far(sheet)
    gaps = 0.34 + 0.8 * max(0.0, wish.angularity - 0.5)
    iu, warp, across_u = _bands(u, _sett(rng, reach, mean, inks, 0.32))
    iv, weft, across_v = _bands(v, _sett(rng, reach, mean * rng.uniform(0.8, 1.4), inks, gaps))
    over = (iu + iv) % 2 == 0 if rng.random() < 0.6 else (iu + iv) % 4 < 2
    shows = (warp >= 0) & (over | (weft < 0))
    tone = np.where(shows, warp, np.where(weft >= 0, weft, tones.ground))
    paint = Paint.ground(sheet, tones.ground)
    paint.tone[:] = tone
    round_ = 0.35 - 0.5 * np.where(shows, across_u, across_v) ** 4
    threads = np.where(shows, streaked(rng, v * 9, u * 80), streaked(rng, u * 9, v * 80))
    paint.relief[:] = np.where(tone == tones.ground, 0, round_) + 0.2 * threads
    return paint.limited()


def _sett(
    rng: Rng, reach: float, mean: float, inks: Floats, gaps: float
) -> tuple[Floats, Floats, Floats]:
    """Edges of bands, their tones (-1: an open gap), and tones of a middle stripe (or -1)."""
    count = math.ceil(2.6 * reach / mean) + 4
    widths = mean * rng.choice((0.35, 0.6, 1.0, 1.9), count, p=(0.25, 0.25, 0.3, 0.2))
    tones = rng.choice(inks, count)
    tones[rng.random(count) < gaps] = -1
    stripes = np.where((widths > 0.045) & (rng.random(count) < 0.4), rng.choice(inks, count), -1)
    edges = np.cumsum(np.maximum(widths, 0.014)) - 1.25 * reach
    return edges.astype(np.float32), tones, stripes


def _bands(u: Floats, sett: tuple[Floats, Floats, Floats]) -> tuple[Whole, Floats, Floats]:
    """For every pixel: number of its band, tone (-1: open), and -1..1 across the band."""
    edges, tones, stripes = sett
    number = np.clip(np.searchsorted(edges, u), 1, len(edges) - 1)
    low, high = edges[number - 1], edges[number]
    across = (2 * u - low - high) / np.maximum(high - low, 1e-4)
    tone = tones[number].copy()
    striped = (stripes[number] >= 0) & (tone >= 0) & (np.abs(across) < 0.36)
    tone[striped] = stripes[number][striped]
    return number, tone, across


FAMILY = Family(
    name="woven",
    style="grid",
    english=(
        "woven ribbons going over and under",
        "tartan plaid of uneven bands",
        "textile weave with thin and broad stripes",
        "a basket weave of painted strips",
    ),
    chinese=(
        "上下交织的彩带",
        "宽窄不一的苏格兰格纹",
        "织物般的经纬条纹",
        "编织的色条",
    ),
    draw=_draw,
)
