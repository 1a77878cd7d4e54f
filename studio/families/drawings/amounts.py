"""How much of something a wish asks for."""

from __future__ import annotations

import math

from studio.families.drawings.paint import Wish


def between(low: float, high: float, share: float) -> float:
    """From `low` (share 0) to `high` (share 1) in even ratios; both positive."""
    return float(low * (high / low) ** share)


def bend(wish: Wish, most: float) -> float:
    """How much lines turn (radians): less when angular, and less when still."""
    return float(most * (1 - wish.angularity) ** 1.3 * (0.2 + 0.8 * wish.movement))


def softness(wish: Wish) -> float:
    """How round shapes are: 1 when no angularity is wished, soon 0 when some is."""
    return math.pow(1 - wish.angularity, 2.2)
