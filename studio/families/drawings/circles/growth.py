"""Year rings round one to three hearts, with bark, light years and drying cracks."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.circles.rings import Rings, either_side, ring_focus, uneven_radii
from studio.families.drawings.family import Family
from studio.families.drawings.grain import streaked
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones

_NO_BARK = 9.0
"""A radius that lies outside every sheet."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, side = Tones.drawn(rng, 4), either_side(rng)
    hearts = [ring_focus(sheet, rng)] + [sheet.place(rng) for _ in range(int(rng.integers(0, 3)))]
    rings = [Rings(sheet, heart, wish, side) for heart in hearts]
    away = _grown_together(sheet, rng, wish, rings)
    edges = uneven_radii(rng, between(0.14, 0.024, wish.density), 1.8)
    years = _years(rng, tones, len(edges) + 1)[np.searchsorted(edges, away)]
    paint = Paint.ground(sheet, tones.ground)
    bark = float(rng.uniform(0.4, 0.75)) if rng.random() < 0.5 else _NO_BARK
    paint.tone[:] = np.where(away > bark, tones.ground, years)
    paint.lay(np.asarray(np.abs(away - bark) < 0.02), tones.inks[0])
    turn = rings[0].turn + 0.1 * sheet.noise(rng, 4)
    _crack(rng, wish, paint, tones.ground, turn, away)
    paint.relief += 0.3 * streaked(rng, turn * 4 + 40, np.maximum(away, 0) * 90)
    return paint.limited()


def _grown_together(sheet: Sheet, rng: Rng, wish: Wish, rings: list[Rings]) -> Floats:
    """Distance [h, w] to the nearest heart, the side hearts smaller, grown unevenly."""
    loose = 0.035 + 0.05 * (1 - wish.angularity)
    aways = [each.away * (1 + 0.5 * (number > 0)) for number, each in enumerate(rings)]
    return np.asarray(
        np.min(aways, axis=0) + loose * sheet.noise(rng, 2.2) + 0.012 * sheet.noise(rng, 7)
    )


def _years(rng: Rng, tones: Tones, count: int) -> Floats:
    """Tones of the rings from the middle outwards: light and ground in turn, a dark heart."""
    rhythm = np.cumsum(rng.choice((0, 0, 1), count)) % len(tones.inks)
    light = np.asarray(tones.inks)[rhythm]
    years = np.where(np.arange(count) % 2, tones.ground, light).astype(np.float32)
    years[: int(rng.integers(1, 4))] = tones.inks[0]
    return years


def _crack(rng: Rng, wish: Wish, paint: Paint, ground: float, turn: Floats, away: Floats) -> None:
    """Drying cracks: wedges from the rim of the heart outwards."""
    for _ in range(round(1 + 3 * wish.angularity)):
        at, length = float(rng.uniform(-math.pi, math.pi)), float(rng.uniform(0.1, 0.5))
        wedge = np.abs(turn - at) < 0.05 * (1 - away / length)
        paint.lay(np.asarray(wedge & (away < length)), ground, -0.2)


FAMILY = Family(
    name="growth",
    style="rings",
    english=(
        "tree rings, dense and wobbly",
        "growth rings of old wood",
        "contour lines of a slow growth",
        "agate bands around a heart",
    ),
    chinese=(
        "密而起伏的年轮",
        "老木的生长纹",
        "缓慢生长的等高线",
        "玛瑙般的层层纹理",
    ),
    draw=_draw,
)
