"""Folded fields, and the uneven bands along them."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import askew
from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import Floats, Rng, Sheet
from studio.families.drawings.swirls import Swirls
from studio.families.drawings.tones import Tones


def stripes(rng: Rng, tones: Tones, heights: Floats, count: float) -> tuple[Floats, Floats]:
    """Bands of uneven width along a height of unit spread: their tone, and how far into one."""
    number = max(4, round(count))
    widths = np.exp(rng.normal(0, 0.65, number))
    cuts = np.cumsum(widths) / widths.sum()
    colours = _unlike_neighbours(rng, [tones.ground, *tones.inks], number)
    level = (heights - float(heights.mean())) / max(float(heights.std()), 0.2)
    place = 0.5 + 0.5 * np.tanh(0.8 * level)
    band = np.minimum(np.searchsorted(cuts, place), number - 1)
    start = np.append(0, cuts[:-1]).astype(np.float32)
    part = (place - start[band]) / (widths / widths.sum()).astype(np.float32)[band]
    return np.array(colours, np.float32)[band], np.asarray(part, np.float32)


def _unlike_neighbours(rng: Rng, names: list[float], count: int) -> list[float]:
    """A row of tones in which no two neighbours are the same."""
    row = [names[int(rng.integers(len(names)))]]
    for _ in range(count - 1):
        others = [each for each in names if each != row[-1]]
        row.append(others[int(rng.integers(len(others)))])
    return row


def folded(
    sheet: Sheet, rng: Rng, wish: Wish, cells: float, fold: float
) -> tuple[Floats, Floats, Floats]:
    """Coordinates pushed by noise of their own (domain warping), and the pushing height.

    Quilez, "Domain warping" (2002), iquilezles.org."""
    u, v = sheet.turned(askew(rng, wish))
    u = u / (1.8 + 2.4 * wish.angularity)
    first, second = Swirls.drawn(rng, cells), Swirls.drawn(rng, cells)
    p, q = first.at(u, v), second.at(u, v)
    return u + fold * p, v + fold * q, p
