"""Rings of two or three sources crossing: the tone turns where their crests meet."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng)
    heading = float(rng.integers(4) * np.pi / 2)
    heading += float(rng.choice([-1, 1])) * wish.movement * np.pi / 4
    waves = [_ripples(sheet, rng, wish, heading) for _ in range(int(rng.integers(2, 4)))]
    paint = Paint.ground(sheet, tones.ground)
    names = np.array([tones.ground, tones.inks[0], *tones.inks[1:], tones.ground, tones.inks[1]])
    if rng.uniform() < 0.5:
        odd = sum((wave > float(rng.uniform(-0.3, 0.3))).astype(int) for wave in waves)
        meeting = np.asarray(odd)
    else:
        total = sum(waves) / np.sqrt(len(waves) / 2)
        cuts = np.sort(rng.uniform(-0.25, 0.25, 3)) + np.array([-0.75, 0, 0.75])
        meeting = np.searchsorted(cuts, np.asarray(total))
    tone = names[meeting].astype(np.float32)
    zone = sheet.noise(rng, 0.7) > float(rng.uniform(0, 1))
    other = np.roll(names, 1)[meeting].astype(np.float32)
    paint.lay(np.ones_like(zone), np.where(zone, other, tone))
    paint.relief += 0.2 * waves[0] + 0.25 * sheet.noise(rng, 9, 3)
    return paint.limited()


def _ripples(sheet: Sheet, rng: Rng, wish: Wish, heading: float) -> Floats:
    """The waves of one source, -1..1: rings near it, level fronts when it is far away."""
    aside = float(rng.integers(4) * np.pi / 2) if rng.uniform() > wish.angularity else 0.0
    angle = heading + aside + float(rng.normal(0, 0.12))
    far = 0.1 + 6 * wish.angularity**1.5 + float(rng.uniform(0, 0.3))
    x = sheet.wide / 2 + far * float(np.cos(angle)) + float(rng.normal(0, 0.1))
    y = sheet.high / 2 + far * float(np.sin(angle)) + float(rng.normal(0, 0.1))
    count = (1.6 + 7 * wish.density) * float(rng.uniform(0.7, 1.2))
    away = np.hypot(sheet.x - x, sheet.y - y) + 0.03 * (1 - wish.angularity) * sheet.noise(rng, 2)
    return np.asarray(np.cos(2 * np.pi * count * away), np.float32)


FAMILY = Family(
    name="interference",
    style="waves",
    english=(
        "rings of two sources crossing",
        "broad moire bands",
        "ripples that meet and turn colour",
        "op art waves",
    ),
    chinese=(
        "两处波源的圆环相交",
        "宽阔的摩尔条纹",
        "相遇而变色的涟漪",
        "欧普艺术的波纹",
    ),
    draw=_draw,
)
