"""Tones of a drawing: contrast, neighbours, terraces; and a wish that is stirred."""

from __future__ import annotations

import numpy as np
import pytest

from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import TOP
from studio.families.drawings.tones import Tones, inward, neighbour, terraced


def test_inks_stand_out_from_the_ground_and_differ() -> None:
    for seed in range(200):
        tones = Tones.drawn(np.random.default_rng(seed))
        assert 2 <= len(tones.inks) <= 5
        assert len(set(tones.inks)) == len(tones.inks)
        assert all(abs(ink - tones.ground) >= 2 for ink in tones.inks)
        assert abs(tones.inks[0] - tones.ground) > TOP / 2


@pytest.mark.parametrize("tone", range(TOP + 1))
def test_a_neighbour_is_on_the_palette(tone: int) -> None:
    assert neighbour(tone) == tone + inward(tone)
    assert 0 <= neighbour(tone, 3) <= TOP


def test_terraces_are_whole_tones_with_short_melts() -> None:
    ramp = np.linspace(0, 6.99, 700)
    hard, soft = (terraced(ramp, melt) for melt in (0.0, 1.0))
    assert np.mean(np.mod(hard, 1) == 0) > 0.98
    assert soft == pytest.approx(ramp, abs=1e-5)
    assert (np.diff(terraced(ramp, 0.4)) >= 0).all()


def test_a_stirred_wish_has_more_density_where_it_moves() -> None:
    still, moving = (Wish(0.5, each, 0.5).stirred().density for each in (0.0, 1.0))
    assert still < 0.5 < moving
    assert Wish(1.0, 1.0, 0.5).stirred() == Wish(1.0, 1.0, 0.5)
