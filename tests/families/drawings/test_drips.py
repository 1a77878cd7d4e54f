"""What a user notices of the drawings in drips.py."""

from __future__ import annotations

import numpy as np
import pytest

from studio.families.drawings.drips import FAMILIES
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Wish
from tests.families.drawings.painted import (
    check_described,
    check_in_range,
    drawn,
    likeness_of_sizes,
    mean_measure,
)

EACH = pytest.mark.parametrize("family", FAMILIES, ids=lambda each: each.name)
MOVED = [each for each in FAMILIES if each.name in {"runs", "pollock", "splatter", "confetti"}]
SHARPENED = [each for each in FAMILIES if each.name in {"pollock", "runs", "splatter", "confetti"}]


@EACH
def test_the_same_seed_gives_the_same_picture(family: Family) -> None:
    first, second = (drawn(family, 7, Wish()) for _ in range(2))
    assert np.array_equal(first.tone, second.tone)
    assert np.array_equal(first.relief, second.relief)


@EACH
def test_a_larger_picture_is_the_same_only_finer(family: Family) -> None:
    assert min(likeness_of_sizes(family, seed) for seed in range(4)) > 0.8


@EACH
def test_seeds_give_different_compositions(family: Family) -> None:
    tones = [drawn(family, seed, Wish()).tone for seed in range(6)]
    alike = [np.corrcoef(tones[0].ravel(), each.ravel())[0, 1] for each in tones[1:]]
    assert np.median(np.abs(alike)) < 0.7


@EACH
@pytest.mark.parametrize(("height", "width"), [(128, 72), (60, 144), (96, 96)])
def test_any_format_stays_in_range(family: Family, height: int, width: int) -> None:
    for level in (0.0, 0.5, 1.0):
        paint = drawn(family, 3, Wish(level, 1 - level, level), height, width)
        assert paint.tone.shape == paint.relief.shape == (height, width)
        check_in_range(paint)


@EACH
def test_more_density_has_more_edges(family: Family) -> None:
    few, many = (mean_measure(family, "density", Wish(density=each)) for each in (0.1, 0.9))
    assert many > 1.15 * few


@pytest.mark.parametrize("family", MOVED, ids=lambda each: each.name)
def test_more_movement_leans_more(family: Family) -> None:
    still, moving = (mean_measure(family, "movement", Wish(movement=each)) for each in (0.05, 0.95))
    assert moving > 1.1 * still


@pytest.mark.parametrize("family", SHARPENED, ids=lambda each: each.name)
def test_more_angularity_is_straighter(family: Family) -> None:
    soft, sharp = (
        mean_measure(family, "angularity", Wish(angularity=each)) for each in (0.05, 0.95)
    )
    assert sharp > soft


@EACH
def test_the_family_is_described_in_both_languages(family: Family) -> None:
    check_described(family)
