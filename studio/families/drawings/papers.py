"""Families of paper: leaves and algae cut with scissors, and a collage of torn printed scraps."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.grids import between, brushed, leaning, turned
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.planes import Laid, Outline, bar, off_centre, placed
from studio.families.drawings.sheet import TOP, Floats, Mask, Point, Rng, Sheet

# cutouts


def frond(rng: Rng, size: float, lobes: int, sharpness: float, slant: float) -> Outline:
    """A leaf along x from (0, 0): lobes that slant from both sides of a bent rib."""
    t = np.linspace(0, 1, lobes * 10 + 1)
    wave = np.abs(np.sin(math.pi * lobes * t))
    saw = 1 - np.abs(2 * ((lobes * t) % 1) - 1)
    lobe = (1 - sharpness) * wave ** (0.25 + 0.4 * slant) + sharpness * saw
    profile = np.sin(math.pi * np.clip(0.06 + 0.94 * t, 0, 1)) ** 0.6
    reach = size * float(rng.uniform(0.2, 0.36)) * profile * (0.08 + 0.92 * lobe)
    sweep = slant * float(rng.uniform(0.4, 1.1)) * (lobe - 0.3) * reach
    bend = float(rng.normal(0, 0.28)) * (1 - 0.5 * sharpness) * slant
    along, rib = size * t + sweep, bend * size * np.sin(math.pi * t)
    thin = 0.012 + 0.5 * size / 40
    upper = list(zip(along, rib - reach - thin, strict=True))
    lower = list(zip(along, rib + reach + thin, strict=True))
    return [(float(x), float(y)) for x, y in [*upper, *reversed(lower)]]


def pebble(rng: Rng, size: float, sharpness: float) -> Outline:
    """A star of blunt or pointed arms about (0, 0)."""
    arms = int(rng.integers(3, 8))
    turns = np.linspace(0, math.tau, arms * 12, endpoint=False)
    wave = np.abs(np.sin(arms * turns / 2)) ** (0.7 + 1.6 * sharpness)
    radii = size * (0.22 + 0.4 * wave * rng.uniform(0.75, 1.25, arms).repeat(12))
    return [
        (float(r * math.cos(a)), float(r * math.sin(a))) for r, a in zip(radii, turns, strict=True)
    ]


def _panels(
    sheet: Sheet, paint: Paint, rng: Rng, wish: Wish, tones: Tones, laid: Laid, grain: Floats
) -> None:
    """Hand-cut background papers behind the leaves."""
    lean = leaning(rng, wish)
    for number in range(int(rng.choice((0, 1, 2, 4)))):
        size = between(0.8, 0.25, number / 6)
        centre = sheet.place(rng)
        shape = bar(
            centre, size * float(rng.uniform(0.7, 1.4)), size, lean + float(rng.normal(0, 0.03))
        )
        near = tones.ground + float(rng.choice((-1.0, 1.0)))
        ink = laid.ink(rng, centre, size)
        tone = near if rng.random() < 0.4 and 0 <= near <= TOP else ink
        paint.lay(sheet.polygon(shape), tone, grain + float(rng.uniform(-0.1, 0.1)))


def _free_place(rng: Rng, leaves: Laid, focus: Point, spread: float, size: float) -> Point:
    """Of nine places about the focus, the freest that is not too far away."""
    tries = [(float(x), float(y)) for x, y in np.add(focus, rng.normal(0, spread, (9, 2)))]
    return max(tries, key=lambda each: leaves.room(each, size) - math.dist(each, focus) / 3)


def _cut(rng: Rng, wish: Wish, size: float) -> Outline:
    """A leaf along x, sometimes a flower; blades among them when angular."""
    sharp = min(1.0, max(0.0, wish.angularity * 1.3 - 0.15))
    shape = frond(rng, size, int(rng.integers(3, 7)), sharp, 0.2 + wish.movement)
    if rng.random() < max(0.0, wish.angularity - 0.45):
        far, half = size * 1.3, size * 0.11
        shape = [(0.0, -0.02), (far, -half), (far - size * 0.15, half), (0.0, 0.02)]
    elif rng.random() < 0.22:
        shape = [(x + size / 2, y) for x, y in pebble(rng, size, sharp)]
    return shape


def _cutouts(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 5), off_centre(sheet, rng)
    paint, lean = Paint.ground(sheet, tones.ground), leaning(rng, wish)
    grain = [brushed(sheet, rng, float(rng.uniform(0, math.pi)), 0.34) for _ in range(3)]
    paint.relief += grain[0]
    laid, leaves = Laid(tones), Laid(tones)
    _panels(sheet, paint, rng, wish, tones, laid, grain[1])
    count = round(between(3, 50, wish.density))
    for number in range(count):
        share = number / max(1, count)
        size = between(0.58, 0.12, share**0.6) * float(rng.uniform(0.8, 1.2))
        x, y = _free_place(rng, leaves, focus, 0.16 + 0.3 * share, 0.8 * size)
        leaves.ink(rng, (x, y), 0.8 * size)
        turn = math.pi / 2 * int(rng.integers(4))
        angle = lean + turn + float(rng.normal(0, 0.05 + 0.2 * wish.movement))
        shape = _cut(rng, wish, size)
        start = (x - size / 2 * math.cos(angle), y - size / 2 * math.sin(angle))
        tone = laid.ink(rng, (x, y), size * 0.7)
        paint.lay(sheet.polygon(placed(shape, start, angle)), tone, grain[number % 3])
    return paint.limited()


# collage


def torn(rng: Rng, corners: Outline, rough: float, steps: int = 14) -> Outline:
    """An outline with torn sides: every side wanders by about `rough` units."""
    outline: Outline = []
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        length = max(math.hypot(bx - ax, by - ay), 1e-6)
        out = np.cumsum(rng.normal(0, 0.45, steps)) + rng.normal(0, 0.6, steps)
        out = rough * out * np.sin(math.pi * np.arange(steps) / steps) ** 0.5
        for step in range(steps):
            t, side = step / steps, float(out[step]) / length
            outline.append(
                (ax + (bx - ax) * t + (by - ay) * side, ay + (by - ay) * t - (bx - ax) * side)
            )
    return outline


def _print(sheet: Sheet, rng: Rng, wish: Wish, centre: Point, angle: float) -> Mask:
    """Where a printed pattern has ink: stripes, dots, lines of type or checks."""
    u, v = turned(sheet, angle, centre)
    step = between(0.075, 0.034, wish.density) * float(rng.uniform(0.9, 1.4))
    s, t = u / step, v / step
    kind = int(rng.integers(4))
    if kind == 0:
        return np.asarray(t % 1 < 0.45)
    if kind == 1:
        return np.asarray((s % 1 - 0.5) ** 2 + (t % 1 - 0.5) ** 2 < 0.1)
    if kind == 2:
        words = rng.random((64, 64)) < 0.7
        word = words[np.floor(t).astype(np.int32) % 64, np.floor(s * 0.8).astype(np.int32) % 64]
        return np.asarray(word & (t % 1 < 0.4))
    return np.asarray((np.floor(s) + np.floor(t)) % 2 == 0)


def _scrap(
    sheet: Sheet,
    paint: Paint,
    rng: Rng,
    wish: Wish,
    tone: float,
    other: float,
    shape: tuple[Point, float, float],
    grain: Floats,
) -> None:
    """One torn paper: its pale fibre edge, its colour, its grain, sometimes a print."""
    centre, size, angle = shape
    long = size * float(rng.uniform(0.8, 1.9))
    corners = bar(centre, long, size, angle, float(rng.uniform(0.75, 1.25)))
    rough = (0.003 + 0.022 * (1 - wish.angularity) ** 1.5) * min(1.0, size / 0.3)
    fibre = 7.0 if tone < 6 else 5.0
    paint.lay(sheet.polygon(torn(rng, corners, rough * 1.2)), fibre, 0.2)
    rim = float(rng.uniform(0.012, 0.03))
    inner = bar(centre, long - 2 * rim, size - 2 * rim, angle, float(rng.uniform(0.9, 1.1)))
    face = sheet.polygon(torn(rng, inner, rough))
    paint.lay(face, tone, grain + float(rng.uniform(-0.15, 0.15)))
    if rng.random() < 0.42:
        ink = _print(sheet, rng, wish, centre, angle)
        paint.tone[face & ink] = other


def _collage(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 5), off_centre(sheet, rng)
    paint, lean = Paint.ground(sheet, tones.ground), leaning(rng, wish)
    grain = [brushed(sheet, rng, lean + turn, 0.2) for turn in (0.0, math.pi / 2)]
    paint.relief += grain[0] + 0.14 * sheet.noise(rng, 60)
    laid = Laid(tones)
    count = round(between(3, 34, wish.density))
    for number in range(count):
        share = number / max(1, count)
        size = between(0.56, 0.08, share) * float(rng.uniform(0.8, 1.25))
        spread = 0.15 + 0.2 * share
        centre = (
            focus[0] + float(rng.normal(0, spread)) * 1.2,
            focus[1] + float(rng.normal(0, spread)),
        )
        turn = math.pi / 2 * int(rng.integers(2)) + float(
            rng.normal(0, 0.03 + 0.3 * (1 - wish.angularity) ** 1.6)
        )
        tone = laid.ink(rng, centre, size)
        other = tones.ground if tone != tones.ground else tones.inks[0]
        shape = (centre, size, lean + turn)
        _scrap(sheet, paint, rng, wish, tone, other, shape, grain[number % 2])
    return paint.limited()


FAMILIES: tuple[Family, ...] = (
    Family(
        "cutouts",
        "lyrical",
        (
            "paper cut-outs of leaves and algae, Matisse-like",
            "joyful plants cut with scissors",
            "layered leaves of painted paper",
            "a garden of bright organic shapes",
        ),
        ("马蒂斯式的剪纸叶片与水草", "欢快的剪纸植物", "层叠的彩纸叶子", "明亮有机形状的花园"),
        _cutouts,
    ),
    Family(
        "collage",
        "geometric",
        (
            "collage of torn papers with frayed edges",
            "scraps of newspaper and striped paper pasted together",
            "layered torn poster fragments",
            "mixed papers with printed patterns",
        ),
        ("撕纸拼贴,毛边可见", "报纸与条纹纸的碎片拼贴", "层叠的撕裂海报", "印花纸张的混合拼贴"),
        _collage,
    ),
)
