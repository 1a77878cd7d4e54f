"""Where things go: main points off the middle, and points round them."""

from __future__ import annotations

import numpy as np

from studio.families.drawings.sheet import Point, Rng, Sheet


def free_focus(sheet: Sheet, rng: Rng, margin: float = 0.3) -> Point:
    """A main point anywhere inside the margin (a share of each side)."""
    return (
        float(sheet.wide * rng.uniform(margin, 1 - margin)),
        float(sheet.high * rng.uniform(margin, 1 - margin)),
    )


def third_focus(
    sheet: Sheet,
    rng: Rng,
    shares: tuple[float, float, float] = (0.33, 0.5, 0.67),
    spread: float = 0.06,
) -> Point:
    """A main point mostly near one of the thirds, seldom near the middle."""
    x, y = rng.choice(shares, 2, p=(0.4, 0.2, 0.4)) + rng.normal(0, spread, 2)
    return sheet.wide * float(x), sheet.high * float(y)


def near(rng: Rng, centre: Point, spread: float) -> Point:
    """A point round a centre; `spread` units."""
    x, y = rng.normal(0, spread, 2)
    return centre[0] + float(x), centre[1] + float(y)


def about(rng: Rng, sheet: Sheet, centre: Point, spread: float) -> Point:
    """A point round a centre, kept on the paper; `spread` is a share of each side."""
    x, y = np.asarray(centre) + rng.normal(0, spread, 2) * (sheet.wide, sheet.high)
    return (
        float(np.clip(x, 0.06, sheet.wide - 0.06)),
        float(np.clip(y, 0.06, sheet.high - 0.06)),
    )
