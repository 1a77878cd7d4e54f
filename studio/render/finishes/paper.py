"""Paper: its tooth under a low light, and the fibres in it."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.render.finishes.noise import fractal, noise

Floats = NDArray[np.floating[Any]]


def tooth(x: Floats, y: Floats, frequency: float, seed: int, pixel: float) -> Floats:
    """Shade of a rough sheet lit from the top left, about -1..1; fades where it is too fine."""
    step = 0.3 / frequency
    high = fractal(x, y, frequency, seed, 2, pixel)
    return np.asarray(high - fractal(x + step, y + step, frequency, seed, 2, pixel), np.float32)


def fibres(x: Floats, y: Floats, frequency: float, seed: int, pixel: float) -> Floats:
    """0..1: short curved threads lying in the sheet; fades where they are too fine.

    A thread is where a slow noise crosses zero, cut into pieces by another noise."""
    line = noise(x, y, frequency, seed, pixel / 3)
    width = np.maximum(0.05, 3 * frequency * pixel)
    thread = np.clip(1 - np.abs(line) / width, 0, 1) * np.minimum(1, 0.05 / width * 3)
    return np.asarray(thread * np.clip(noise(x, y, frequency * 0.8, seed + 5) - 0.7, 0, 1))
