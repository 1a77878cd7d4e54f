"""A few broad bands that melt into each other, and one sharp seam."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import tilt_of
from studio.families.drawings.family import Family
from studio.families.drawings.fields.reach import reaches
from studio.families.drawings.grain import drawn_out
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones, neighbour


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    tilt = tilt_of(rng, wish)
    brush = drawn_out(sheet, rng, tilt, 2.5, 10)
    depth = _depth(sheet, rng, wish, tilt)
    count = round(3 + 7 * wish.density)
    melt = 0.03 + 0.12 * wish.density
    paint = Paint.ground(sheet, tones.ground)
    seam = int(rng.integers(1, count))
    for index, start in enumerate(_strata(rng, count)):
        ragged = 0.0 if index == seam - 1 else melt * rng.uniform(0.3, 1.0) * brush
        tone = _stratum(tones, index, rng)
        below = np.asarray(depth + ragged > start)
        glow = np.clip((depth - start) * 0.8, 0, 0.8)
        shade = np.asarray(tone + glow * (neighbour(tone) - tone), np.float32)
        paint.lay(below, shade, np.asarray(0.22 * brush))
    return paint.limited()


def _depth(sheet: Sheet, rng: Rng, wish: Wish, tilt: float) -> Floats:
    """How far down the picture a pixel lies, -1..1, along a tilted and swelling horizon."""
    _, down = sheet.turned(tilt, sheet.middle)
    swell = (0.2 * (1 - wish.angularity) ** 1.3) * sheet.noise(rng, 1.5)
    return np.asarray((down + swell) / reaches(sheet, tilt)[1])


def _strata(rng: Rng, count: int) -> list[float]:
    """Where the bands begin, -1..1, uneven: a few broad, the others gathered."""
    shares = np.exp(rng.normal(0, 0.8, count))
    edges = np.cumsum(shares / shares.sum())[:-1]
    return [float(2 * edge - 1) for edge in edges]


def _stratum(tones: Tones, index: int, rng: Rng) -> float:
    """The tone of a band; the ground comes back now and then."""
    if index % 3 == 2 and rng.random() < 0.6:
        return tones.ground
    return tones.inks[index % len(tones.inks)]


FAMILY = Family(
    name="horizon",
    style="colorfield",
    english=(
        "broad bands melting at a horizon",
        "sea and sky as fields of colour",
        "calm layers of colour with one sharp line",
        "a wide abstract landscape of haze",
    ),
    chinese=(
        "宽阔的色带在地平线相融",
        "海与天的色域",
        "平静的层层颜色，一道清晰的线",
        "雾中的辽阔",
    ),
    draw=_draw,
)
