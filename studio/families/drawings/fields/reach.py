"""How far a sheet reaches from its middle in a leaning direction."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.sheet import Sheet


def reaches(sheet: Sheet, angle: float) -> tuple[np.float32, np.float32]:
    """Half of what the sheet measures along an angle (radians) and across it, in units."""
    cos, sin = abs(np.float32(math.cos(angle))), abs(np.float32(math.sin(angle)))
    along = 0.5 * (sheet.wide * cos + sheet.high * sin)
    return np.float32(along), np.float32(0.5 * (sheet.high * cos + sheet.wide * sin))
