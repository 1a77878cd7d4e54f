"""What thrown paint falls on, and how it shines there."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.tones import inward


def stained(sheet: Sheet, rng: Rng, ground: float, wish: Wish) -> Paint:
    """Raw canvas with a stain or two of the neighbouring tone."""
    paint = Paint.ground(sheet, ground)
    paint.tone += np.float32(inward(ground)) * (sheet.noise(rng, 1.6, 2) > 1.8 - 1.1 * wish.density)
    paint.relief += 0.08 * sheet.noise(rng, 80)
    return paint


def wet(sheet: Sheet, rng: Rng) -> Floats:
    """Relief of wet enamel: slow swells with a fine skin."""
    return np.asarray(0.2 * sheet.noise(rng, 18) + 0.1 * sheet.noise(rng, 70))
