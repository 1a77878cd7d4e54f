"""How the glass of a window is cut: every connected area by a few arcs of its own.

An arc runs across its area where it is narrow (along the gradient of the distance to the border)
and ends at the border, as leads do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from studio.render.finishes.areas import Areas

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

_MOST_CUTS = 5
_PER_ROOT_SHARE = 8.5
"""Cuts of an area for the square root of its share of the picture."""
_LEAST_SHARE = 0.005
_TRIED = 8
_STRIDE = 2
"""Plan pixels per cell of the map of islands."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Circles along which each island (connected area) is cut; all lengths in units."""

    islands: Integers
    """[k, p, q]: the number of area k's nearest island at each cell."""
    centres: Floats
    """[n, m, 2]"""
    radii: Floats
    """[n, m]; 0: no further cut."""

    def at(self, area: Integers, x: Floats, y: Floats) -> tuple[Integers, Floats]:
        """The number of the piece at each place, and the distance to the nearest cut."""
        cells = max(self.islands.shape[1:])
        row = np.clip((y * cells).astype(np.int32), 0, self.islands.shape[1] - 1)
        column = np.clip((x * cells).astype(np.int32), 0, self.islands.shape[2] - 1)
        island = self.islands[area, row, column]
        number, near = island.astype(np.int64) * 977, np.ones(x.shape, np.float32)
        for place in range(self.radii.shape[1]):
            radius = self.radii[island, place]
            centre = self.centres[island, place]
            away = np.hypot(x - centre[..., 0], y - centre[..., 1]) - radius
            near = np.where(radius > 0, np.minimum(near, np.abs(away)), near)
            number += np.where((radius > 0) & (away > 0), 7919 * (place + 3) ** 2, 0)
        return number, near


def cuts_of(rng: np.random.Generator, areas: Areas, depth: Floats, amount: float) -> Cuts:
    """Cuts for all areas; `depth` [p, q] is the distance to the border, `amount` 1 is usual."""
    labels = areas.labels
    across = np.stack(np.gradient(ndimage.gaussian_filter(depth, 2))[::-1], -1)
    maps: list[Integers] = []
    arcs: list[tuple[Floats, Floats]] = []
    for number in range(len(areas.colours)):
        found, count = ndimage.label(labels == number)
        maps.append(_nearest(found[::_STRIDE, ::_STRIDE]) + len(arcs))
        sizes = np.bincount(found.ravel(), minlength=count + 1) / labels.size
        # Numbers start at 1; 0 is for areas too thin to be found on the map.
        for island in range(count + 1):
            wanted = island > 0 and sizes[island] >= _LEAST_SHARE
            place = np.argwhere(found == island) if wanted else np.empty((0, 2), np.int64)
            arcs.append(_arcs(rng, place, across, amount, labels.shape))
    centres, radii = zip(*arcs, strict=True)
    return Cuts(np.stack(maps), np.stack(centres), np.stack(radii))


def _nearest(found: Integers) -> Integers:
    """Every cell gets the number of the nearest island."""
    if not found.any():
        return found
    row, column = ndimage.distance_transform_edt(
        found == 0, return_distances=False, return_indices=True
    )
    return np.asarray(found[row, column])


def _arcs(
    rng: np.random.Generator,
    place: Integers,
    across: Floats,
    amount: float,
    shape: tuple[int, ...],
) -> tuple[Floats, Floats]:
    """Centres [m, 2] and radii [m] of one island's cuts; `place` [n, 2] are its plan pixels."""
    share, edge = len(place) / (shape[0] * shape[1]), max(shape)
    count = min(_MOST_CUTS, int(amount * _PER_ROOT_SHARE * np.sqrt(share) + 0.5))
    centres, radii = np.zeros((_MOST_CUTS, 2), np.float32), np.zeros(_MOST_CUTS, np.float32)
    for cut, (row, column) in enumerate(_spread(rng, place, count)):
        run = across[row, column] + rng.normal(0, 1e-5, 2)
        run /= np.linalg.norm(run)
        radius = float(np.exp(rng.uniform(np.log(0.5), np.log(4.0)))) * rng.choice((-1, 1))
        centres[cut] = np.array([column, row]) / edge + radius * np.array([-run[1], run[0]])
        radii[cut] = abs(radius)
    return centres, radii


def _spread(rng: np.random.Generator, place: Integers, count: int) -> Integers:
    """`count` of the places, well apart: each the best of a few (Mitchell 1991)."""
    chosen: list[Integers] = []
    for _ in range(count):
        tried = place[rng.integers(len(place), size=_TRIED)]
        apart = [min((((one - other) ** 2).sum() for other in chosen), default=0) for one in tried]
        chosen.append(tried[int(np.argmax(apart))])
    return np.array(chosen, np.int64).reshape(-1, 2)
