"""Half discs, quarters, stripes and wedges on a hidden module along one band; one hero."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import product

import numpy as np

from studio.families.drawings.amounts import between, softness
from studio.families.drawings.directions import leaning
from studio.families.drawings.family import Family
from studio.families.drawings.grain import brushed
from studio.families.drawings.outlines import Outline, arc, bar, placed
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    paint, focus = Paint.ground(sheet, tones.ground), third_focus(sheet, rng)
    angle = leaning(rng, wish)
    grain = [brushed(sheet, rng, angle + turn, 0.22) for turn in (0.0, math.pi / 2)]
    module = between(0.27, 0.08, wish.density)
    for number, centre in _filled(sheet, rng, wish, module, focus, angle):
        size = module * (2 if rng.random() < 0.12 else 1)
        _lay_module(sheet, paint, rng, wish, tones, (centre, size, angle), grain[number % 2])
    hero = module * float(rng.choice((3, 4))) if wish.density > 0.35 else module * 2
    turn = angle + math.pi / 2 * int(rng.integers(4))
    for outline in _piece(rng, wish, min(0.7, hero)):
        paint.lay(sheet.polygon(placed(outline, focus, turn)), tones.inks[0], grain[0])
    paint.relief += 0.1 * sheet.noise(rng, 60)
    return paint.limited()


def _filled(
    sheet: Sheet, rng: Rng, wish: Wish, module: float, focus: Point, angle: float
) -> Iterator[tuple[int, Point]]:
    """Numbers and centres of the modules that are filled: most of them along a band."""
    reach, band = math.ceil(0.95 / module), 0.17 + 0.16 * wish.density
    axis = float(rng.choice((0.0, math.pi / 2, math.pi / 4)))
    for i, j in product(range(-reach, reach + 1), repeat=2):
        beside = abs(i * math.sin(axis) - j * math.cos(axis)) * module
        share = math.exp(-((beside / band) ** 2)) * 0.9 + 0.04
        (centre,) = placed([(i * module, j * module)], focus, angle)
        if rng.random() < share and _on_sheet(sheet, centre, 2 * module):
            yield i + j, centre


def _on_sheet(sheet: Sheet, point: Point, margin: float) -> bool:
    x, y = point
    return -margin < x < sheet.wide + margin and -margin < y < sheet.high + margin


def _lay_module(
    sheet: Sheet,
    paint: Paint,
    rng: Rng,
    wish: Wish,
    tones: Tones,
    spot: tuple[Point, float, float],
    grain: Floats,
) -> None:
    """One filled module (centre, side, angle): a piece, sometimes on a square of its own."""
    centre, size, angle = spot
    turn = angle + math.pi / 2 * int(rng.integers(4)) * (rng.random() > wish.angularity)
    back, front = (float(each) for each in rng.choice(tones.inks, 2))
    backed = rng.random() < 0.4
    if backed:
        paint.lay(sheet.polygon(bar(centre, size, size, angle)), back, -grain)
    tone = tones.ground if backed and front == back else front
    for outline in _piece(rng, wish, size):
        paint.lay(sheet.polygon(placed(outline, centre, turn)), tone, grain)


def _piece(rng: Rng, wish: Wish, side: float) -> list[Outline]:
    """Outlines about (0, 0) that make one piece of a module of a given side."""
    soft, sharp = softness(wish), wish.angularity
    pieces = (_half_disc, _quarter_disc, _disc, _stripes, _triangle, _square)
    weights = np.array(
        [0.9 * soft, 0.9 * soft, 0.5 * soft, 0.15 + 0.5 * sharp, 0.25 + 0.3 * sharp, 0.25]
    )
    return pieces[int(rng.choice(6, p=weights / weights.sum()))](side)


def _half_disc(side: float) -> list[Outline]:
    return [[(x, y - side / 2) for x, y in arc(side / 2, 0, math.pi)]]


def _quarter_disc(side: float) -> list[Outline]:
    half = side / 2
    return [[(-half, -half), *((x - half, y - half) for x, y in arc(side, 0, math.pi / 2))]]


def _disc(side: float) -> list[Outline]:
    return [arc(side / 2, 0, math.tau)]


def _stripes(side: float) -> list[Outline]:
    half, count = side / 2, 3 if side < 0.16 else 5
    step = side / (2 * count - 1)
    rows = [-half + 2 * step * each for each in range(count)]
    return [[(-half, y), (half, y), (half, y + step), (-half, y + step)] for y in rows]


def _triangle(side: float) -> list[Outline]:
    half = side / 2
    return [[(-half, -half), (half, -half), (-half, half)]]


def _square(side: float) -> list[Outline]:
    half = side / 2
    return [[(-half, -half), (half, -half), (half, half), (-half, half)]]


FAMILY = Family(
    name="bauhaus",
    style="geometric",
    english=(
        "Bauhaus poster of half discs, quarter circles and stripes",
        "simple geometric shapes on a hidden module",
        "playful circles, triangles and stripes",
        "modernist geometric pattern",
    ),
    chinese=(
        "包豪斯式的半圆与条纹",
        "隐藏网格上的简单几何",
        "圆、三角与条纹的游戏",
        "现代主义几何图案",
    ),
    draw=_draw,
)
