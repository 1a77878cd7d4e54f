"""Families of flat planes: leaning bars, splinters, half discs on a module, folds and beams.

Directions gather around level and upright when still and around the diagonals when moving; sides
bulge when little angularity is wished.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.grids import between, brushed, leaning, turned
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.sheet import TOP, Floats, Point, Rng, Sheet

Outline = list[Point]


class Laid:
    """What lies on the sheet so far, to lay unlike tones on one another."""

    def __init__(self, tones: Tones) -> None:
        self._tones, self._spots = tones, list[tuple[Point, float, float]]()

    def ink(self, rng: Rng, centre: Point, size: float) -> float:
        """A tone unlike the topmost thing at `centre`; remembers the new thing there."""
        under = self._tones.ground
        for (x, y), reach, tone in self._spots:
            if math.hypot(x - centre[0], y - centre[1]) < reach:
                under = tone
        inks = [each for each in (*self._tones.inks, self._tones.ground) if each != under]
        chosen = inks[int(float(rng.random()) ** 1.5 * len(inks))]
        self._spots.append((centre, size / 2, chosen))
        return chosen

    def room(self, centre: Point, size: float) -> float:
        """How free a place is for a thing of a size: 0 on top of another .. 1 beside all."""
        gaps = [
            math.hypot(x - centre[0], y - centre[1]) / (reach + size / 2)
            for (x, y), reach, _ in self._spots
        ]
        return min([1.0, *gaps])


def bowed(points: Sequence[Point], bulge: float, steps: int = 7) -> Outline:
    """The outline with every side swelling by `bulge` of its length (0: straight)."""
    if abs(bulge) < 0.01:
        return list(points)
    outline: Outline = []
    for (ax, ay), (bx, by) in zip(points, [*points[1:], points[0]], strict=True):
        for step in range(steps):
            t = step / steps
            out = bulge * math.sin(math.pi * t)
            outline.append(
                (ax + (bx - ax) * t + (by - ay) * out, ay + (by - ay) * t - (bx - ax) * out)
            )
    return outline


def placed(points: Sequence[Point], centre: Point, angle: float) -> Outline:
    """Points about (0, 0) turned by an angle (radians) and moved to a centre."""
    cos, sin = math.cos(angle), math.sin(angle)
    return [(centre[0] + x * cos - y * sin, centre[1] + x * sin + y * cos) for x, y in points]


def bar(centre: Point, length: float, width: float, angle: float, taper: float = 1.0) -> Outline:
    """A bar whose far end is `taper` times as wide as its near end."""
    half, a, b = length / 2, width / 2, width * taper / 2
    return placed([(-half, -a), (half, -b), (half, b), (-half, a)], centre, angle)


def arc(radius: float, start: float, end: float, steps: int = 28) -> Outline:
    """Points on an arc about (0, 0) between two angles (radians)."""
    turns = np.linspace(start, end, steps)
    return [(radius * math.cos(each), radius * math.sin(each)) for each in turns]


def off_centre(sheet: Sheet, rng: Rng) -> Point:
    """A focus near a third of the sheet."""
    x, y = rng.choice((0.33, 0.5, 0.67), 2, p=(0.4, 0.2, 0.4)) + rng.normal(0, 0.06, 2)
    return sheet.wide * float(x), sheet.high * float(y)


def nearer(sheet: Sheet, focus: Point) -> Point:
    """Half way from a focus to the middle of the sheet."""
    return (focus[0] + sheet.wide / 2) / 2, (focus[1] + sheet.high / 2) / 2


def _softness(wish: Wish) -> float:
    return math.pow(1 - wish.angularity, 2.2)


# suprematist


def _form(rng: Rng, centre: Point, size: float, angle: float, wish: Wish) -> Outline:
    """One large form: a disc, half disc, lens, slab, cross arm or wedge."""
    if rng.random() < 0.85 * _softness(wish):
        turns = (0.0, math.tau) if rng.random() < 0.5 else (0.0, math.pi)
        squeezed = [(x, y * 0.8) for x, y in arc(size * 0.56, *turns)]
        return placed(squeezed, centre, angle)
    length = size * float(rng.choice((1.0, 1.35, 1.7)))
    taper = float(rng.choice((1.0, 1.0, 0.55, 0.08)))
    return bowed(bar(centre, length, size * 0.8, angle, taper), 0.16 * _softness(wish))


def _flyer(
    rng: Rng, wish: Wish, centre: Point, angle: float, share: float
) -> tuple[Outline, float]:
    """A small bar or disc and its width; smaller as `share` grows."""
    crossing = 0.45 - 0.35 * wish.angularity
    turn = float(rng.choice((0.0, math.pi / 2, 0.26), p=(0.9 - crossing, crossing, 0.1)))
    turn += float(rng.normal(0, 0.9)) * _softness(wish)
    width = between(0.09, 0.013, min(1.0, share * 0.5 + 0.5 * float(rng.random())))
    length = between(0.8, 0.2, share) * float(rng.uniform(0.4, 0.95))
    piece = bar(centre, length, width, angle + turn, float(rng.choice((1.0, 1.0, 0.4))))
    if rng.random() < 0.1 + 0.8 * _softness(wish):
        end = float(rng.choice((math.pi, math.tau)))
        piece = placed(arc(length * 0.3, 0, end), centre, turn)
    return piece, width


def _suprematist(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    paint, focus, angle = (
        Paint.ground(sheet, tones.ground),
        nearer(sheet, off_centre(sheet, rng)),
        leaning(rng, wish),
    )
    angle += math.pi / 2 * int(rng.integers(2))
    grain = [brushed(sheet, rng, angle + turn, 0.3) for turn in (0.0, math.pi / 2)]
    size = float(rng.uniform(0.34, 0.62))
    big = _form(rng, focus, size, angle, wish)
    laid = Laid(tones)
    paint.lay(sheet.polygon(big), laid.ink(rng, focus, size * 1.2), grain[0])
    count = round(between(4, 60, wish.density))
    stacked = rng.random() < 0.4
    train = angle + float(rng.choice((0.0, math.pi / 2)))
    for number in range(count):
        share = number / max(1, count - 1)
        along, aside = float(rng.normal(0, 0.32)), float(rng.normal(0, 0.1 + 0.12 * share))
        if stacked and number < 9:
            along, aside = 0.075 * (number - 4) + 0.04, 0.2 + 0.02 * number
        (centre,) = placed([(along, aside)], focus, train)
        piece, width = _flyer(rng, wish, centre, angle, share)
        tone = laid.ink(rng, centre, 2 * width)
        paint.lay(sheet.polygon(piece), tone, grain[number % 2])
    paint.relief += 0.12 * sheet.noise(rng, 60)
    return paint.limited()


# shards


def _direction(rng: Rng, wish: Wish) -> float:
    """A direction from the focus: about a quarter turn when still, about a diagonal when moving."""
    quarter = int(rng.integers(4)) * math.pi / 2
    spread = 0.12 + 0.2 * (1 - wish.angularity) + 0.4 * _softness(wish)
    return quarter + math.pi / 4 * wish.movement + float(rng.normal(0, spread))


def _blasted(sheet: Sheet, rng: Rng, wish: Wish, focus: Point, tones: Tones) -> Paint:
    """The ground behind the splinters: wedges of nearby tones from the focus."""
    paint = Paint.ground(sheet, tones.ground)
    turn = np.arctan2(sheet.y - np.float32(focus[1]), sheet.x - np.float32(focus[0]))
    turn = turn + np.float32(0.5 * _softness(wish)) * sheet.noise(rng, 1.5)
    count = round(between(2, 14, wish.density))
    cuts = np.sort([_direction(rng, wish) % math.tau - math.pi for _ in range(count)])
    steps = rng.choice((0, 0, 1, 2), count + 1)
    sector = np.searchsorted(cuts.astype(np.float32), turn) % (count + 1)
    paint.tone += steps[sector] * (1 if tones.ground < TOP / 2 else -1)
    return paint


def _splinter(rng: Rng, wish: Wish, focus: Point, share: float) -> Outline:
    """A thin triangle or quadrangle pointing away from the focus, smaller as `share` grows."""
    stray = 0.5 if rng.random() < 0.4 * wish.density else 0.0
    angle = _direction(rng, wish) + float(rng.normal(0, 1)) * stray
    length = between(0.75, 0.09, share) * float(rng.uniform(0.6, 1.4))
    start = float(rng.exponential(0.05 + 0.42 * share)) - 0.03
    width = length * float(rng.uniform(0.08, 0.3))
    skew = float(rng.normal(0, 0.11)) * length
    tip = [(start, -width * 0.1), (start + length * 0.7, -width / 2 + skew)]
    tip += [(start + length, skew), (start + length * 0.45, width / 2)]
    if rng.random() < 0.5:
        tip = [
            (start, 0.0),
            (start + length, -width / 2 + skew),
            (start + length * 0.85, width / 2),
        ]
    return bowed(placed(tip, focus, angle), 0.3 * max(0.0, 1 - 2.4 * wish.angularity))


def _shards(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 5), off_centre(sheet, rng)
    paint = _blasted(sheet, rng, wish, focus, tones)
    grain = [brushed(sheet, rng, float(rng.uniform(0, math.pi)), 0.3) for _ in range(3)]
    count = round(between(7, 230, wish.density))
    paint.relief += grain[0] * 0.6
    for number in range(count):
        outline = _splinter(rng, wish, focus, number / count)
        tone = tones.ink(rng) if rng.random() < 0.85 else tones.ground
        tone = min(7.0, max(0.0, tone + float(rng.choice((-1, 0, 0, 1)))))
        paint.lay(sheet.polygon(outline), tone, grain[number % 3] + float(rng.normal(0, 0.15)))
    return paint.limited()


# bauhaus


def _piece(rng: Rng, wish: Wish, side: float) -> list[Outline]:
    """Outlines about (0, 0) that make one piece of a module of a given side."""
    half, soft = side / 2, _softness(wish)
    weights = np.array(
        [
            0.9 * soft,
            0.9 * soft,
            0.5 * soft,
            0.15 + 0.5 * wish.angularity,
            0.25 + 0.3 * wish.angularity,
            0.25,
        ]
    )
    kind = int(rng.choice(6, p=weights / weights.sum()))
    if kind == 0:
        return [[(x, y - half) for x, y in arc(half, 0, math.pi)]]
    if kind == 1:
        return [[(-half, -half), *((x - half, y - half) for x, y in arc(side, 0, math.pi / 2))]]
    if kind == 2:
        return [arc(half, 0, math.tau)]
    if kind == 3:
        count = 3 if side < 0.16 else 5
        step = side / (2 * count - 1)
        rows = [-half + 2 * step * each for each in range(count)]
        return [[(-half, y), (half, y), (half, y + step), (-half, y + step)] for y in rows]
    if kind == 4:
        return [[(-half, -half), (half, -half), (-half, half)]]
    return [[(-half, -half), (half, -half), (half, half), (-half, half)]]


def _near(sheet: Sheet, point: Point, reach: float) -> bool:
    x, y = point
    return -reach < x < sheet.wide + reach and -reach < y < sheet.high + reach


def _cell(
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


def _bauhaus(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 5)
    paint, focus, angle = (
        Paint.ground(sheet, tones.ground),
        off_centre(sheet, rng),
        leaning(rng, wish),
    )
    grain = [brushed(sheet, rng, angle + turn, 0.22) for turn in (0.0, math.pi / 2)]
    module = between(0.27, 0.08, wish.density)
    reach, band = math.ceil(0.95 / module), 0.17 + 0.16 * wish.density
    axis = float(rng.choice((0.0, math.pi / 2, math.pi / 4)))
    for i in range(-reach, reach + 1):
        for j in range(-reach, reach + 1):
            aside = abs(i * math.sin(axis) - j * math.cos(axis)) * module
            filled = math.exp(-((aside / band) ** 2)) * 0.9 + 0.04
            (centre,) = placed([(i * module, j * module)], focus, angle)
            if rng.random() < filled and _near(sheet, centre, 2 * module):
                size = module * (2 if rng.random() < 0.12 else 1)
                _cell(sheet, paint, rng, wish, tones, (centre, size, angle), grain[(i + j) % 2])
    hero = module * float(rng.choice((3, 4))) if wish.density > 0.35 else module * 2
    turn = angle + math.pi / 2 * int(rng.integers(4))
    for outline in _piece(rng, wish, min(0.7, hero)):
        paint.lay(sheet.polygon(placed(outline, focus, turn)), tones.inks[0], grain[0])
    paint.relief += 0.1 * sheet.noise(rng, 60)
    return paint.limited()


# folded


def _crease_direction(rng: Rng, wish: Wish, lean: float) -> float:
    """Pleats side by side when angular; creases in every direction when not."""
    across = math.pi / 2 * (rng.random() > 0.25 + 0.65 * wish.angularity)
    return lean + across + float(rng.normal(0, 0.05 + 0.5 * (1 - wish.angularity)))


def _creased(
    rng: Rng, wish: Wish, sheet: Sheet, focus: Point, tones: Tones
) -> tuple[Floats, Floats]:
    """Tone and shade of a paper folded along crease after crease, most of them near the focus."""
    shape = (sheet.height, sheet.width)
    facet, shade = np.zeros(shape, np.int32), np.zeros(shape, np.float32)
    lean = leaning(rng, wish) + math.pi / 2 * int(rng.integers(2))
    x, y = sheet.x - np.float32(focus[0]), sheet.y - np.float32(focus[1])
    bend = np.float32(0.26 * (1 - wish.angularity) ** 1.6)
    x, y = x + bend * sheet.noise(rng, 1.6), y + bend * sheet.noise(rng, 1.6)
    for number in range(round(between(5, 46, wish.density))):
        angle = _crease_direction(rng, wish, lean)
        side = x * np.float32(math.cos(angle)) + y * np.float32(math.sin(angle))
        side = side - np.float32(rng.normal(0, 0.26))
        local = facet % 3 == number % 3 if number > 2 else np.ones(shape, bool)
        facet = np.where(local, facet * 2 + (side > 0), facet) % 65521
        shade = np.where(local & (side > 0), side, shade)
    table = rng.choice(np.array([tones.ground, *tones.inks]), 4096)
    return table[facet % 4096], shade


def _folded(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, focus = Tones.drawn(rng, 4), off_centre(sheet, rng)
    tone, shade = _creased(rng, wish, sheet, focus, tones)
    paint = Paint.ground(sheet, tones.ground)
    reach = float(rng.uniform(0.36, 0.75))
    turn, sides = leaning(rng, wish), int(rng.integers(3, 6))
    corners = [
        (reach * float(rng.uniform(0.8, 1.5)) * math.cos(each), reach * math.sin(each) * 1.1)
        for each in np.arange(sides) * math.tau / sides + math.pi / 4
    ]
    sheet_of_paper = sheet.polygon(bowed(placed(corners, focus, turn), 0.14 * _softness(wish)))
    paint.lay(sheet_of_paper, np.asarray(tone + 0.9 * np.clip(2 * shade, 0, 1), np.float32))
    paint.relief[:] = np.where(sheet_of_paper, np.clip(2.4 * shade, -0.7, 0.7), 0)
    paint.relief += brushed(sheet, rng, turn, 0.16)
    return paint.limited()


# beams


def _reflected(tone: Floats) -> Floats:
    """Tones that run past an end of the palette come back from it."""
    cycle = 2.0 * TOP
    return np.asarray(TOP - np.abs(np.mod(tone, cycle) - TOP), np.float32)


def _beams(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    ground = float(rng.choice((0, 1, 6, 7)))
    paint, focus = Paint.ground(sheet, ground), off_centre(sheet, rng)
    lean, count = leaning(rng, wish), round(between(2, 20, wish.density))
    fan = 0.2 * float(rng.random()) + 0.7 * (1 - wish.angularity) ** 1.6
    grain = [brushed(sheet, rng, lean + turn, 0.22) for turn in (0.0, math.pi / 2)]
    for _ in range(count):
        across = bool(rng.random() < 0.5 - 0.38 * wish.angularity)
        angle = lean + math.pi / 2 * across + float(rng.normal(0, 0.3)) * fan
        u, v = turned(sheet, angle, focus)
        curve = np.float32(rng.normal(0, 1.8) * _softness(wish))
        aside = v + curve * u * u - np.float32(rng.normal(0, 0.24))
        half = between(0.2, 0.02, rng.random()) * between(1.1, 0.6, wish.density)
        flare = np.float32(rng.normal(0, 0.12) * wish.angularity)
        inside = np.abs(aside) < np.maximum(half + flare * u, 0.008)
        step = float(rng.choice((2.0, 3.0, 4.0))) * (1 if ground < TOP / 2 else -1)
        paint.tone += step * inside
        paint.relief += np.where(inside, grain[int(across)] * 0.6 + aside / (4 * half), 0)
    paint.tone = _reflected(paint.tone)
    paint.relief += 0.14 * sheet.noise(rng, 50)
    return paint.limited()


FAMILIES: tuple[Family, ...] = (
    Family(
        "suprematist",
        "geometric",
        (
            "suprematist composition of leaning bars and planes",
            "one large form and flying rectangles, Malevich-like tension",
            "floating bars on an empty ground",
            "dynamic geometry, tilted planes of colour",
        ),
        ("至上主义,倾斜的条与面", "一个大形与飞散的矩形", "空地上漂浮的色条", "动感的几何平面"),
        _suprematist,
    ),
    Family(
        "shards",
        "geometric",
        (
            "angry geometric storm, crowded and sharp",
            "an explosion of splinters from one point",
            "fractured triangles radiating outward",
            "broken glass, jagged shards flying",
        ),
        ("愤怒的几何风暴,拥挤而尖锐", "从一点炸开的碎片", "向外放射的破碎三角", "飞溅的玻璃碎片"),
        _shards,
    ),
    Family(
        "bauhaus",
        "geometric",
        (
            "Bauhaus poster of half discs, quarter circles and stripes",
            "simple geometric shapes on a hidden module",
            "playful circles, triangles and stripes",
            "modernist geometric pattern",
        ),
        (
            "包豪斯式的半圆与条纹",
            "隐藏网格上的简单几何",
            "圆、三角与条纹的游戏",
            "现代主义几何图案",
        ),
        _bauhaus,
    ),
    Family(
        "folded",
        "geometric",
        (
            "folded paper, origami facets in graded tones",
            "crystal of flat facets, light and shadow",
            "creased planes like a paper sculpture",
            "low-poly folds around one ridge",
        ),
        ("折纸般的切面与渐变明暗", "多面体的光与影", "折痕分明的纸雕", "棱面层层的折叠"),
        _folded,
    ),
    Family(
        "beams",
        "geometric",
        (
            "crossing beams of light that change colour where they overlap",
            "translucent bands over one another",
            "searchlights crossing in the dark",
            "overlapping transparent strips",
        ),
        ("交叉的光束,重叠处变色", "半透明的色带相互叠加", "黑暗中交错的探照灯", "层叠的透明条带"),
        _beams,
    ),
)
