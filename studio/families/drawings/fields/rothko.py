"""Two to four soft-edged blocks stacked on a ground, each rubbed over another tone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from studio.families.drawings.directions import tilt_of
from studio.families.drawings.family import Family
from studio.families.drawings.grain import drawn_out
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones, neighbour


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    paint = Paint.ground(sheet, tones.ground)
    tilt = tilt_of(rng, wish) * 0.55
    brush = drawn_out(sheet, rng, -tilt)
    paint.relief += 0.14 * brush
    rough = 0.003 + 0.013 * wish.density
    frayed = rough * (0.6 * brush + 2.2 * (1 - wish.angularity) * sheet.noise(rng, 5, 2))
    y = sheet.y + np.float32(np.tan(tilt)) * (sheet.x - np.float32(sheet.wide / 2))
    for index, (top, bottom) in enumerate(_stack(sheet, rng, wish)):
        away = _block(sheet, y, top, bottom, wish, rng) + frayed
        tone = tones.inks[index % len(tones.inks)]
        _rub(sheet, rng, paint, away, tone, brush, wish)
    return paint.limited()


def _stack(sheet: Sheet, rng: Rng, wish: Wish) -> list[tuple[float, float]]:
    """Tops and bottoms of the blocks, uneven in height."""
    count = int(np.clip(round(1.6 + 2.6 * wish.density + rng.normal(0, 0.3)), 2, 5))
    shares = np.exp(rng.normal(0, 0.55, count))
    edges = np.concatenate([[0], np.cumsum(shares / shares.sum())])
    gap, margin = rng.uniform(0.012, 0.05), rng.uniform(0.05, 0.11)
    span = sheet.high - 2 * margin
    return [
        (float(margin + span * a + gap / 2), float(margin + span * b - gap / 2))
        for a, b in pairwise(edges)
    ]


def _block(sheet: Sheet, y: Floats, top: float, bottom: float, wish: Wish, rng: Rng) -> Floats:
    """Distance to a block with rounded corners, negative inside."""
    half_high = (bottom - top) / 2
    side = rng.uniform(0.06, 0.14) * sheet.wide
    half_wide = sheet.wide / 2 - side
    round_off = min(half_high, half_wide) * (0.9 - 0.87 * wish.angularity)
    u = np.abs(sheet.x - np.float32(sheet.wide / 2)) - np.float32(half_wide - round_off)
    v = np.abs(y - np.float32((top + bottom) / 2)) - np.float32(half_high - round_off)
    outside = np.hypot(np.maximum(u, 0), np.maximum(v, 0))
    return np.asarray(outside + np.minimum(np.maximum(u, v), 0) - np.float32(round_off))


def _rub(
    sheet: Sheet, rng: Rng, paint: Paint, away: Floats, tone: float, brush: Floats, wish: Wish
) -> None:
    """A block: a thin halo of the neighbouring tone, the body, and scumbles breathing in it."""
    halo = neighbour(tone)
    paint.lay(np.asarray(away + 0.004 * brush < 0.014), halo, 0.15 * brush)
    body = np.asarray(away + 0.008 * brush < -0.006)
    breath = sheet.noise(rng, 2.2, 2) + 0.5 * brush
    light = tone + np.clip(0.35 * breath, 0, 0.6) * (halo - tone)
    paint.lay(body, np.asarray(light, np.float32), np.asarray(0.2 * brush + 0.12 * breath))
    worn = body & (breath > 2.1 - 1.1 * wish.density) & (away < -0.03)
    paint.lay(worn, halo, 0.25 * brush)


FAMILY = Family(
    name="rothko",
    style="colorfield",
    english=(
        "soft-edged blocks of colour stacked and breathing",
        "two glowing rectangles, meditative",
        "floating fields of colour with blurred edges",
        "large quiet blocks, luminous and deep",
    ),
    chinese=(
        "边缘柔和的色块上下相叠",
        "呼吸着的大色域",
        "静默发光的两块颜色",
        "深沉的色域绘画",
    ),
    draw=_draw,
)
