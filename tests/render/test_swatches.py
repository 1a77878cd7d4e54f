"""The colours of a picture, as a designer would name them."""

from __future__ import annotations

import numpy as np
import pytest

from studio.render.oklab import oklab, srgb
from studio.render.swatches import contrast_ratio, contrasts, swatches
from studio.requests import Picture


def _striped(*stripes: tuple[tuple[int, int, int], int]) -> Picture:
    rows = [np.full((rows, 100, 3), colour, np.uint8) for colour, rows in stripes]
    pixels = np.concatenate(rows)
    return Picture(100, len(pixels), pixels.tobytes())


def test_the_colours_and_their_shares() -> None:
    found = swatches(_striped(((240, 230, 210), 60), ((200, 60, 40), 30), ((20, 20, 30), 10)))
    assert [each.hex for each in found] == ["#f0e6d2", "#c83c28", "#14141e"]
    assert [round(each.share, 2) for each in found] == [0.6, 0.3, 0.1]


def test_no_more_than_asked_and_no_twins() -> None:
    picture = _striped(((240, 230, 210), 50), ((239, 230, 211), 20), ((20, 20, 30), 30))
    assert len(swatches(picture, 6)) == 2
    assert len(swatches(_striped(((250, 0, 0), 40), ((0, 0, 250), 30), ((0, 250, 0), 30)), 2)) == 2


def test_contrast_is_that_of_wcag() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert contrast_ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    table = contrasts(["#000", "#fff", "#c8553d"])
    assert table[0][0] == 1
    assert table[0][2] == table[2][0]


def test_oklab_goes_there_and_back() -> None:
    """White and red after the values in Ottosson's note."""
    assert oklab([1, 1, 1]) == pytest.approx([1, 0, 0], abs=1e-3)
    assert oklab([1, 0, 0]) == pytest.approx([0.628, 0.225, 0.126], abs=1e-3)
    colours = np.random.default_rng(1).uniform(size=(50, 3))
    assert srgb(oklab(colours)) == pytest.approx(colours, abs=1e-4)
