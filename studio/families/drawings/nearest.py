"""Which of many sites lies nearest to each pixel: weighted Voronoi cells."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.sheet import Floats, Whole


def nearest(u: Floats, v: Floats, sites: Floats, radii: Floats) -> tuple[Whole, Floats, Floats]:
    """The number [h, w] of the nearest of the discs `sites` [n, 2] of `radii` [n], how far its rim
    is (negative inside), and about how far the border to the next one, in the units of u and v.

    Subtracting radii makes it an additively weighted Voronoi diagram (Aurenhammer 1991)."""
    best = np.full(u.shape, 9.0, np.float32)
    second, label = best.copy(), np.zeros(u.shape, np.int32)
    for number, ((x, y), radius) in enumerate(zip(sites, radii, strict=True)):
        away = np.sqrt(np.square(u - float(x)) + np.square(v - float(y))) - float(radius)
        np.minimum(second, np.maximum(best, away), out=second)
        label[away < best] = number
        np.minimum(best, away, out=best)
    return label, best, (second - best) / 2
