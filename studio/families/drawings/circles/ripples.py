"""Uneven rings spread from one point, worn by a dry brush, and stop at the shore of a pool."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.circles.rings import Rings, either_side, ring_focus, uneven_radii
from studio.families.drawings.family import Family
from studio.families.drawings.grain import streaked
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 4), ring_focus(sheet, rng)
    rings = Rings(sheet, focus, wish, either_side(rng))
    loose = float(rng.uniform(0.012, 0.04)) * (1.2 - wish.angularity)
    away = rings.wobbled(sheet, rng, loose)
    edges = uneven_radii(rng, between(0.17, 0.03, wish.density), 1.8, float(rng.uniform(0, 1.5)))
    table = _ringed(tones, rng, len(edges))
    pool = float(rng.uniform(0.45, 0.85)) if rng.random() < 0.6 else 9.0
    number = np.searchsorted(edges, away)
    paint = Paint.ground(sheet, tones.ground)
    worn = streaked(rng, rings.turn * 3 + 40, away * 60) > 2.1
    paint.tone[:] = np.where((away > pool) | worn, tones.ground, table[number])
    deep = rng.uniform(-0.2, 0.2, len(edges) + 1).astype(np.float32)
    paint.relief[:] = rings.brushed(rng) + deep[number]
    return paint.limited()


def _ringed(tones: Tones, rng: Rng, count: int) -> Floats:
    """Tones of rings from the middle outwards: ground and inks in turn, so neighbours differ."""
    inks = [tones.ground if each % 2 else tones.ink(rng) for each in range(count + 1)]
    return np.asarray(inks, np.float32)


FAMILY = Family(
    name="ripples",
    style="rings",
    english=(
        "concentric rings spreading from one point",
        "ripples on water, uneven circles",
        "painted circles around an off-centre focus",
        "an echo drawn as rings",
    ),
    chinese=(
        "从一点扩散的同心圆",
        "水面的涟漪",
        "偏心的手绘圆环",
        "回声般一圈圈荡开",
    ),
    draw=_draw,
)
