"""What gestures are painted on."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.grain import drawn_out
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.tones import inward


def primed(sheet: Sheet, rng: Rng, ground: float, wish: Wish, main: float) -> Paint:
    """A ground rubbed with its neighbouring tone, the fuller the denser, and some tooth."""
    paint = Paint.ground(sheet, ground)
    rubbed = 0.8 * sheet.noise(rng, 1.5) + 0.7 * drawn_out(sheet, rng, main, 2.5, 8)
    bare = 2.2 - 1.6 * wish.density + 0.5 * wish.angularity
    paint.tone += np.float32(inward(ground)) * (rubbed > bare)
    paint.relief += 0.08 * sheet.noise(rng, 80)
    return paint
