"""Measures of picture models: they tell good from bad in cases where anyone would."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from studio.crafts.palette import hex_to_rgb
from studio.families.picture_order import PictureOrder
from studio.requests import Picture
from studio.training.picture_distances import distances, frechet_distance, nearest
from studio.training.picture_evaluation import beaten, made_of
from studio.training.picture_obedience import (
    heldout_plans,
    obedience,
    palette_distance,
    random_plans,
    spearman,
)
from studio.training.picture_reader import Axes, matched
from studio.training.picture_references import ranked
from tests.training.tiny_pictures import write_tiny_corpus


def _cloud(seed: int, count: int = 60, at: float = 0.0) -> torch.Tensor:
    return torch.randn(count, 6, generator=torch.Generator().manual_seed(seed)) + at


def _patches(*colours: str) -> np.ndarray:
    rows = [np.full((32, 64, 3), hex_to_rgb(each), np.uint8) for each in colours]
    return np.concatenate(rows)


def test_a_set_is_nearer_to_its_like_than_to_strangers() -> None:
    real = _cloud(1)
    like, strange = distances(_cloud(2), real), distances(_cloud(3, at=3.0), real)
    assert like["kid"] < strange["kid"]
    assert like["fid"] < strange["fid"]
    assert like["precision"] > 0.7 > 0.2 > strange["precision"]
    assert like["recall"] > strange["recall"]


def test_the_frechet_distance_of_a_set_to_itself_is_none_and_grows_with_the_shift() -> None:
    real = _cloud(1)
    assert frechet_distance(real, real) == pytest.approx(0, abs=1e-6)
    assert frechet_distance(real + 2, real) == pytest.approx(6 * 4, rel=1e-6)


def test_one_good_picture_again_and_again_is_precise_but_recalls_little() -> None:
    real = _cloud(1)
    same = real.mean(0) + 0.01 * _cloud(4)
    found = distances(same, real)
    assert found["precision"] == 1
    assert found["recall"] < 0.1


def test_a_copy_is_found_where_it_was_taken() -> None:
    known = _cloud(5)
    apart, place = nearest(known[[7, 3]] + 1e-4, known)
    assert place.tolist() == [7, 3]
    assert float(apart.max()) < 0.01


def test_forms_stay_when_a_picture_is_repainted() -> None:
    light = torch.linspace(-0.9, 0.9, 64).repeat(64, 1).expand(1, 3, 64, 64)
    warm = (0.6 * light + torch.tensor([0.2, 0.0, -0.2]).view(1, 3, 1, 1)).clamp(-1, 1)
    assert (ranked(light) - ranked(warm)).abs().mean() < 0.05
    assert ranked(torch.zeros(1, 3, 8, 8)).abs().max() < 1e-6


def test_rank_correlation_knows_order_and_nothing_else() -> None:
    asked = np.array([0.1, 0.2, 0.3, 0.9])
    assert spearman(asked, asked**3) == pytest.approx(1)
    assert spearman(asked, -asked) == pytest.approx(-1)
    assert abs(spearman(np.arange(200.0), np.random.default_rng(0).random(200))) < 0.2


def test_a_picture_in_other_colours_is_far_from_its_palette() -> None:
    asked = ("#d62828", "#15131a")
    mean, worst = palette_distance(_patches(*asked), asked)
    assert worst < 0.03
    assert mean <= worst
    assert palette_distance(_patches("#2a9d8f", "#f8f6f0"), asked)[1] > 0.2
    assert palette_distance(_patches(asked[0], "#2a9d8f"), asked)[1] > 0.2


def test_random_plans_ask_every_style_and_are_orders_of_the_generator() -> None:
    wanted = random_plans(24, 1)
    orders = [PictureOrder.read(each.request()) for each in wanted]
    assert len({order.style for order in orders}) == 12
    asked = np.array([[each.plan.numbers[n] for n in ("density", "movement")] for each in wanted])
    assert asked.min() < 0.25
    assert asked.max() > 0.75
    assert [each.plan for each in random_plans(24, 1)] == [each.plan for each in wanted]


def test_pictures_that_do_what_is_asked_rank_as_asked() -> None:
    wanted = random_plans(24, 1)
    grey = [each.plan.numbers["brightness"] for each in wanted]
    pictures = torch.stack([torch.full((3, 64, 64), 2 * light - 1) for light in grey])
    found = obedience(wanted, pictures)
    assert found["brightness_rank"] > 0.99
    assert found["palette_kept"] < 0.5


def test_plans_of_held_out_pictures_have_their_style_and_eight_colours(tmp_path: Path) -> None:
    corpus = write_tiny_corpus(tmp_path / "data", tmp_path / "corpus")
    ids = np.nonzero(corpus.held)[0].tolist()
    plans = [each.plan for each in heldout_plans(corpus, ids)]
    assert [plan.style for plan in plans] == [corpus.rows[each].style for each in ids]
    assert all(len(plan.palette) == 8 for plan in plans)
    assert all(plan.numbers["movement"] == 0.4 for plan in plans)


def test_made_pictures_come_in_order_and_in_one_size() -> None:
    wanted = random_plans(18, 1)
    asked: list[int] = []

    def makes(requests: object) -> list[Picture]:
        seeds = [request.seed for request in requests]  # type: ignore[attr-defined]
        asked.extend(seeds)
        return [Picture(8, 8, bytes([seed % 256]) * 192) for seed in seeds]

    pictures = made_of(wanted, makes)
    assert pictures.shape == (18, 3, 128, 128)
    assert asked == [each.seed for each in wanted]
    shown = ((pictures[:, 0, 0, 0] + 1) * 127.5).round().int().tolist()
    assert shown == [each.seed % 256 for each in wanted]


def test_only_the_better_number_beats_both_baselines() -> None:
    ours = {"kid_both": 10.0, "recall_both": 0.5}
    worse = {"fc_kid_both": 90.0, "fastgan_kid_both": 40.0, "fc_recall_both": 0.0}
    assert beaten(ours, worse | {"fastgan_recall_both": 0.2}) == 1
    assert beaten(ours, worse | {"fastgan_recall_both": 0.6}) == 0.5


def test_own_briefs_are_matched_and_random_ones_are_not() -> None:
    chance = np.random.default_rng(1)
    noise = chance.random((40, 40))
    assert matched(noise - 2 * np.eye(40)) == 1
    assert matched(noise) < 0.2


def test_silence_says_nothing() -> None:
    vectors = np.random.default_rng(2).normal(size=(40, 384)).astype(np.float32)
    axes = Axes.of(vectors)
    assert (axes.of_text(np.zeros((2, 384))) == 0).all()
    assert axes.of_text(vectors.astype(np.float64)).std() == pytest.approx(1, rel=0.2)
