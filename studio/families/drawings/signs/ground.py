"""What signs float on, and how they are coloured."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.labels import Labels
from studio.families.drawings.paint import Paint
from studio.families.drawings.sheet import Rng, Sheet
from studio.families.drawings.tones import Tones, inward


def washed(sheet: Sheet, rng: Rng, ground: float) -> Paint:
    """A ground breathing towards its neighbouring tone."""
    paint = Paint.ground(sheet, ground)
    cloud = sheet.noise(rng, 1.8, 3)
    paint.tone += np.float32(inward(ground)) * np.clip(0.3 * cloud, 0, 0.7)
    paint.relief += 0.07 * sheet.noise(rng, 80) + 0.08 * cloud
    return paint


def finished(sheet: Sheet, rng: Rng, paint: Paint, labels: Labels, tones: Tones) -> Paint:
    """Colour the marks; gouache lies a little uneven."""
    body = 0.14 * sheet.noise(rng, 8, 2) + 0.1 * sheet.noise(rng, 70)
    labels.lay_on(paint, (*tones.inks, tones.ground), np.asarray(body))
    return paint.limited()
