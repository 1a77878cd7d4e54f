"""What lies on a sheet so far, to lay unlike tones on one another."""

from __future__ import annotations

import math

from studio.families.drawings.sheet import Point, Rng
from studio.families.drawings.tones import Tones


class Laid:
    """The things laid down in order, each as a disc with a tone."""

    def __init__(self, tones: Tones) -> None:
        self._tones, self._spots = tones, list[tuple[Point, float, float]]()

    def ink(self, rng: Rng, centre: Point, size: float) -> float:
        """A tone unlike the topmost thing at `centre`; remembers the new thing there."""
        under = self._tones.ground
        for (x, y), reach, tone in self._spots:
            if math.hypot(x - centre[0], y - centre[1]) < reach:
                under = tone
        inks = [each for each in (*self._tones.inks, self._tones.ground) if each != under]
        chosen = inks[int(float(rng.random()) ** 1.5 * len(inks))]
        self._spots.append((centre, size / 2, chosen))
        return chosen

    def room(self, centre: Point, size: float) -> float:
        """How free a place is for a thing of a size: 0 on top of another .. 1 beside all."""
        gaps = [
            math.hypot(x - centre[0], y - centre[1]) / (reach + size / 2)
            for (x, y), reach, _ in self._spots
        ]
        return min([1.0, *gaps])
