"""The nearest of many discs, and how far its borders are."""

from __future__ import annotations

import numpy as np
import pytest

from studio.families.drawings.nearest import nearest
from studio.families.drawings.sheet import Sheet


def test_every_pixel_knows_its_nearest_disc_and_the_border() -> None:
    sheet, rng = Sheet(30, 40), np.random.default_rng(2)
    sites, radii = rng.uniform(0, 1, (7, 2)), rng.uniform(0, 0.1, 7)
    label, best, gap = nearest(sheet.x, sheet.y, sites, radii)
    away = np.hypot(sheet.x[..., None] - sites[:, 0], sheet.y[..., None] - sites[:, 1]) - radii
    ordered = np.sort(away, -1)
    assert np.array_equal(label, away.argmin(-1))
    assert best == pytest.approx(ordered[..., 0], abs=1e-5)
    assert gap == pytest.approx((ordered[..., 1] - ordered[..., 0]) / 2, abs=1e-5)
