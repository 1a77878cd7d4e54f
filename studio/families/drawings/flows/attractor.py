"""How often a strange attractor visits each spot, as veils of smoke over the ground.

The map is Clifford Pickover's: x' = sin(a y) + c cos(a x), y' = sin(b x) + d cos(b y)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Point, Rng, Sheet
from studio.families.drawings.tones import terraced

_CLIFFORD = (
    (-1.4, 1.6, 1.0, 0.7),
    (1.7, 1.7, 0.6, 1.2),
    (1.5, -1.8, 1.6, 0.9),
    (-1.8, -2.0, -0.5, -0.9),
    (-1.7, 1.8, -1.9, -0.4),
)
"""Parameters a, b, c, d whose attractors fill the plane."""
_POINTS, _STEPS = 5000, 60
_SETTLING = 8
"""Steps until the points have come to the attractor."""
_UNITS_A_STEP = 0.27
"""Units of the sheet a unit of the attractor's plane."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    side = int(30 + 62 * wish.density)
    visits = _visits(sheet, rng, wish, side)
    return _smoke(sheet, rng, wish, _spread(sheet, visits, side, 2 + 6 * wish.density))


def _visits(sheet: Sheet, rng: Rng, wish: Wish, side: int) -> Floats:
    """How often many points visit each cell of a grid of `side` cells a unit."""
    a, b, c, d = (
        value + float(rng.normal(0, 0.05)) for value in _CLIFFORD[rng.integers(len(_CLIFFORD))]
    )
    view = _View.drawn(sheet, rng, wish)
    x, y = rng.uniform(-1, 1, (2, _POINTS)).astype(np.float32)
    rows, columns = int(side * sheet.high) + 1, int(side * sheet.wide) + 1
    visits = np.zeros(rows * columns)
    shift = rng.uniform(-0.2, 0.2, 2)
    for step in range(_STEPS):
        x, y = (
            np.sin(a * y) + np.float32(c) * np.cos(a * x),
            np.sin(b * x) + np.float32(d) * np.cos(b * y),
        )
        if step > _SETTLING:
            u, v = view.of(x, y, shift)
            p, q = (u * side).astype(int), (v * side).astype(int)
            inside = (p < columns) & (q < rows) & (u > 0) & (v > 0)
            visits += np.bincount(q[inside] * columns + p[inside], minlength=rows * columns)
    return visits.reshape(rows, columns)


@dataclass(frozen=True, slots=True)
class _View:
    """How the plane of the attractor lies on the sheet: stretched, turned, enlarged."""

    middle: Point
    stretch: float
    angle: float
    zoom: float

    @classmethod
    def drawn(cls, sheet: Sheet, rng: Rng, wish: Wish) -> _View:
        """Longer when angular, leaning when moving."""
        stretch = 1 + 0.9 * wish.angularity
        angle = float(rng.integers(4) * np.pi / 2 + wish.movement * np.pi / 4)
        return cls(sheet.middle, stretch, angle, float(rng.uniform(1.1, 1.9)))

    def of(self, x: Floats, y: Floats, shift: Floats) -> tuple[Floats, Floats]:
        """Places on the sheet (units) of points of the plane, shifted from its middle."""
        x, y = x * np.float32(self.stretch), y / np.float32(self.stretch)
        cos, sin, scale = np.cos(self.angle), np.sin(self.angle), _UNITS_A_STEP * self.zoom
        u = scale * (x * cos - y * sin) + self.middle[0] + shift[0]
        return u, scale * (x * sin + y * cos) + self.middle[1] + shift[1]


def _spread(sheet: Sheet, visits: Floats, side: int, gain: float) -> Floats:
    """Visit counts as a smooth map [h, w], 0..1, even over its own range."""
    calm = np.log1p(visits * gain / max(visits.mean(), 1e-9))
    for axis in (0, 1, 0, 1):
        rims = [(1, 1) if each == axis else (0, 0) for each in (0, 1)]
        wide = np.moveaxis(np.pad(calm, rims, mode="edge"), axis, 0)
        calm = np.moveaxis(0.25 * wide[:-2] + 0.5 * wide[1:-1] + 0.25 * wide[2:], 0, axis)
    return sheet.stretched(calm / np.quantile(calm, 0.99), 0.0, side)


def _smoke(sheet: Sheet, rng: Rng, wish: Wish, veil: Floats) -> Paint:
    """Veils as tones: a run from the ground to the far end, in terraces with short melts."""
    ground = float(rng.choice([0, 1, 6, 7]))
    folds = 0.8 + 3.6 * wish.density**1.2
    height = np.clip(veil, 0, 1) ** float(rng.uniform(0.8, 1.2)) * folds
    ramp = np.where(height < 1, height, 0.62 - 0.38 * np.cos(np.pi * height))
    tone = np.clip(ground + (6.8 if ground < 4 else -6.8) * ramp, 0, TOP)
    paint = Paint(terraced(tone, 1 - 0.75 * wish.density), np.zeros_like(tone))
    accent = float(rng.choice([2, 3, 4, 5]))
    if rng.uniform() < 0.5:
        where = sheet.noise(rng, 1.2)
        paint.lay((veil > 0.35) & (veil < 0.6) & (where > 0.5), accent)
    paint.relief += np.clip(veil, 0, 1) * 0.4 * sheet.noise(rng, 24) + 0.1 * sheet.noise(rng, 50)
    return paint.limited()


FAMILY = Family(
    name="attractor",
    style="flow",
    english=(
        "veils of smoke turning on themselves",
        "a strange attractor like folded silk",
        "translucent loops of mist",
        "chaos drawn as soft veils",
    ),
    chinese=(
        "自我缠绕的烟纱",
        "如折叠丝绸的奇异吸引子",
        "半透明的雾环",
        "混沌化作的轻纱",
    ),
    draw=_draw,
)
