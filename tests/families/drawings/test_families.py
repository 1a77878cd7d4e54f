"""What every family of drawings promises: seeds, sizes, ranges, wishes, words."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from studio.families.composition import STYLES
from studio.families.drawings.families import DRAWINGS, drawing, of_style
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Wish
from studio.families.drawings.sheet import TOP
from tests.families.drawings.painted import drawn, halved, likeness, mean_measure

SHARPENED = (
    *("voronoi", "corals", "craquelure", "pollock", "runs", "splatter", "confetti"),
    *("horizon", "threads", "ribbons", "attractor", "wind", "marbling", "warped"),
    *("ink_bloom", "sweeps", "calligraphy", "scrawl", "windows", "woven", "quilt"),
    *("pulse", "cutouts", "collage", "suprematist", "shards", "beams", "storm"),
    *("thread", "swell", "dunes"),
)
"""Families whose measured angularity follows the wish; rings, say, can not become straight."""
ORDER = {
    "cells": "voronoi corals craquelure honey",
    "colorfield": "rothko veils horizon bands",
    "drip": "pollock runs splatter confetti",
    "flow": "threads ribbons attractor wind",
    "geometric": "collage suprematist shards bauhaus folded beams",
    "gestural": "sweeps calligraphy knife scrawl",
    "grid": "neoplastic windows woven quilt pulse",
    "lyrical": "cutouts lyrical garden jazz storm",
    "marble": "marbling warped ink_bloom pour",
    "minimal": "pebble thread breath margins",
    "rings": "ripples orbits simultaneous growth halos",
    "waves": "ridges swell interference dunes",
}

EACH = pytest.mark.parametrize("family", DRAWINGS.values(), ids=list(DRAWINGS))


@EACH
def test_the_same_seed_gives_the_same_picture(family: Family) -> None:
    first, again = (drawn(family, 7, Wish()) for _ in range(2))
    assert np.array_equal(first.tone, again.tone)
    assert np.array_equal(first.relief, again.relief)


@EACH
def test_a_larger_picture_is_the_same_only_finer(family: Family) -> None:
    for seed in range(2):
        small, large = (drawn(family, seed, Wish(0.4), edge, edge) for edge in (96, 192))
        assert likeness(small, halved(large)) > 0.8


@EACH
def test_seeds_give_different_compositions(family: Family) -> None:
    pictures = [drawn(family, seed, Wish()) for seed in range(4)]
    assert np.median([abs(likeness(one, other)) for one, other in pairwise(pictures)]) < 0.7
    assert all(np.abs(one.tone - other.tone).mean() > 0.3 for one, other in pairwise(pictures))


@EACH
@pytest.mark.parametrize(("height", "width"), [(112, 63), (48, 115)])
def test_any_format_and_wish_stays_in_range(family: Family, height: int, width: int) -> None:
    for wish in (Wish(0, 1, 0), Wish(1, 0, 1)):
        paint = drawn(family, 3, wish, height, width)
        assert paint.tone.shape == paint.relief.shape == (height, width)
        assert 0 <= paint.tone.min() < paint.tone.max() <= TOP
        assert np.abs(paint.relief).max() <= 1
        assert np.ptp(paint.tone) >= 1, "the paper is not bare"


@EACH
def test_more_density_has_more_edges(family: Family) -> None:
    few, many = (mean_measure(family, "density", Wish(density=each)) for each in (0.1, 0.9))
    assert many > 1.15 * few


@EACH
def test_more_movement_leans_more(family: Family) -> None:
    still, moving = (mean_measure(family, "movement", Wish(movement=each)) for each in (0.05, 0.95))
    assert moving > 1.05 * still


@pytest.mark.parametrize("name", SHARPENED)
def test_more_angularity_is_straighter(name: str) -> None:
    soft, sharp = (
        mean_measure(DRAWINGS[name], "angularity", Wish(angularity=each)) for each in (0.05, 0.95)
    )
    assert sharp > soft


@EACH
def test_angularity_changes_the_picture(family: Family) -> None:
    soft, sharp = (drawn(family, 5, Wish(angularity=each)).tone for each in (0.05, 0.95))
    assert np.abs(soft - sharp).mean() > 0.1


@EACH
def test_the_family_is_described_in_both_languages(family: Family) -> None:
    assert family.style in STYLES
    assert len(set(family.english)) >= 3
    assert len(set(family.chinese)) >= 3
    assert all(any("一" <= sign <= "鿿" for sign in each) for each in family.chinese)


@pytest.mark.parametrize("style", STYLES)
def test_the_order_of_families_is_kept(style: str) -> None:
    """A seed chooses a family by its place: one that is new goes to the end of its style."""
    names = [family.name for family in of_style(style)]
    assert names[: len(ORDER[style].split())] == ORDER[style].split()


def test_a_family_that_does_not_exist_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        drawing("landscape", 1, Wish(), (64, 64))


def test_names_are_the_keys_and_seeds_may_be_any_whole_number() -> None:
    assert all(name == family.name for name, family in DRAWINGS.items())
    first, second = (drawing("pebble", seed, Wish(), (48, 48)) for seed in (-1, 2**70))
    assert np.isfinite(first.tone).all()
    assert np.isfinite(second.tone).all()
