"""The directions a wish asks for, in radians: level or upright when still, leaning when moving.

The families were tuned one by one, so each of these leans by its own law.
"""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import Rng


def heading(rng: Rng, wish: Wish) -> float:
    """A main direction: level or upright without movement, diagonal with much."""
    axis = np.pi / 2 * int(rng.integers(2))
    side = 1 if rng.random() < 0.5 else -1
    lean = np.arcsin(np.clip(wish.movement, 0, 1)) / 2
    return float(axis + side * lean + rng.normal(0, 0.03))


def askew(rng: Rng, wish: Wish, quarters: int = 2) -> float:
    """One of `quarters` right-angled directions, turned by up to 45 degrees with movement."""
    side = float(rng.choice([-1, 1]))
    return float(rng.integers(quarters) * np.pi / 2 + side * wish.movement * np.pi / 4)


def leaning(rng: Rng, wish: Wish) -> float:
    """An angle: about level when still, about 45 degrees when all is moving."""
    tilt = math.pow(wish.movement, 1.3) * float(rng.normal(1, 0.12)) * math.pi / 4
    return float(rng.choice((-1, 1))) * min(math.pi / 4, max(0.0, tilt))


def tilt_of(rng: Rng, wish: Wish) -> float:
    """How far wide bands lean to one side."""
    return float(rng.choice([-1, 1]) * (wish.movement**1.3 * 0.72 + rng.normal(0, 0.02)))


def beside(rng: Rng, main: float, wish: Wish, crossing: float = 0.3) -> float:
    """A direction near the main one, sometimes square to it; stricter with more angularity."""
    turn = np.pi / 2 if rng.random() < crossing * (1.3 - 0.6 * wish.angularity) else 0.0
    loose = 0.03 + 0.7 * (1 - wish.angularity) ** 1.3 * (0.1 + 0.9 * wish.movement)
    return float(main + turn + rng.normal(0, loose))
