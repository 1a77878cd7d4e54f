"""Coordinates along a horizon and down from it."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.paint import Paint
from studio.families.drawings.sheet import Floats, Sheet


def horizon_axes(sheet: Sheet, angle: float) -> tuple[Floats, Floats]:
    """Coordinates turned by `angle` round the middle: along the horizon, and down from it."""
    u, v = sheet.turned(angle, sheet.middle)
    return u + sheet.wide / 2, v + sheet.high / 2


def from_crest(paint: Paint, below: Floats, grain: Floats) -> tuple[Paint, Floats, Floats]:
    """The same from the first row on that a layer covers: views, so laying there is laying here."""
    top = int(np.argmax((below > 0).any(1)))
    return Paint(paint.tone[top:], paint.relief[top:]), below[top:], grain[top:]
