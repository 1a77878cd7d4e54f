"""A sheet in units: one picture at any resolution."""

from __future__ import annotations

import numpy as np
import pytest

from studio.families.drawings.sheet import Sheet


@pytest.mark.parametrize(("height", "width"), [(64, 64), (90, 160), (160, 90)])
def test_a_sheet_has_an_area_of_one(height: int, width: int) -> None:
    sheet = Sheet(height, width)
    assert sheet.wide * sheet.high == pytest.approx(1)
    assert sheet.wide / sheet.high == pytest.approx(width / height)


def test_turned_coordinates_keep_distances_from_their_centre() -> None:
    sheet = Sheet(40, 60)
    u, v = sheet.turned(0.7, (0.4, 0.3))
    assert np.hypot(u, v) == pytest.approx(np.hypot(sheet.x - 0.4, sheet.y - 0.3), abs=1e-5)
    level, down = sheet.turned(0.0)
    assert np.array_equal(level, sheet.x)
    assert np.array_equal(down, sheet.y)


def test_noise_is_the_same_field_at_any_resolution() -> None:
    small, large = (Sheet(edge, edge).noise(np.random.default_rng(3), 4, 2) for edge in (64, 192))
    assert large.reshape(64, 3, 64, 3).mean((1, 3)) == pytest.approx(small, abs=0.12)
    assert 0.5 < large.std() < 1.5


def test_shapes_cover_the_area_they_should() -> None:
    sheet = Sheet(200, 200)
    square = sheet.polygon([(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)])
    assert square.mean() == pytest.approx(0.25, abs=0.01)
    assert sheet.disc((0.5, 0.5), 0.3).mean() == pytest.approx(np.pi * 0.09, abs=0.01)
    assert sheet.line([(0.1, 0.5), (0.9, 0.5)], 0.1).mean() == pytest.approx(0.08, abs=0.01)
