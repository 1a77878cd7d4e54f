"""The wind over a sheet: directions that paths follow."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import askew
from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import Floats, Rng
from studio.families.drawings.swirls import Swirls


class Breeze:
    """Directions over the paper: one heading, and how far it strays.

    A whirl turns them by the curl of a bump, so paths circle it and never run into it
    (after Bridson, Hourihan and Nordenstam, "Curl-noise for procedural fluid flow", 2007)."""

    def __init__(self, rng: Rng, wish: Wish) -> None:
        self.heading = askew(rng, wish, 4)
        bend = 1 - wish.angularity
        self._stray = 0.06 + 1.35 * bend**1.3 * (0.12 + 0.88 * wish.movement)
        self._swirls = Swirls.drawn(rng, 0.7 + 1.5 * bend)
        self._whirls: list[tuple[float, float, float, float]] = []

    def whirl(self, centre: tuple[float, float], size: float, sense: float) -> None:
        """From now on directions circle round `centre` within about `size` units."""
        self._whirls.append((*centre, size, sense))

    def angle(self, x: Floats, y: Floats) -> Floats:
        """Directions (radians) at places (units)."""
        angle = self.heading + self._stray * self._swirls.at(x, y)
        east, south = np.cos(angle), np.sin(angle)
        for cx, cy, size, sense in self._whirls:
            dx, dy = x - cx, y - cy
            near = np.exp(-(dx * dx + dy * dy) / size**2) * sense / size
            east, south = east - near * dy, south + near * dx
        return np.asarray(np.arctan2(south, east))

    def paths(self, starts: Floats, length: Floats | float, steps: int) -> Floats:
        """Streamlines [n, 2 * steps - 1, 2] through `starts` [n, 2], `length` units long."""
        halves = [self._half(starts, sign * length / (2 * steps), steps) for sign in (-1, 1)]
        return np.concatenate([halves[0][:, :0:-1], halves[1]], 1)

    def _half(self, starts: Floats, step: Floats | float, steps: int) -> Floats:
        points = [starts]
        for _ in range(steps - 1):
            angle = self.angle(points[-1][:, 0], points[-1][:, 1])
            turned = np.stack([np.cos(angle), np.sin(angle)], -1)
            points.append(points[-1] + np.reshape(step, (-1, 1)) * turned)
        return np.stack(points, 1)
