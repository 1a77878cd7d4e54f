"""One-breath brush lines: pressure that comes and goes, flying white where it is fast."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.bristles import stroke_coordinates
from studio.families.drawings.directions import heading
from studio.families.drawings.family import Family
from studio.families.drawings.gestures.ground import primed
from studio.families.drawings.labels import Labels
from studio.families.drawings.outlines import blob, turned
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.paths import as_points, curve
from studio.families.drawings.places import free_focus, near
from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones = Tones.drawn(rng, 4)
    main = heading(rng, wish)
    paint, focus = primed(sheet, rng, tones.ground, wish, main), free_focus(sheet, rng, 0.4)
    _wash(sheet, rng, paint, tones, main)
    count = round(0.7 + 3.5 * wish.density)
    half = (0.036 + 0.03 * (1 - wish.density)) * rng.uniform(0.9, 1.1)
    for index in range(count):
        middle = focus if index == 0 else near(rng, focus, 0.28)
        path = _breath(rng, middle, main, wish, 1.0 if index == 0 else rng.uniform(0.3, 0.5))
        tone = tones.inks[0] if index < 2 else tones.ink(rng)
        mask, relief = _pressed(sheet, rng, path, half * (1 if index == 0 else 0.7))
        paint.lay(mask, tone, relief)
    _accents(sheet, rng, paint, tones, focus, round(22 * wish.density))
    return paint.limited()


def _wash(sheet: Sheet, rng: Rng, paint: Paint, tones: Tones, main: float) -> None:
    """A large quiet shape behind the line."""
    round_one = blob(rng, free_focus(sheet, rng), rng.uniform(0.26, 0.36), 0.15)
    shape = turned(round_one, main, rng.uniform(0.4, 0.75))
    edge = -0.25 * np.abs(sheet.noise(rng, 6))
    paint.lay(sheet.polygon(as_points(shape)), tones.inks[-1], edge + 0.2 * sheet.noise(rng, 40))


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
    along, across = stroke_coordinates(sheet, as_points(path), half * 1.5)
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
        labels.spot(near(rng, focus, 0.3), 0.005 + 0.016 * rng.random() ** 3, 1)
    seal = near(rng, focus, 0.33)
    seal = (
        float(np.clip(seal[0], 0.1, sheet.wide - 0.1)),
        float(np.clip(seal[1], 0.1, sheet.high - 0.1)),
    )
    labels.polygon(blob(rng, seal, 0.045, 0.1, 4), 2)
    labels.lay_on(paint, (tones.inks[0], tones.inks[1]), -0.2)


FAMILY = Family(
    name="calligraphy",
    style="gestural",
    english=(
        "one brush line drawn in a single breath",
        "abstract calligraphy with dry flying white",
        "ink gesture, pressure and release",
        "a sumi brush line with a small seal",
    ),
    chinese=(
        "一气呵成的笔线",
        "带飞白的抽象书法",
        "水墨笔势，提按分明",
        "狂草般的线条",
    ),
    draw=_draw,
)
