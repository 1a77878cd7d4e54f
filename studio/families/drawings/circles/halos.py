"""Lights that melt outward in steps of neighbouring tones, in the dark or the bright."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.circles.rings import Rings, either_side, ring_focus
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Floats, Mask, Rng, Sheet


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    dark, side = rng.random() < 0.55, either_side(rng)
    ground = float(rng.choice((0, 1, 2)))
    level, cores = _lit(sheet, rng, wish, side)
    tone = np.clip(ground + _stairs(level, 0.75 - 0.5 * wish.density), 0, TOP)
    tone[cores] = 0.0 if ground > 0 else 2.0
    paint = Paint.ground(sheet, ground)
    paint.tone[:] = tone if dark else TOP - tone
    paint.relief += 0.22 * sheet.noise(rng, 6, 3) + 0.12 * sheet.noise(rng, 60)
    return paint.limited()


def _lit(sheet: Sheet, rng: Rng, wish: Wish, side: float) -> tuple[Floats, Mask]:
    """How bright [h, w] all lights together are, in tones, and where the cores of some lie."""
    level = np.zeros((sheet.height, sheet.width), np.float32)
    cores = np.zeros(level.shape, bool)
    for number in range(round(between(1, 12, wish.density))):
        away = _from_light(sheet, rng, wish, side, main=number == 0)
        high = float(rng.choice((4.0, 5.0, 6.0, 7.0)))
        level = np.maximum(level, high * np.clip(1 - away, 0, 1) ** float(rng.uniform(0.7, 1.3)))
        if rng.random() < 0.45:
            cores |= away < rng.uniform(0.06, 0.16)
    return level, cores


def _from_light(sheet: Sheet, rng: Rng, wish: Wish, side: float, *, main: bool) -> Floats:
    """Distance [h, w] from a light: 0 in its middle, 1 where it has melted away."""
    centre = ring_focus(sheet, rng) if main else sheet.place(rng, 0.05)
    radius = float(rng.uniform(0.5, 0.85)) if main else between(0.4, 0.1, rng.random())
    return Rings(sheet, centre, wish, side).wobbled(sheet, rng, 0.03, 1.6) / radius


def _stairs(level: Floats, softness: float) -> Floats:
    """Whole steps with a melt between them; `softness` 0 hard .. 1 no step left."""
    step = np.floor(level)
    part = np.clip((level - step - 0.5) / max(softness, 0.02) + 0.5, 0, 1)
    return np.asarray(step + part * part * (3 - 2 * part), np.float32)


FAMILY = Family(
    name="halos",
    style="rings",
    english=(
        "soft glowing halos in the dark",
        "warm light melting outward",
        "blurred targets, gentle rings of light",
        "aura of colour around a calm centre",
    ),
    chinese=(
        "黑暗中柔和的光晕",
        "向外融化的光",
        "朦胧的光圈",
        "宁静中心的色彩光环",
    ),
    draw=_draw,
)
