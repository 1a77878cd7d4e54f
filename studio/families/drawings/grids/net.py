"""The leaning, bending net that grids are drawn on."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.directions import leaning
from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import Floats, Mask, Point, Rng, Sheet

TABLE = 64
"""Side of the tables of random numbers that cells look up."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in net coordinates."""


def net(
    sheet: Sheet, rng: Rng, wish: Wish, sway: float, tilt: float = 1.0
) -> tuple[Floats, Floats, Point]:
    """Leaning, bending coordinates around a focus off the centre, and the focus on the sheet."""
    third = (0.3, 0.7)
    focus = (sheet.wide * float(rng.choice(third)), sheet.high * float(rng.choice(third)))
    focus = (focus[0] + float(rng.normal(0, 0.06)), focus[1] + float(rng.normal(0, 0.06)))
    u, v = sheet.turned(tilt * leaning(rng, wish), focus)
    bend = np.float32(sway * (1 - wish.angularity) ** 2 + 0.001)
    cells = float(rng.uniform(2.0, 3.6))
    return u + bend * sheet.noise(rng, cells), v + bend * sheet.noise(rng, cells), focus


def far(sheet: Sheet) -> float:
    """A distance from any focus that no corner exceeds."""
    return math.hypot(sheet.wide, sheet.high) * 0.8 + 0.1


def inside(u: Floats, v: Floats, box: Box) -> Mask:
    """Where [h, w] net coordinates fall in a box."""
    left, top, right, bottom = box
    return np.asarray((u >= left) & (u < right) & (v >= top) & (v < bottom))
