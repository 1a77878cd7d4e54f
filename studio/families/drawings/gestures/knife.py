"""Palette-knife slabs with scraped edges, overlapping."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.amounts import bend
from studio.families.drawings.directions import beside, heading
from studio.families.drawings.family import Family
from studio.families.drawings.gestures.ground import primed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import free_focus, near
from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet
from studio.families.drawings.tones import Tones

_STREAKS = 48
"""Across one slab."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    main = heading(rng, wish)
    paint, focus = primed(sheet, rng, tones.ground, wish, main), free_focus(sheet, rng)
    count = round(3 + 32 * wish.density**1.2)
    size = 0.4 / count**0.36
    for index in range(count):
        middle = near(rng, focus, 0.18 + 0.16 * wish.density)
        scale = size * (1.5 if index < count // 4 else rng.uniform(0.45, 1.0))
        halves = (scale * rng.uniform(0.7, 1.1), scale * rng.uniform(0.25, 0.6))
        angle = beside(rng, main, wish)
        _Slab(middle, halves, angle).lay(sheet, rng, wish, paint, tones.ink(rng))
    return paint.limited()


@dataclass(frozen=True, slots=True)
class _Slab:
    """Where one pull of the knife lies."""

    middle: Point
    halves: tuple[float, float]
    """Half its length and half its width, units."""
    angle: float

    def lay(self, sheet: Sheet, rng: Rng, wish: Wish, paint: Paint, tone: float) -> None:
        """Straight or bent, its end torn into streaks, a ridge at its sides."""
        streaks = rng.standard_normal(_STREAKS) + np.repeat(rng.standard_normal(_STREAKS // 4), 4)
        bow = rng.normal(0, 1) * bend(wish, 2.0)
        square = 2.5 + 9 * wish.angularity
        torn = rng.uniform(0.03, 0.25 - 0.18 * wish.angularity)
        near, u, v = self._near(sheet, bow)
        streak = streaks[np.clip(((v + 1) * (_STREAKS // 2)).astype(int), 0, _STREAKS - 1)]
        inside = np.abs(np.abs(u) + torn * streak * (u > 0)) ** square + np.abs(v) ** square < 1
        mask = near.copy()
        mask[near] = inside
        paint.tone[mask] = tone
        ridge = 0.7 * np.abs(v) ** 10 + 0.3 * u
        paint.relief[mask] = (0.28 * streak + ridge - 0.15)[inside]

    def _near(self, sheet: Sheet, bow: float) -> tuple[Mask, Floats, Floats]:
        """The pixels round the slab, and how far along and across it each of them lies, -1..1."""
        u, v = sheet.turned(self.angle, self.middle)
        u = u / np.float32(self.halves[0])
        v = v / np.float32(self.halves[1]) + np.float32(bow) * (u * u - np.float32(0.4))
        near = np.asarray((np.abs(u) < 1.6) & (np.abs(v) < 1))
        return near, u[near], v[near]


FAMILY = Family(
    name="knife",
    style="gestural",
    english=(
        "palette knife slabs with scraped edges",
        "thick impasto laid on with a knife",
        "overlapping slabs of heavy paint",
        "rough scraped planes of colour",
    ),
    chinese=(
        "刮刀堆出的厚重色块",
        "厚涂颜料，边缘刮痕",
        "层层叠压的颜料块面",
    ),
    draw=_draw,
)
