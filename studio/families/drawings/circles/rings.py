"""How far and in which direction pixels lie from a centre, and uneven rings round it."""

from __future__ import annotations

import math

import numpy as np

from studio.families.drawings.grain import streaked
from studio.families.drawings.paint import Wish
from studio.families.drawings.places import third_focus
from studio.families.drawings.sheet import Floats, Point, Rng, Sheet


class Rings:
    """How far and in which direction every pixel lies from a centre, in the shape of the rings."""

    def __init__(
        self, sheet: Sheet, centre: Point, wish: Wish, side: float, give: float = 1.0
    ) -> None:
        """`side` -1 or 1 chooses the diagonal; `give` 0 keeps to circles."""
        tilt = side * math.pi / 4 * wish.movement
        u, v = sheet.turned(tilt, centre)
        flat = 1 - give * (1.1 * abs(wish.movement - 0.5) + 0.4 * max(0.0, wish.angularity - 0.5))
        v = v / np.float32(max(0.36, flat))
        self._loose = give * (1 - wish.angularity) ** 2
        power = 2 + 7 * give * max(0.0, wish.angularity - 0.62)
        away = (np.abs(u) ** np.float32(power) + np.abs(v) ** np.float32(power)) ** (1 / power)
        self.away: Floats = np.asarray(away, np.float32)
        """[h, w] units."""
        self.turn: Floats = np.asarray(np.arctan2(v, u), np.float32)
        """[h, w] radians, -pi..pi."""

    def wobbled(self, sheet: Sheet, rng: Rng, amount: float, cells: float = 2.0) -> Floats:
        """`away` with a hand's unevenness."""
        rough = 0.0035 * sheet.noise(rng, 22) + 0.04 * self._loose * sheet.noise(rng, 3.5)
        return np.asarray(self.away + amount * sheet.noise(rng, cells) + rough, np.float32)

    def brushed(self, rng: Rng, strength: float = 0.35) -> Floats:
        """Relief of a brush that goes round."""
        # The seam of the angle hides where the stroke begins.
        return strength * streaked(rng, self.turn * 5 + 40, self.away * 75 + 40)


def ring_focus(sheet: Sheet, rng: Rng) -> Point:
    """A main point near a third of the sheet."""
    return third_focus(sheet, rng, (0.3, 0.5, 0.7), 0.09)


def either_side(rng: Rng) -> float:
    """-1 or 1."""
    return float(rng.choice((-1.0, 1.0)))


def uneven_radii(rng: Rng, mean: float, reach: float, growth: float = 0.0) -> Floats:
    """Radii of uneven rings out to `reach`; rings get wider outwards by `growth`."""
    count = math.ceil(2.5 * reach / mean) + 2
    widths = mean * rng.choice((0.3, 0.55, 1.0, 1.8), count, p=(0.22, 0.28, 0.3, 0.2))
    widths = np.maximum(widths * rng.uniform(0.8, 1.2, count), 0.013)
    radii = np.cumsum(widths * (1 + growth * np.arange(count) / count))
    return np.asarray(radii, np.float32)
