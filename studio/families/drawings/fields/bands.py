"""Hard uneven bands, upright or level, with one thin zip of strong contrast."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import tilt_of
from studio.families.drawings.family import Family
from studio.families.drawings.fields.reach import reaches
from studio.families.drawings.grain import drawn_out
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    angle = (np.pi / 2 if rng.random() < 0.6 else 0.0) + tilt_of(rng, wish)
    along, depth = sheet.turned(angle, sheet.middle)
    reach = float(reaches(sheet, angle)[1])
    soft = (1 - wish.angularity) ** 1.3
    bow = 0.2 * soft * rng.normal(0, 1)
    wave = 0.08 * soft * sheet.noise(rng, 1.7)
    depth = depth + bow * along**2 + wave
    brush = drawn_out(sheet, rng, angle, 3, 9)
    depth = np.asarray(depth + 0.0015 * brush)
    paint = Paint.ground(sheet, tones.ground)
    paint.relief += 0.16 * brush
    for start, stop, tone in _uneven(rng, tones, reach, wish):
        covered = np.asarray((depth > start) & (depth < stop))
        paint.lay(covered, tone, np.asarray(0.2 * brush))
    return paint.limited()


def _uneven(rng: Rng, tones: Tones, reach: float, wish: Wish) -> list[tuple[float, float, float]]:
    """Bands (from, to, tone) of very different widths, then the zips over them."""
    found = []
    for _ in range(round(1 + 7.5 * wish.density)):
        middle = rng.uniform(-0.95, 0.95) * reach
        half = reach * rng.uniform(0.04, 0.34) * (1.15 - 0.6 * wish.density)
        found.append((middle - half, middle + half, tones.ink(rng)))
    for _ in range(round(1 + 7 * wish.density)):
        middle = rng.uniform(-0.9, 0.9) * reach
        half = rng.uniform(0.006, 0.016)
        found.append((middle - half, middle + half, tones.ink(rng)))
    return found


FAMILY = Family(
    name="bands",
    style="colorfield",
    english=(
        "hard-edged bands with one thin zip",
        "vertical stripes of uneven width",
        "a field of colour cut by a narrow line",
    ),
    chinese=(
        "硬边的宽窄色带",
        "一道细线劈开的色域",
        "不均匀的竖条",
    ),
    draw=_draw,
)
