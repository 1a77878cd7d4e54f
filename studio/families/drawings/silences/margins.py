"""A quiet rectangle or two near an edge, in steps of tone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.silences.ground import paper
from studio.families.drawings.tones import Tones, neighbour


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 3)
    paint = paper(sheet, rng, tones.ground, wish)
    lean = float(rng.choice([-1, 1]) * 0.75 * wish.movement**1.2)
    corner = rng.choice([0.24, 0.76]), rng.choice([0.24, 0.76])
    count, spread = 1 + round(8 * wish.density), 0.08 + 0.16 * wish.density
    for index in range(count):
        x, y = corner[0] * sheet.wide, corner[1] * sheet.high
        middle = (
            float(np.clip(x + rng.normal(0, spread), 0.12, sheet.wide - 0.12)),
            float(np.clip(y + rng.normal(0, spread), 0.12, sheet.high - 0.12)),
        )
        high, wide = rng.uniform(0.09, 0.26, 2) * (1.0 if index == 0 else 0.65)
        tone = tones.inks[1] if index == count - 1 else neighbour(tones.ground, 1 + index % 3)
        _Panel(middle, (wide, high), tone).lay(sheet, rng, wish, paint, lean)
    small = (sheet.wide - middle[0] * 0.9, sheet.high - middle[1] * 0.9)
    _Panel(small, (0.025, 0.05), tones.inks[0]).lay(sheet, rng, wish, paint, lean)
    return paint.limited()


@dataclass(frozen=True, slots=True)
class _Panel:
    """A flat rectangle, its corners rounder without angularity."""

    middle: Point
    halves: tuple[float, float]
    """Half its width and half its height, units."""
    tone: float

    def lay(self, sheet: Sheet, rng: Rng, wish: Wish, paint: Paint, lean: float) -> None:
        """Cover what lies in the rectangle turned by `lean` radians."""
        hand = sheet.noise(rng, 7)
        wobble = np.float32(0.004 + 0.012 * (1 - wish.angularity)) * hand
        u, v = sheet.turned(lean, self.middle)
        u = np.abs(u + wobble) / np.float32(self.halves[0])
        v = np.abs(v - wobble) / np.float32(self.halves[1])
        mask = np.asarray((u < 1) & (v < 1))
        square = np.float32(4 + 30 * wish.angularity**2)
        mask[mask] = u[mask] ** square + v[mask] ** square < 1
        paint.lay(mask, self.tone, np.asarray(paint.relief + 0.04 * hand))


FAMILY = Family(
    name="margins",
    style="minimal",
    english=(
        "a quiet rectangle near the edge",
        "subtle steps of tone, much empty space",
        "minimal panels, barely there",
    ),
    chinese=(
        "靠近边缘的安静方块",
        "细微的明暗层次与留白",
        "若有若无的极简色面",
    ),
    draw=_draw,
)
