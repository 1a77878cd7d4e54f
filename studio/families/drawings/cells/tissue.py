"""What the families of cells share: stretched axes, crowded sites, a tone for each cell."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.directions import askew
from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import TOP, Floats, Rng, Sheet
from studio.families.drawings.tones import Tones


def stretched_axes(sheet: Sheet, rng: Rng, wish: Wish, stretch: float) -> tuple[Floats, Floats]:
    """Coordinates along and across a leaning axis, the second one `stretch` times longer."""
    u, v = sheet.turned(askew(rng, wish))
    return u, v * stretch


def shaken(
    sheet: Sheet, rng: Rng, u: Floats, v: Floats, amount: float, cells: float
) -> tuple[Floats, Floats]:
    """The coordinates shaken by smooth noise of `amount` units."""
    return u + amount * sheet.noise(rng, cells), v + amount * sheet.noise(rng, cells)


def crowded(sheet: Sheet, rng: Rng, count: int, crowd: float) -> Floats:
    """Points [count, 2] kept apart, a share `crowd` of them crowding round one or two foci."""
    spare = rng.uniform(-0.1, 1.1, (6 * count, 2)) * [sheet.wide, sheet.high]
    foci = [sheet.place(rng, 0.2) for _ in range(int(rng.integers(1, 3)))]
    chosen = [spare[0]]
    for each in spare[1 : count - int(crowd * count) + 4]:
        gaps = np.hypot(*(np.array(chosen) - each).T)
        chosen.append(each if gaps.min() > 0.5 / np.sqrt(count) else spare[-len(chosen)])
    near = [
        np.array(foci[k % len(foci)]) + rng.normal(0, 0.13, 2) for k in range(int(crowd * count))
    ]
    return np.array(chosen + near)


def projected(sites: Floats, sheet: Sheet, u: Floats, v: Floats) -> Floats:
    """Sites given on the paper, in the coordinates u, v (read where each site lies)."""
    columns = np.clip((sites[:, 0] * sheet.unit).astype(int), 0, sheet.width - 1)
    rows = np.clip((sites[:, 1] * sheet.unit).astype(int), 0, sheet.height - 1)
    return np.stack([u[rows, columns], v[rows, columns]], -1)


def cell_tones(rng: Rng, tones: Tones, count: int) -> Floats:
    """A tone for each cell: mostly the first inks, some a step off, a few left as ground."""
    shares = np.array([1 / (2 + k) for k in range(len(tones.inks) + 1)])
    names = np.array([*tones.inks, tones.ground])
    drawn = rng.choice(names, count, p=shares / shares.sum())
    shifted = drawn + rng.choice([-0.6, 0, 0, 0.6], count)
    return np.asarray(np.clip(shifted, 0, TOP), np.float32)
