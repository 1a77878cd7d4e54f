"""Leaves, blades and flowers cut with scissors, laid on hand-cut papers."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.laid import Laid
from studio.families.drawings.outlines import Outline, bar, placed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import TOP, Floats, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 5), third_focus(sheet, rng)
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


def _frond(rng: Rng, size: float, lobes: int, sharpness: float, slant: float) -> Outline:
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


def _star(rng: Rng, size: float, sharpness: float) -> Outline:
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
    shape = _frond(rng, size, int(rng.integers(3, 7)), sharp, 0.2 + wish.movement)
    if rng.random() < max(0.0, wish.angularity - 0.45):
        far, half = size * 1.3, size * 0.11
        shape = [(0.0, -0.02), (far, -half), (far - size * 0.15, half), (0.0, 0.02)]
    elif rng.random() < 0.22:
        shape = [(x + size / 2, y) for x, y in _star(rng, size, sharp)]
    return shape


FAMILY = Family(
    name="cutouts",
    style="lyrical",
    english=(
        "paper cut-outs of leaves and algae, Matisse-like",
        "joyful plants cut with scissors",
        "layered leaves of painted paper",
        "a garden of bright organic shapes",
    ),
    chinese=(
        "马蒂斯式的剪纸叶片与水草",
        "欢快的剪纸植物",
        "层叠的彩纸叶子",
        "明亮有机形状的花园",
    ),
    draw=_draw,
)
