"""Quiet drawings: stones on a still horizon, one thread, one breath of the brush, margins."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.paths import bend, blob, heading, swelling, turned, wander
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet
from studio.families.drawings.strokes import flat_stroke


def _paper(sheet: Sheet, rng: Rng, ground: float, wish: Wish) -> Paint:
    """Quiet paper: fibre and a breath of the neighbouring tone from one side."""
    paint = Paint.ground(sheet, ground)
    step = np.float32(0.6 if ground < 3.5 else -0.6)
    angle = heading(rng, wish) + np.pi * int(rng.integers(2))
    slope = np.float32(np.cos(angle)) * sheet.x + np.float32(np.sin(angle)) * sheet.y
    paint.tone += step * np.clip(slope - slope.mean() + 0.1 * sheet.noise(rng, 2), 0, 1)
    paint.relief += 0.05 * sheet.noise(rng, 80) + 0.04 * sheet.noise(rng, 8, 2)
    return paint


def _third(rng: Rng) -> float:
    """A place near one of the thirds."""
    return float(rng.choice([0.3, 0.36, 0.62, 0.7]) + rng.normal(0, 0.03))


def _off_centre(sheet: Sheet, rng: Rng) -> Point:
    return sheet.wide * _third(rng), sheet.high * _third(rng)


def _step(tone: float, by: float = 1) -> float:
    """A tone `by` steps towards the middle of the palette."""
    return tone + by if tone < 3.5 else tone - by


def pebble(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Round stones over a horizon between two quiet tones, their reflection, a few ripples."""
    tones = Tones.drawn(rng, 3)
    paint = _paper(sheet, rng, tones.ground, wish)
    lean = float(rng.choice([-1, 1]) * 0.7 * wish.movement**1.2)
    x, y = _off_centre(sheet, rng)
    shore = sheet.high * rng.uniform(0.4, 0.68)
    rise = np.tan(lean) * (sheet.x - np.float32(sheet.wide / 2))
    swell = 0.25 * bend(wish, 0.4) * sheet.noise(rng, 1.6)
    water = np.asarray(sheet.y + rise + swell > shore)
    paint.lay(water, _step(tones.ground, 1.5), np.asarray(paint.relief))
    labels = Labels(sheet)
    _ripples(sheet, rng, labels, shore, lean, wish)
    for index in range(1 + int(rng.random() < 0.4 + 0.4 * wish.density)):
        size = (0.07 + 0.12 * rng.random()) * (1.0 if index == 0 else 0.5)
        size *= 0.8 + 0.5 * wish.density
        _stone(rng, labels, (x, y), size, lean, wish, 1 + index % len(tones.inks))
        x, y = x + rng.choice([-1, 1]) * rng.uniform(0.15, 0.35), y + rng.normal(0, 0.05)
    shade = 0.25 * sheet.noise(rng, 5, 3) + 0.1 * sheet.noise(rng, 60)
    tones_used = (tones.inks[0], tones.inks[-1], _step(tones.ground, 3))
    labels.lay_on(paint, tones_used, np.asarray(shade))
    return paint.limited()


def _stone(
    rng: Rng, labels: Labels, centre: Point, size: float, lean: float, wish: Wish, label: int
) -> None:
    """A worn stone, rounder or more faceted."""
    corners = int(rng.integers(5, 8)) if rng.random() < wish.angularity - 0.3 else 0
    shape = blob(rng, centre, size, 0.12, corners)
    labels.polygon(turned(shape, -lean, rng.uniform(0.5, 0.85)), label)


def _ripples(sheet: Sheet, rng: Rng, labels: Labels, shore: float, lean: float, wish: Wish) -> None:
    """Level lines on the water, gathered under the stones."""
    for _ in range(round(14 * wish.density**1.2)):
        x = rng.uniform(0.1, 0.9) * sheet.wide
        drop = 0.03 + 0.9 * (sheet.high - shore) * rng.random()
        y = shore + drop - np.tan(lean) * (x - sheet.wide / 2)
        turn = 0.02 + bend(wish, 0.7)
        path = wander(rng, (x, y), -lean, rng.uniform(0.12, 0.5), turn, 0, 5, 20)
        labels.strand(path, swelling(rng, 20, 0.0035, 0.0065), 3)


def thread(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """One long thin line and one small accent on a very quiet ground."""
    tones = Tones.drawn(rng, 3)
    paint = _paper(sheet, rng, tones.ground, wish)
    _quiet_half(sheet, rng, paint, tones.ground, wish)
    labels = Labels(sheet)
    main, middle = heading(rng, wish), _off_centre(sheet, rng)
    turn = 0.04 + bend(wish, 1.3)
    for index in range(1 + round(3.4 * wish.density**1.6)):
        centre = (middle[0] + 0.09 * index * rng.normal(), middle[1] + 0.09 * index * rng.normal())
        length = rng.uniform(0.75, 1.5) * (0.75 + 0.5 * wish.density)
        path = wander(rng, centre, main + 0.1 * index * rng.normal(), length, turn, 0, 6, 48)
        labels.strand(path, swelling(rng, 48, 0.0055, 0.0075 + 0.004 * rng.random()), 1)
        if index == 0:
            _accent(rng, labels, path, wish)
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]), 0.2 * sheet.noise(rng, 50))
    return paint.limited()


def _quiet_half(sheet: Sheet, rng: Rng, paint: Paint, ground: float, wish: Wish) -> None:
    """A part of the paper one tone away."""
    angle = heading(rng, wish)
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    x, y = _off_centre(sheet, rng)
    side = (sheet.x - np.float32(x)) * sin - (sheet.y - np.float32(y)) * cos
    paint.lay(np.asarray(side > 0.1), _step(ground), np.asarray(paint.relief))


def _accent(rng: Rng, labels: Labels, path: Floats, wish: Wish) -> None:
    """A small shape resting near the line."""
    at = path[int(rng.integers(8, 40))] + rng.normal(0, 0.04, 2)
    place = float(at[0]), float(at[1])
    corners = int(rng.integers(3, 5)) if rng.random() < wish.angularity else 0
    labels.polygon(blob(rng, place, rng.uniform(0.03, 0.07), 0.1, corners), 2)


def breath(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """One mark of a loaded brush, and the empty paper round it."""
    tones = Tones.drawn(rng, 3)
    paint = _paper(sheet, rng, tones.ground, wish)
    main, middle = heading(rng, wish), _off_centre(sheet, rng)
    half = (0.05 + 0.085 * wish.density) * rng.uniform(0.85, 1.15)
    length = (0.35 + 0.55 * wish.density) * rng.uniform(0.85, 1.2)
    turn = bend(wish, 1.05)
    path = wander(rng, middle, main, length, turn, 0, 3, 14)
    points = [(float(x), float(y)) for x, y in path]
    mask, relief = flat_stroke(sheet, points, half, rng, rng.uniform(0.35, 0.85))
    paint.lay(mask, tones.inks[0], relief)
    labels = Labels(sheet)
    for _ in range(round(1 + 4 * wish.density)):
        spot = np.asarray(middle) + rng.normal(0, 0.2, 2)
        labels.spot(spot, 0.006 + 0.02 * rng.random() ** 3, 1 + int(rng.random() < 0.4))
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]))
    return paint.limited()


def margins(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """A quiet rectangle or two near an edge, in steps of tone."""
    tones = Tones.drawn(rng, 3)
    paint = _paper(sheet, rng, tones.ground, wish)
    lean = float(rng.choice([-1, 1]) * 0.75 * wish.movement**1.2)
    corner = rng.choice([0.24, 0.76]), rng.choice([0.24, 0.76])
    count, spread = 1 + round(8 * wish.density), 0.08 + 0.16 * wish.density
    for index in range(count):
        x, y = corner[0] * sheet.wide, corner[1] * sheet.high
        middle = (
            float(np.clip(x + rng.normal(0, spread), 0.12, sheet.wide - 0.12)),
            float(np.clip(y + rng.normal(0, spread), 0.12, sheet.high - 0.12)),
        )
        high, wide = rng.uniform(0.09, 0.26, 2) * (1.0 if index == 0 else 0.65)
        tone = tones.inks[1] if index == count - 1 else _step(tones.ground, 1 + index % 3)
        _panel(sheet, rng, paint, middle, (wide, high), lean, tone, wish)
    small = (sheet.wide - middle[0] * 0.9, sheet.high - middle[1] * 0.9)
    _panel(sheet, rng, paint, small, (0.025, 0.05), lean, tones.inks[0], wish)
    return paint.limited()


def _panel(
    sheet: Sheet,
    rng: Rng,
    paint: Paint,
    middle: Point,
    halves: tuple[float, float],
    lean: float,
    tone: float,
    wish: Wish,
) -> None:
    """A flat rectangle, its corners rounder without angularity."""
    cos, sin = np.float32(np.cos(lean)), np.float32(np.sin(lean))
    x, y = sheet.x - np.float32(middle[0]), sheet.y - np.float32(middle[1])
    hand = sheet.noise(rng, 7)
    wobble = np.float32(0.004 + 0.012 * (1 - wish.angularity)) * hand
    u = np.abs(x * cos + y * sin + wobble) / np.float32(halves[0])
    v = np.abs(y * cos - x * sin - wobble) / np.float32(halves[1])
    mask = np.asarray((u < 1) & (v < 1))
    power = np.float32(4 + 30 * wish.angularity**2)
    mask[mask] = u[mask] ** power + v[mask] ** power < 1
    paint.lay(mask, tone, np.asarray(paint.relief + 0.04 * hand))


FAMILIES: tuple[Family, ...] = (
    Family(
        "pebble",
        "minimal",
        (
            "a stone at rest over a still horizon",
            "calm morning lake, one round shape",
            "two quiet tones and a pebble",
            "stillness, a single form by the water",
        ),
        ("静水边的一块圆石", "清晨的湖，平静无波", "两种安静的颜色与一颗石子", "宁静，一个圆形"),
        pebble,
    ),
    Family(
        "thread",
        "minimal",
        (
            "one thin line and a small accent",
            "a single thread across empty space",
            "almost nothing: a line and a dot",
        ),
        ("一根细线与一点颜色", "空白中的一条线", "极简：一线一点"),
        thread,
    ),
    Family(
        "breath",
        "minimal",
        (
            "one brush mark on empty paper",
            "a single breath of the brush",
            "lots of white space and one gesture",
        ),
        ("空白纸上的一笔", "一息之间的笔触", "大片留白，一个动作"),
        breath,
    ),
    Family(
        "margins",
        "minimal",
        (
            "a quiet rectangle near the edge",
            "subtle steps of tone, much empty space",
            "minimal panels, barely there",
        ),
        ("靠近边缘的安静方块", "细微的明暗层次与留白", "若有若无的极简色面"),
        margins,
    ),
)
