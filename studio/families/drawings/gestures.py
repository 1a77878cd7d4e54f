"""Gestural drawings: broad sweeps, one-breath brush lines, knife slabs, scrawls."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.bristles import stroke_coordinates
from studio.families.drawings.family import Family
from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint, Tones, Wish
from studio.families.drawings.paths import (
    bend,
    beside,
    blob,
    curve,
    heading,
    swelling,
    turned,
    wander,
)
from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet
from studio.families.drawings.strokes import brushed, flat_stroke


def _primed(sheet: Sheet, rng: Rng, ground: float, wish: Wish, main: float) -> Paint:
    """A ground rubbed with its neighbouring tone, the fuller the denser, and some tooth."""
    paint = Paint.ground(sheet, ground)
    rubbed = 0.8 * sheet.noise(rng, 1.5) + 0.7 * brushed(sheet, rng, main, 2.5, 8)
    bare = 2.2 - 1.6 * wish.density + 0.5 * wish.angularity
    paint.tone += np.float32(1 if ground < 3.5 else -1) * (rubbed > bare)
    paint.relief += 0.08 * sheet.noise(rng, 80)
    return paint


def _focus(sheet: Sheet, rng: Rng, margin: float = 0.3) -> Point:
    """A main point off the middle."""
    return (
        float(sheet.wide * rng.uniform(margin, 1 - margin)),
        float(sheet.high * rng.uniform(margin, 1 - margin)),
    )


def _near(rng: Rng, centre: Point, spread: float) -> Point:
    x, y = rng.normal(0, spread, 2)
    return centre[0] + float(x), centre[1] + float(y)


def _points(path: Floats) -> list[Point]:
    return [(float(x), float(y)) for x, y in path]


def sweeps(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """A few very broad bristled strokes that cross."""
    tones = Tones.drawn(rng, 4)
    main = heading(rng, wish)
    paint, focus = _primed(sheet, rng, tones.ground, wish, main), _focus(sheet, rng)
    count = round(1.5 + 11 * wish.density)
    dry = 0.2 + 0.3 * wish.density + 0.3 * (1 - wish.angularity)
    width = (0.17 - 0.105 * wish.density) * rng.uniform(0.9, 1.1)
    for index in range(count):
        first = index < max(2, count // 2)
        half = width * rng.uniform(0.7, 1.3) * (1 if first else 0.6)
        length = rng.uniform(0.9, 1.5) * (1 if first else 0.65)
        middle = _near(rng, focus, 0.14 + 0.15 * wish.density)
        path = wander(rng, middle, beside(rng, main, wish, 0.4), length, bend(wish, 1.1), 0, 3, 7)
        tone = tones.inks[0] if index % 2 == 0 else tones.ink(rng)
        mask, relief = flat_stroke(sheet, _points(path), half, rng, dry + rng.uniform(0, 0.2))
        paint.lay(mask, tone, relief)
    return paint.limited()


def calligraphy(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """One-breath brush lines: pressure that comes and goes, flying white where it is fast."""
    tones = Tones.drawn(rng, 4)
    main = heading(rng, wish)
    paint, focus = _primed(sheet, rng, tones.ground, wish, main), _focus(sheet, rng, 0.4)
    _wash(sheet, rng, paint, tones, main)
    count = round(0.7 + 3.5 * wish.density)
    half = (0.036 + 0.03 * (1 - wish.density)) * rng.uniform(0.9, 1.1)
    for index in range(count):
        middle = focus if index == 0 else _near(rng, focus, 0.28)
        path = _breath(rng, middle, main, wish, 1.0 if index == 0 else rng.uniform(0.3, 0.5))
        tone = tones.inks[0] if index < 2 else tones.ink(rng)
        mask, relief = _pressed(sheet, rng, path, half * (1 if index == 0 else 0.7))
        paint.lay(mask, tone, relief)
    _accents(sheet, rng, paint, tones, focus, round(22 * wish.density))
    return paint.limited()


def _wash(sheet: Sheet, rng: Rng, paint: Paint, tones: Tones, main: float) -> None:
    """A large quiet shape behind the line."""
    round_one = blob(rng, _focus(sheet, rng), rng.uniform(0.26, 0.36), 0.15)
    shape = turned(round_one, main, rng.uniform(0.4, 0.75))
    edge = -0.25 * np.abs(sheet.noise(rng, 6))
    paint.lay(sheet.polygon(_points(shape)), tones.inks[-1], edge + 0.2 * sheet.noise(rng, 40))


def _breath(rng: Rng, middle: Point, main: float, wish: Wish, size: float) -> Floats:
    """Points to and fro across the main direction: loops when round, corners when angular."""
    count = round(3.4 + 5 * wish.density * size + rng.uniform(-0.4, 0.4))
    run = np.linspace(-0.42, 0.42, count) * size
    swing = np.where(np.arange(count) % 2, 1, -1) * rng.uniform(0.04, 0.3, count) * size
    cos, sin = np.cos(main), np.sin(main)
    zigzag = rng.random() < wish.angularity
    if zigzag:
        levels = np.repeat(run, 2)[:count]
        run = np.where(np.arange(count) % 2, 1, -1) * rng.uniform(0.22, 0.45, count) * size
        swing = 1.3 * (levels - levels.mean())
    else:
        run = run + rng.normal(0, 0.06 * size, count)
        swing = swing * (0.35 + 0.85 * wish.movement)
    knots = np.stack([run * cos - swing * sin, run * sin + swing * cos], 1) + np.asarray(middle)
    return knots if zigzag else curve(knots, 5 * count)


def _pressed(sheet: Sheet, rng: Rng, path: Floats, half: float) -> tuple[Mask, Floats]:
    """A brush line with changing pressure, and streaks of bare paper where it lifts."""
    along, across = stroke_coordinates(sheet, _points(path), half * 1.5)
    knots = rng.uniform(0.35, 1.5, 8) / 1.5
    knots[0], knots[-1] = rng.uniform(0.5, 0.9), rng.uniform(0.05, 0.25)
    pressure = np.interp(along, np.linspace(0, 1, 8), knots)
    side = across / np.maximum(pressure, 1e-3)
    hairs = rng.standard_normal((40, 1)) + 0.9 * np.repeat(rng.standard_normal((40, 16)), 6, 1)
    hair = np.clip(((side + 1) * 20).astype(int), 0, 39)
    shifted = (along * 80 + 7 * np.sin(hair * 1.9) + 7).astype(int)
    streak = 0.75 * hairs[hair, np.clip(shifted, 0, 95)]
    flying = 1.5 - 1.9 * along**1.5 - 0.9 * (1 - pressure) + 0.35 * sheet.noise(rng, 14)
    mask = (np.abs(side) < 1) & (streak < flying + 1.0)
    relief = np.clip(0.3 * streak - 0.3 * np.abs(side) ** 6, -1, 1)
    return np.asarray(mask & (np.abs(across) <= 1)), np.asarray(relief, np.float32)


def _accents(sheet: Sheet, rng: Rng, paint: Paint, tones: Tones, focus: Point, count: int) -> None:
    """A seal and flicks of ink."""
    labels = Labels(sheet)
    for _ in range(count):
        labels.spot(_near(rng, focus, 0.3), 0.005 + 0.016 * rng.random() ** 3, 1)
    seal = _near(rng, focus, 0.33)
    seal = (
        float(np.clip(seal[0], 0.1, sheet.wide - 0.1)),
        float(np.clip(seal[1], 0.1, sheet.high - 0.1)),
    )
    labels.polygon(blob(rng, seal, 0.045, 0.1, 4), 2)
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]), -0.2)


def knife(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Palette-knife slabs with scraped edges, overlapping."""
    tones = Tones.drawn(rng)
    main = heading(rng, wish)
    paint, focus = _primed(sheet, rng, tones.ground, wish, main), _focus(sheet, rng)
    count = round(3 + 32 * wish.density**1.2)
    size = 0.4 / count**0.36
    for index in range(count):
        middle = _near(rng, focus, 0.18 + 0.16 * wish.density)
        scale = size * (1.5 if index < count // 4 else rng.uniform(0.45, 1.0))
        halves = (scale * rng.uniform(0.7, 1.1), scale * rng.uniform(0.25, 0.6))
        angle = beside(rng, main, wish)
        _slab(sheet, rng, paint, middle, halves, angle, tones.ink(rng), wish)
    return paint.limited()


def _slab(
    sheet: Sheet,
    rng: Rng,
    paint: Paint,
    middle: Point,
    halves: tuple[float, float],
    angle: float,
    tone: float,
    wish: Wish,
) -> None:
    """One pull of the knife: straight or bent, its end torn into streaks, a ridge at its sides."""
    streaks = rng.standard_normal(48) + np.repeat(rng.standard_normal(12), 4)
    bow = rng.normal(0, 1) * bend(wish, 2.0)
    power = 2.5 + 9 * wish.angularity
    torn = rng.uniform(0.03, 0.25 - 0.18 * wish.angularity)
    x, y = sheet.x - np.float32(middle[0]), sheet.y - np.float32(middle[1])
    cos, sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
    u = (x * cos + y * sin) / np.float32(halves[0])
    v = (y * cos - x * sin) / np.float32(halves[1]) + np.float32(bow) * (u * u - np.float32(0.4))
    near = (np.abs(u) < 1.6) & (np.abs(v) < 1)
    u, v = u[near], v[near]
    streak = streaks[np.clip(((v + 1) * 24).astype(int), 0, 47)]
    inside = np.abs(np.abs(u) + torn * streak * (u > 0)) ** power + np.abs(v) ** power < 1
    mask = near.copy()
    mask[near] = inside
    paint.tone[mask] = tone
    ridge = 0.7 * np.abs(v) ** 10 + 0.3 * u
    paint.relief[mask] = (0.28 * streak + ridge - 0.15)[inside]


def scrawl(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    """Loops and energetic lines of varied weight over a smeared ground."""
    tones = Tones.drawn(rng, 4)
    main = heading(rng, wish)
    paint, focus = _primed(sheet, rng, tones.ground, wish, main), _focus(sheet, rng, 0.35)
    _smears(sheet, rng, paint, tones, main, wish)
    labels = Labels(sheet)
    for index in range(round(1 + 8 * wish.density)):
        middle = _near(rng, focus, 0.1 + 0.2 * wish.density)
        path = _loops(rng, middle, beside(rng, main, wish, 0.12), wish)
        thick = rng.choice([0.0065, 0.009, 0.016]) if index else 0.016
        half = swelling(rng, len(path), 0.55 * thick, 1.2 * thick, 9)
        labels.strand(path, half, 1 if index % 3 else 2)
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]), 0.5 * sheet.noise(rng, 60))
    return paint.limited()


def _smears(sheet: Sheet, rng: Rng, paint: Paint, tones: Tones, main: float, wish: Wish) -> None:
    """Two or three rubbed patches in the quieter inks."""
    for _ in range(int(rng.integers(2, 4))):
        middle = _focus(sheet, rng, 0.2)
        path = wander(rng, middle, main, rng.uniform(0.3, 0.7), bend(wish, 0.6), 0, 3, 5)
        mask, relief = flat_stroke(sheet, _points(path), rng.uniform(0.035, 0.09), rng, 0.95)
        paint.lay(mask, tones.ink(rng), relief)


def _loops(rng: Rng, middle: Point, direction: float, wish: Wish) -> Floats:
    """A running line of loops, or of pointed ups and downs when angular."""
    turns = rng.uniform(2.5, 7)
    samples = int(14 * turns)
    t = np.linspace(0, turns, samples)
    size = np.interp(t, np.linspace(0, turns, 9), rng.uniform(0.02, 0.17, 9))
    run = (t / turns - 0.5 + rng.normal(0, 0.02, 1)) * rng.uniform(0.6, 1.2)
    flat = 0.45 + 0.55 * wish.movement
    if rng.random() < wish.angularity:
        u, v = run, 1.3 * size * np.clip(6 * np.abs(t - np.floor(t) - 0.5) - 1.5, -1, 1)
    else:
        u = run + 0.8 * size * np.cos(2 * np.pi * t) / flat
        v = flat * size * np.sin(2 * np.pi * t)
    cos, sin = np.cos(direction), np.sin(direction)
    return np.asarray(np.stack([u * cos - v * sin, u * sin + v * cos], 1) + np.asarray(middle))


FAMILIES: tuple[Family, ...] = (
    Family(
        "sweeps",
        "gestural",
        (
            "broad brush strokes crossing with force",
            "a few sweeping gestures of a wide brush",
            "heavy black bars of paint, bold and physical",
            "powerful strokes, action painting",
        ),
        (
            "几笔宽阔有力的笔触交错",
            "大刷子横扫的痕迹",
            "厚重的笔触，充满力量",
            "行动绘画般的大笔挥洒",
        ),
        sweeps,
    ),
    Family(
        "calligraphy",
        "gestural",
        (
            "one brush line drawn in a single breath",
            "abstract calligraphy with dry flying white",
            "ink gesture, pressure and release",
            "a sumi brush line with a small seal",
        ),
        ("一气呵成的笔线", "带飞白的抽象书法", "水墨笔势，提按分明", "狂草般的线条"),
        calligraphy,
    ),
    Family(
        "knife",
        "gestural",
        (
            "palette knife slabs with scraped edges",
            "thick impasto laid on with a knife",
            "overlapping slabs of heavy paint",
            "rough scraped planes of colour",
        ),
        ("刮刀堆出的厚重色块", "厚涂颜料，边缘刮痕", "层层叠压的颜料块面"),
        knife,
    ),
    Family(
        "scrawl",
        "gestural",
        (
            "looping scribbles on a chalky wall",
            "nervous handwriting lines and smears",
            "restless scrawled loops",
            "graffiti-like lines of energy",
        ),
        ("潦草的圈圈线条", "像涂鸦一样不安的线", "粉笔墙上的乱写与涂抹", "奔放的随手线条"),
        scrawl,
    ),
)
