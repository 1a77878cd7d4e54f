"""What strands lie on."""

from __future__ import annotations

from studio.families.drawings.paint import Paint
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.tones import neighbour


def washed(sheet: Sheet, rng: Rng, ground: float) -> Paint:
    """A ground with one broad area of a neighbouring tone, and the grain of the paper."""
    paint = Paint.ground(sheet, ground)
    paint.lay(sheet.noise(rng, 0.9) > rng.uniform(-0.2, 1), neighbour(ground))
    paint.relief += 0.2 * sheet.noise(rng, 5, 3)
    return paint
