"""Thin and thick rings about one place, open here and there, with small moons on them."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.amounts import between
from studio.families.drawings.circles.rings import Rings, either_side, ring_focus
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.places import near
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def _draw(sheet: Sheet, rng: Rng, wish: Wish) -> Paint:
    tones, side = Tones.drawn(rng, 5), either_side(rng)
    paint, focus = Paint.ground(sheet, tones.ground), ring_focus(sheet, rng)
    paint.relief += 0.12 * sheet.noise(rng, 40) + 0.12 * sheet.noise(rng, 4)
    round_ = 1 - wish.angularity
    wobble = (0.004 + 0.03 * round_**2) * sheet.noise(rng, 3) + 0.002 * sheet.noise(rng, 14)
    grain = Rings(sheet, focus, wish, side).brushed(rng, 0.28)
    spread = float(rng.choice((0.02, 0.12, 0.24)))
    for number in range(round(between(2, 22, wish.density))):
        rings = Rings(sheet, near(rng, focus, spread), wish, side)
        radius = _orbit(rng, paint, tones, rings, rings.away + wobble, grain, number)
        _moons(paint, rng, rings, radius, tones)
    return paint.limited()


def _orbit(
    rng: Rng, paint: Paint, tones: Tones, rings: Rings, away: Floats, grain: Floats, number: int
) -> float:
    """One ring that swells, with a gap or a filled heart now and then; returns its radius."""
    radius = float(rng.uniform(0.08, 0.62)) * (1.15 if number == 0 else 1)
    half = float(rng.choice((0.007, 0.012, 0.03, 0.06), p=(0.3, 0.3, 0.25, 0.15)))
    ink = tones.ink(rng)
    if number == 0 or rng.random() < 0.12:
        paint.lay(np.asarray(away < radius * 0.5), tones.ink(rng), grain)
    ring = np.abs(away - radius) < half * (1 + 0.25 * np.sin(rings.turn + number))
    gap = np.abs(rings.turn - rng.uniform(-3, 3)) < rng.choice((0.0, 0.0, 0.5, 1.2))
    paint.lay(np.asarray(ring & ~gap), ink, grain + (away - radius) * 1.5)
    return radius


def _moons(paint: Paint, rng: Rng, rings: Rings, radius: float, tones: Tones) -> None:
    """Small discs on one ring."""
    for _ in range(int(rng.choice((0, 1, 2), p=(0.35, 0.45, 0.2)))):
        turn, size = float(rng.uniform(-math.pi, math.pi)), between(0.014, 0.07, rng.random())
        on = np.hypot(rings.away - radius, (rings.turn - turn) * radius) < size
        paint.lay(np.asarray(on), tones.ink(rng), 0.15)


FAMILY = Family(
    name="orbits",
    style="rings",
    english=(
        "large thin and thick rings with small discs on them",
        "orbits and moons, a solar system",
        "circling lines, planets on their paths",
        "cosmic rings on a quiet ground",
    ),
    chinese=(
        "粗细不一的大圆环与小圆点",
        "行星与轨道",
        "环绕的线与小卫星",
        "静谧背景上的宇宙圆环",
    ),
    draw=_draw,
)
