"""A picture's colours are printed with few inks of its own."""

from __future__ import annotations

import numpy as np

from studio.render.finishes.inks import PAPER, separated
from studio.render.oklab import oklab

COLOURS = np.array(
    [[0.95, 0.93, 0.9], [0.85, 0.2, 0.15], [0.1, 0.15, 0.4], [0.95, 0.75, 0.1], [0.2, 0.5, 0.4]]
)
SHARES = np.array([0.4, 0.2, 0.15, 0.15, 0.1])


def _error(most: int) -> float:
    found = separated(COLOURS, SHARES, most)
    assert len(found.absorbances) <= most
    printed = PAPER * np.exp(-found.coverages @ found.absorbances)
    return float(np.linalg.norm(oklab(printed) - oklab(COLOURS), axis=1).mean())


def test_more_inks_come_nearer_to_the_colours() -> None:
    assert _error(4) < _error(3) < _error(2)
    assert _error(4) < 0.06


def test_paper_is_left_unprinted() -> None:
    assert separated(COLOURS, SHARES, 3).coverages[0].max() < 0.15


def test_a_picture_of_one_colour_has_an_ink() -> None:
    assert len(separated(COLOURS[1:2], np.ones(1), 4).absorbances) == 1
    assert len(separated(COLOURS[:1], np.ones(1), 4).absorbances) == 1
