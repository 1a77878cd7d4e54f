"""What a user notices of the drawings in circles.py."""

from __future__ import annotations

import numpy as np
import pytest

from studio.crafts.image_measure import measured
from studio.families.drawings.circles import FAMILIES
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Sheet

EACH = pytest.mark.parametrize("family", FAMILIES, ids=[each.name for each in FAMILIES])
MOVING = [each for each in FAMILIES if each.name in ["ripples", "growth", "halos"]]


def drawn(family: Family, seed: int, wish: Wish, height: int = 96, width: int = 96) -> Paint:
    return family.draw(Sheet(height, width), np.random.default_rng(seed), wish)


def grey(paint: Paint) -> np.ndarray:
    shade = np.clip(paint.tone / TOP * 255 * (1 + 0.1 * paint.relief), 0, 255).astype(np.uint8)
    return np.repeat(shade[..., None], 3, axis=2)


def mean_measure(family: Family, name: str, wish: Wish) -> float:
    return float(np.mean([measured(grey(drawn(family, seed, wish)))[name] for seed in range(8)]))


@EACH
def test_one_seed_is_one_picture_at_any_size(family: Family) -> None:
    alike = []
    for seed in range(4):
        small = drawn(family, seed, Wish(0.3, 0.5, 0.5)).tone
        large = drawn(family, seed, Wish(0.3, 0.5, 0.5), 288, 288).tone
        pooled = large.reshape(96, 3, 96, 3).mean((1, 3))
        alike.append(np.corrcoef(small.ravel(), pooled.ravel())[0, 1])
    assert min(alike) > 0.8


@EACH
def test_the_same_seed_repeats_exactly(family: Family) -> None:
    first, again = (drawn(family, 5, Wish()) for _ in range(2))
    assert np.array_equal(first.tone, again.tone)
    assert np.array_equal(first.relief, again.relief)


@EACH
@pytest.mark.parametrize("size", [(160, 90), (70, 168), (96, 96)])
def test_any_aspect_and_extreme_wish_stays_in_range(family: Family, size: tuple[int, int]) -> None:
    for wish in (Wish(0, 0, 0), Wish(1, 1, 1), Wish(0, 1, 0), Wish(1, 0, 1)):
        paint = drawn(family, 7, wish, *size)
        assert paint.tone.shape == paint.relief.shape == size
        assert paint.tone.min() >= 0
        assert paint.tone.max() <= TOP
        assert np.abs(paint.relief).max() <= 1


@EACH
def test_seeds_give_unlike_pictures(family: Family) -> None:
    pictures = [drawn(family, seed, Wish()).tone.ravel() for seed in range(6)]
    close = [
        np.abs(one - other).mean() < 0.3
        for place, one in enumerate(pictures)
        for other in pictures[:place]
    ]
    assert not any(close)


@EACH
def test_more_density_is_more_edge(family: Family) -> None:
    sparse, middle, dense = (
        mean_measure(family, "density", Wish(each, 0.5, 0.5)) for each in (0.1, 0.5, 0.9)
    )
    assert sparse < middle < dense


@pytest.mark.parametrize("family", MOVING, ids=[each.name for each in MOVING])
def test_more_movement_leans_more(family: Family) -> None:
    still, moving = (
        mean_measure(family, "movement", Wish(0.5, each, 0.7)) for each in (0.05, 0.95)
    )
    assert moving > 1.2 * still


@EACH
def test_it_has_a_style_and_captions_in_both_languages(family: Family) -> None:
    assert family.style in ("geometric", "grid", "rings", "lyrical")
    assert len(set(family.english)) >= 3
    assert len(set(family.chinese)) >= 3
