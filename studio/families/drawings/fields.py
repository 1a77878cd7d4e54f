"""Colour fields: breathing blocks, poured veils, melting horizons, hard bands."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.paths import bend
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.strokes import brushed


def _tilt(rng: Rng, wish: Wish) -> float:
    """How far bands lean (radians)."""
    return float(rng.choice([-1, 1]) * (wish.movement**1.3 * 0.72 + rng.normal(0, 0.02)))


def _next(tone: float) -> float:
    """A neighbouring tone, towards the middle of the palette."""
    return tone + 1 if tone < TOP / 2 else tone - 1


def rothko(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Two to four soft-edged blocks stacked on a ground, each rubbed over another tone."""
    tones = Tones.drawn(rng, 4)
    paint = Paint.ground(sheet, tones.ground)
    tilt = _tilt(rng, wish) * 0.55
    brush = brushed(sheet, rng, -tilt)
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
    halo = _next(tone)
    paint.lay(np.asarray(away + 0.004 * brush < 0.014), halo, 0.15 * brush)
    body = np.asarray(away + 0.008 * brush < -0.006)
    breath = sheet.noise(rng, 2.2, 2) + 0.5 * brush
    light = tone + np.clip(0.35 * breath, 0, 0.6) * (halo - tone)
    paint.lay(body, np.asarray(light, np.float32), np.asarray(0.2 * brush + 0.12 * breath))
    worn = body & (breath > 2.1 - 1.1 * wish.density) & (away < -0.03)
    paint.lay(worn, halo, 0.25 * brush)


def veils(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Thin paint poured in overlapping veils; where two meet the tone is theirs together."""
    tones = Tones.drawn(rng)
    paint = Paint.ground(sheet, tones.ground)
    paint.relief += 0.08 * sheet.noise(rng, 80)
    base = np.pi / 2 if rng.random() < 0.65 else 0.0
    main = base + _tilt(rng, wish)
    count = round(2 + 9 * wish.density)
    strength = rng.uniform(0.55, 0.8)
    for index in range(count):
        edge = _veil(sheet, rng, main, count, wish)
        tone = tones.inks[0] if index == 0 else tones.ink(rng)
        _pour(sheet, rng, paint, edge, tone, strength)
    return paint.limited()


def _veil(sheet: Sheet, rng: Rng, main: float, count: int, wish: Wish) -> Floats:
    """Distance inside a tongue of paint: it starts at one side, swells, ends in a soft lobe."""
    angle = main + rng.normal(0, 0.03 + bend(wish, 0.45)) + np.pi * int(rng.integers(2))
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    reach = 0.5 * (sheet.wide * abs(cos) + sheet.high * abs(sin))
    span = 0.5 * (sheet.wide * abs(sin) + sheet.high * abs(cos))
    x, y = sheet.x - np.float32(sheet.wide / 2), sheet.y - np.float32(sheet.high / 2)
    u, v = x * cos + y * sin, y * cos - x * sin
    wave = (0.02 + 0.07 * (1 - wish.angularity)) * sheet.noise(rng, 2.2)
    offset, half = span * rng.uniform(-0.8, 0.8), rng.uniform(0.8, 1.7) * (0.09 + 0.3 / (count + 1))
    tip = reach * rng.uniform(-0.1, 0.95)
    past = np.maximum(u - np.float32(tip - half), 0)
    aside = np.hypot(v - np.float32(offset) + wave, past)
    return np.asarray(np.float32(half) - aside)


def _pour(sheet: Sheet, rng: Rng, paint: Paint, edge: Floats, tone: float, strength: float) -> None:
    """Stain the paper towards a tone; pigment gathers at the rim and in slow clouds."""
    edge = edge + 0.004 * sheet.noise(rng, 24)
    inside = np.asarray(edge > 0)
    stained = np.rint(paint.tone + strength * (tone - paint.tone))
    cloud = sheet.noise(rng, 4, 2)
    clouded = np.asarray(stained + 0.25 * np.clip(cloud, 0, 1))
    rim = np.exp(-np.maximum(edge, 0) / 0.008)
    paint.lay(inside, clouded, np.asarray(0.5 * paint.relief + 0.16 * cloud - 0.6 * rim))


def horizon(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """A few broad bands that melt into each other, and one sharp seam."""
    tones = Tones.drawn(rng, 4)
    tilt = _tilt(rng, wish)
    brush = brushed(sheet, rng, tilt, 2.5, 10)
    cos, sin = np.float32(np.cos(tilt)), np.float32(np.sin(tilt))
    x, y = sheet.x - np.float32(sheet.wide / 2), sheet.y - np.float32(sheet.high / 2)
    reach = 0.5 * (sheet.high * abs(cos) + sheet.wide * abs(sin))
    swell = (0.2 * (1 - wish.angularity) ** 1.3) * sheet.noise(rng, 1.5)
    depth = (y * cos - x * sin + swell) / np.float32(reach)
    count = round(3 + 7 * wish.density)
    melt = 0.03 + 0.12 * wish.density
    paint = Paint.ground(sheet, tones.ground)
    seam = int(rng.integers(1, count))
    for index, start in enumerate(_strata(rng, count)):
        ragged = 0.0 if index == seam - 1 else melt * rng.uniform(0.3, 1.0) * brush
        tone = _stratum(tones, index, rng)
        below = np.asarray(depth + ragged > start)
        glow = np.clip((depth - start) * 0.8, 0, 0.8)
        shade = np.asarray(tone + glow * (_next(tone) - tone), np.float32)
        paint.lay(below, shade, np.asarray(0.22 * brush))
    return paint.limited()


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


def bands(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Hard uneven bands, upright or level, with one thin zip of strong contrast."""
    tones = Tones.drawn(rng)
    angle = (np.pi / 2 if rng.random() < 0.6 else 0.0) + _tilt(rng, wish)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    x, y = sheet.x - np.float32(sheet.wide / 2), sheet.y - np.float32(sheet.high / 2)
    reach = float(0.5 * (sheet.high * abs(cos) + sheet.wide * abs(sin)))
    soft = (1 - wish.angularity) ** 1.3
    bow = 0.2 * soft * rng.normal(0, 1)
    wave = 0.08 * soft * sheet.noise(rng, 1.7)
    depth = y * cos - x * sin + bow * (x * cos + y * sin) ** 2 + wave
    brush = brushed(sheet, rng, angle, 3, 9)
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


FAMILIES: tuple[Family, ...] = (
    Family(
        "rothko",
        "colorfield",
        (
            "soft-edged blocks of colour stacked and breathing",
            "two glowing rectangles, meditative",
            "floating fields of colour with blurred edges",
            "large quiet blocks, luminous and deep",
        ),
        ("边缘柔和的色块上下相叠", "呼吸着的大色域", "静默发光的两块颜色", "深沉的色域绘画"),
        rothko,
    ),
    Family(
        "veils",
        "colorfield",
        (
            "translucent veils of poured paint",
            "stained canvas, thin washes overlapping",
            "curtains of transparent colour",
            "soft stains flowing into each other",
        ),
        ("透明的颜料薄幕相叠", "晕染的画布", "色彩的纱帘", "倾泻而下的淡彩"),
        veils,
    ),
    Family(
        "horizon",
        "colorfield",
        (
            "broad bands melting at a horizon",
            "sea and sky as fields of colour",
            "calm layers of colour with one sharp line",
            "a wide abstract landscape of haze",
        ),
        ("宽阔的色带在地平线相融", "海与天的色域", "平静的层层颜色，一道清晰的线", "雾中的辽阔"),
        horizon,
    ),
    Family(
        "bands",
        "colorfield",
        (
            "hard-edged bands with one thin zip",
            "vertical stripes of uneven width",
            "a field of colour cut by a narrow line",
        ),
        ("硬边的宽窄色带", "一道细线劈开的色域", "不均匀的竖条"),
        bands,
    ),
)
