"""Drops of colour let fall in each other, then drawn out with combs (ebru).

The maps are those of "Mathematical Marbling" (Lu, Jaffer, Jin, Zhao, Mao, 2012): each drop and
each comb moves all paint that lies there, so a pixel is traced back through them."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import askew
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.tones import Tones

Bath = tuple[Floats, Floats]
"""Where the paint under each pixel was before the tool moved it: x and y [h, w], units."""


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    wish = wish.stirred()
    tones = Tones.drawn(rng)
    x, y = np.array(sheet.x), np.array(sheet.y)
    angle = askew(rng, wish)
    for _ in range(int(rng.integers(1, 4))):
        x, y = _combed(rng, wish, angle, x, y)
    x, y = _swirled(sheet, rng, (1 - wish.angularity) * (0.15 + 0.85 * wish.movement), x, y)
    x, y = _drawn_out(sheet, angle, 1.4 + 1.6 * wish.angularity, x, y)
    paint = Paint.ground(sheet, tones.ground)
    grain = 0.2 * sheet.noise(rng, 7, 3)
    count = int(4 + 20 * wish.density**1.2)
    for _ in range(count):
        centre, radius = sheet.place(rng, -0.1), float(np.exp(rng.normal(-1.75, 0.45)))
        x, y = _dropped(rng, wish, tones, paint, (centre, radius), (x, y))
    paint.relief += grain + 0.1 * sheet.noise(rng, 40)
    return paint.limited()


def _dropped(
    rng: Rng, wish: Wish, tones: Tones, paint: Paint, stone: tuple[Point, float], bath: Bath
) -> Bath:
    """A stone (centre, radius) of concentric drops: colours what lies in it, pulls the rest back.

    The map of a drop (Lu et al. 2012), inverted: where each pixel was before it fell."""
    (x, y), radius = stone
    dx, dy = bath[0] - x, bath[1] - y
    away = dx * dx + dy * dy
    inside = away < radius * radius
    colours, cuts = _rings(rng, wish, tones)
    share = away[inside] / (radius * radius)
    paint.tone[inside] = colours[np.minimum(np.searchsorted(cuts, share), len(colours) - 1)]
    paint.relief[inside] = 0.3 * share**4
    shrink = np.sqrt(np.maximum(1 - radius * radius / np.maximum(away, 1e-9), 0))
    # What is painted is lost to the older drops below.
    shrink = np.where(inside, np.float32(np.nan), shrink)
    return x + dx * shrink, y + dy * shrink


def _rings(rng: Rng, wish: Wish, tones: Tones) -> tuple[Floats, Floats]:
    """Tones of concentric drops from the middle outwards, and the shares of area they end at."""
    count = int(rng.integers(1, 3 + round(4 * wish.density)))
    colours = np.array([tones.ink(rng) for _ in range(count)])
    colours[1::2] = np.where(colours[1::2] == colours[0], tones.ground, colours[1::2])
    cuts = np.cumsum(rng.uniform(0.5, 1.5, count))
    return colours, cuts / cuts[-1]


def _combed(rng: Rng, wish: Wish, angle: float, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """A comb drawn through the bath: sharp at its teeth, in one direction or to and fro."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    across = y * cos - x * sin
    teeth = float(rng.uniform(1.0, 2.0)) + 2.4 * wish.density
    place = across * teeth + float(rng.uniform())
    wave = np.mod(place, 1) - 0.5
    sharp = 3 + 4 * (1 - wish.angularity)
    pull = float(rng.uniform(0.1, 0.3)) * (0.5 + wish.movement) * np.exp2(-np.abs(wave) * sharp)
    if rng.uniform() < 0.4:
        pull = pull * (1 - 2 * np.mod(np.floor(place), 2))
    return x - pull * cos, y - pull * sin


def _drawn_out(
    sheet: Sheet, angle: float, stretch: float, x: Floats, y: Floats
) -> tuple[Floats, Floats]:
    """The bath pulled long along `angle` and narrow across it."""
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    dx, dy = x - sheet.wide / 2, y - sheet.high / 2
    root = float(np.sqrt(stretch))
    along, across = (dx * cos + dy * sin) / root, (dy * cos - dx * sin) * root
    return sheet.wide / 2 + along * cos - across * sin, sheet.high / 2 + along * sin + across * cos


def _swirled(sheet: Sheet, rng: Rng, amount: float, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """One or two whirlpools and a slow drift."""
    for _ in range(int(rng.integers(1, 3))):
        cx, cy = sheet.place(rng, 0.2)
        dx, dy = x - cx, y - cy
        spin = np.exp(-(dx * dx + dy * dy) / float(rng.uniform(0.02, 0.1)))
        turn = float(rng.choice([-1, 1]) * rng.uniform(1, 3)) * amount * spin
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = cx + dx * cos - dy * sin, cy + dx * sin + dy * cos
    drift = Swirls.drawn(rng, 1.2, 4)
    return x + 0.07 * amount * drift.at(y, x), y + 0.07 * amount * drift.at(x, -y)


FAMILY = Family(
    name="marbling",
    style="marble",
    english=(
        "marbled paper with combed stones",
        "ebru drops drawn out with a comb",
        "endpapers of an old book",
        "rings of ink feathered by a rake",
    ),
    chinese=(
        "梳过的大理石纹纸",
        "湿拓画的水滴与梳纹",
        "旧书的扉页花纸",
        "被耙开的墨环",
    ),
    draw=_draw,
)
