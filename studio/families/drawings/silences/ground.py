"""Quiet paper, and where one thing may rest on it."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import heading
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Point, Rng, Sheet
from studio.families.drawings.tones import inward


def paper(sheet: Sheet, rng: Rng, ground: float, wish: Wish) -> Paint:
    """Quiet paper: fibre and a breath of the neighbouring tone from one side."""
    paint = Paint.ground(sheet, ground)
    step = np.float32(0.6 * inward(ground))
    angle = heading(rng, wish) + np.pi * int(rng.integers(2))
    slope = np.float32(np.cos(angle)) * sheet.x + np.float32(np.sin(angle)) * sheet.y
    paint.tone += step * np.clip(slope - slope.mean() + 0.1 * sheet.noise(rng, 2), 0, 1)
    paint.relief += 0.05 * sheet.noise(rng, 80) + 0.04 * sheet.noise(rng, 8, 2)
    return paint


def _third(rng: Rng) -> float:
    """A place near one of the thirds."""
    return float(rng.choice([0.3, 0.36, 0.62, 0.7]) + rng.normal(0, 0.03))


def near_thirds(sheet: Sheet, rng: Rng) -> Point:
    """A place near a third of the sheet both ways."""
    return sheet.wide * _third(rng), sheet.high * _third(rng)
