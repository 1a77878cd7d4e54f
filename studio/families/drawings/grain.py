"""The grain that brushes leave: noise drawn out along a direction."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.sheet import Floats, Rng, Sheet

_TABLE = 128
"""Side of the square table of random numbers behind `streaked`."""
_LONG_TABLE = (256, 64)
"""Across, along: powers of two, so that places wrap by a bit mask."""


def brushed(sheet: Sheet, rng: Rng, angle: float, strength: float = 0.3) -> Floats:
    """Relief [h, w] of a broad brush drawn along an angle (radians), with a little canvas."""
    u, v = sheet.turned(angle)
    bent = v + np.float32(0.02) * sheet.noise(rng, 2)
    return strength * (0.8 * streaked(rng, u * 7, bent * 75) + 0.45 * sheet.noise(rng, 5, 2))


def streaked(rng: Rng, along: Floats, across: Floats) -> Floats:
    """Noise of about unit spread [h, w] that changes with every whole number of its coordinates."""
    table = rng.standard_normal((_TABLE, _TABLE)).astype(np.float32)
    column, row = np.floor(along), np.floor(across)
    s, t = along - column, across - row
    i, j = row.astype(np.int32) % (_TABLE - 1), column.astype(np.int32) % (_TABLE - 1)
    low = table[i, j] * (1 - s) + table[i, j + 1] * s
    high = table[i + 1, j] * (1 - s) + table[i + 1, j + 1] * s
    return np.asarray((low * (1 - t) + high * t) * 1.4, np.float32)


def drawn_out(
    sheet: Sheet, rng: Rng, angle: float, cells: float = 5.0, stretch: float = 7.0
) -> Floats:
    """Noise [h, w] in two octaves drawn out along an angle (radians): a very wide flat brush.

    `cells` features a unit along it, `stretch` times as many across."""
    values = rng.standard_normal(_LONG_TABLE).astype(np.float32)
    along, across = sheet.turned(angle)
    along, across = along + np.float32(3), across + np.float32(3)
    total = np.zeros((sheet.height, sheet.width), np.float32)
    for fine in (1.0, 2.7):
        row = across * np.float32(cells * stretch * fine)
        total += _looked_up(values, row, along * np.float32(cells * fine))
    return total


def _looked_up(values: Floats, row: Floats, column: Floats) -> Floats:
    """Values of a wrapped table at fractional places, linear between entries."""
    top, left = row.astype(np.int32), column.astype(np.int32)
    down, right = row - top, column - left
    wrap = values.shape[0] - 1, values.shape[1] - 1
    a, b = top & wrap[0], (top + 1) & wrap[0]
    c, d = left & wrap[1], (left + 1) & wrap[1]
    upper = values[a, c] * (1 - right) + values[a, d] * right
    lower = values[b, c] * (1 - right) + values[b, d] * right
    return np.asarray(upper * (1 - down) + lower * down, np.float32)
