"""Pictures: the same seed paints the same picture in any batch, in the asked colours."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from studio.crafts.palette import difference
from studio.engine.family import Stepped
from studio.errors import InvalidInput, NotReady
from studio.families.composition import NUMBERS, STYLES, Composition
from studio.families.gan import Gan
from studio.families.layout_prior import PLAN_NUMBERS, LayoutPrior
from studio.families.layouts import decoded
from studio.requests import Picture, Request

RED_AND_BLACK = ["#d62828", "#15131a"]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Small random networks, saved as cards."""
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("models")
    generator, prior = Composition((24, 16, 16), 16), LayoutPrior(16, 32)
    for name, parameter in prior.named_parameters():
        torch.nn.init.normal_(parameter, std=0.08 if "norm" not in name else 1.0)
    about = {"widths": [24, 16, 16], "style": 16, "styles": STYLES, "numbers": NUMBERS}
    _card(folder / "gan", generator, about)
    _card(
        folder / "prior",
        prior,
        {"width": 16, "told": 32, "styles": STYLES, "numbers": PLAN_NUMBERS},
    )
    return folder / "gan", folder / "prior"


def _card(folder: Path, network: torch.nn.Module, config: dict[str, object]) -> None:
    folder.mkdir()
    save_file(network.state_dict(), folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config), "utf-8")


@pytest.fixture
def gan(cards: tuple[Path, Path]) -> Gan:
    return Gan(*cards, "cpu", torch.float32)


def _request(seed: int, **condition: object) -> Request:
    asked = {"style": "lyrical", "palette": RED_AND_BLACK, "edge": 64, **condition}
    return Request(card="gan/abstract", seed=seed, condition=asked)


def _made(gan: Gan, requests: Sequence[Request]) -> list[Picture]:
    slots = [gan.admit(each) for each in requests]
    stepped = gan.step(slots)
    for slot in slots:
        gan.release(slot)
    return [_picture(each) for each in stepped]


def _picture(stepped: Stepped) -> Picture:
    assert stepped.ended
    assert stepped.chunk is not None
    assert stepped.chunk.picture is not None
    return stepped.chunk.picture


def _rgb(picture: Picture) -> np.ndarray:
    flat = np.frombuffer(picture.rgb, np.uint8)
    return flat.reshape(picture.height, picture.width, 3).astype(int)


def test_one_step_finishes_every_picture(gan: Gan) -> None:
    pictures = _made(gan, [_request(seed) for seed in range(5)])
    assert [(each.width, each.height) for each in pictures] == [(64, 64)] * 5
    assert all(len(each.rgb) == 3 * 64 * 64 for each in pictures)


def test_a_row_alone_equals_the_same_row_in_a_batch(gan: Gan) -> None:
    wanted = _request(7, truncation=0.8, density=0.9)
    others = [
        _request(seed, style=style, palette=["#a8dcc0", "#f6f1e1", "#20483a"], edge=edge)
        for seed, (style, edge) in enumerate([("grid", 64), ("waves", 96), ("minimal", 64)] * 4)
    ]
    alone = _rgb(_made(gan, [wanted])[0])
    among = _rgb(_made(gan, [*others[:7], wanted, *others[7:]])[7])
    assert np.abs(alone - among).max() <= 2
    assert np.abs(alone - among).mean() < 0.02


def test_the_seed_decides(gan: Gan) -> None:
    first, again, other = (_made(gan, [_request(seed)])[0] for seed in (1, 1, 2))
    assert first.rgb == again.rgb
    assert first.rgb != other.rgb


def test_only_the_asked_colours_are_painted(gan: Gan) -> None:
    rgb = _rgb(_made(gan, [_request(3)])[0])
    # Red and black and what lies between them: green and blue stay low everywhere.
    assert rgb[..., 1:].max() < 110
    assert rgb[..., 0].max() > rgb[..., 0].min() + 60


def _data(gan: Gan, request: Request) -> Mapping[str, Any]:
    slot = gan.admit(request)
    chunk = gan.step([slot])[0].chunk
    gan.release(slot)
    assert chunk is not None
    return chunk.data


def test_every_asked_colour_covers_something(gan: Gan) -> None:
    data = _data(gan, _request(4, palette=["#f8f6f0", "#d62828", "#14234a"]))
    areas = decoded(data["layout"]).mean((1, 2))
    for asked in ("#f8f6f0", "#d62828", "#14234a"):
        near = [n for n, each in enumerate(data["slots"]) if difference(each, asked) < 25]
        assert sum(float(areas[n]) for n in near) > 0.01


def test_a_given_layout_is_followed(gan: Gan) -> None:
    top, bottom = "#15131a", "#d62828"
    layout = [[top] * 8] * 4 + [[bottom] * 8] * 4
    rgb = _rgb(_made(gan, [_request(5, layout=layout)])[0])
    assert rgb[8:24, :, 0].mean() + 60 < rgb[40:56, :, 0].mean()


def test_a_kept_layout_and_its_noise_make_the_same_picture_again(gan: Gan) -> None:
    first = _request(7)
    kept = _data(gan, first)
    again = _request(99, layout=kept["layout"], slots=kept["slots"], noise=kept["noise"])
    assert _made(gan, [again])[0].rgb == _made(gan, [first])[0].rgb


def test_more_like_this_keeps_the_layout_or_drifts_away(gan: Gan) -> None:
    kept = _data(gan, _request(7))
    layout = decoded(kept["layout"])

    def moved(drift: float) -> float:
        data = _data(gan, _request(8, layout=kept["layout"], drift=drift))
        return float((decoded(data["layout"]) - layout).abs().mean())

    assert moved(0.0) < 0.005
    assert moved(0.1) > 0.005


def test_a_passage_begins_and_ends_at_its_pictures(gan: Gan) -> None:
    one, other = _data(gan, _request(1)), _data(gan, _request(2))
    colours = one["slots"]

    def at(place: float) -> Request:
        between = {
            "layouts": [one["layout"], other["layout"]],
            "noises": [one["noise"], other["noise"]],
            "at": place,
        }
        return _request(5, passage=between, slots=colours)

    begin, middle, end = (_rgb(each) for each in _made(gan, [at(0), at(0.5), at(1)]))
    first = _rgb(_made(gan, [_request(1, slots=colours)])[0])
    last = _rgb(_made(gan, [_request(2, slots=colours)])[0])
    assert (begin == first).all()
    assert (end == last).all()
    assert 0 < np.abs(middle - begin).mean() < np.abs(end - begin).mean() + 20


def test_wide_and_tall_pictures_share_the_step(gan: Gan) -> None:
    wide, square, tall = _made(gan, [_request(1, aspect=2.0), _request(1), _request(1, aspect=0.5)])
    assert wide.width > 1.7 * wide.height
    assert tall.height > 1.7 * tall.width
    assert square.rgb == _made(gan, [_request(1)])[0].rgb


def test_recolouring_keeps_the_composition(gan: Gan) -> None:
    kept = _data(gan, _request(3))
    blues = ["#03045e", "#023e8a", "#0077b6", "#0096c7", "#00b4d8", "#48cae4", "#90e0ef", "#caf0f8"]
    blue = _rgb(_made(gan, [_request(3, layout=kept["layout"], slots=blues)])[0])
    assert (blue[..., 2] >= blue[..., 0]).all()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("style", "baroque"),
        ("palette", []),
        ("palette", ["red"]),
        ("density", 1.5),
        ("truncation", "wild"),
        ("layout", [["#000000"]]),
        ("layout", "bm90IGEgbGF5b3V0"),
        ("passage", {"at": 0.5}),
        ("aspect", 9.0),
        ("layout", [["#000000", "#zzzzzz"], ["#000000", "#000000"]]),
        ("edge", 9000),
    ],
)
def test_a_wrong_condition_is_named_and_takes_no_slot(gan: Gan, field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        gan.admit(_request(1, **{field: value}))
    assert refused.value.field == field
    assert [gan.admit(_request(1)) for _ in range(gan.capacity)] == list(range(gan.capacity))


def test_slots_are_reused_and_never_overbooked(gan: Gan) -> None:
    slots = [gan.admit(_request(seed)) for seed in range(gan.capacity)]
    with pytest.raises(RuntimeError):
        gan.admit(_request(99))
    gan.release(slots[3])
    assert gan.admit(_request(99)) == slots[3]


def test_half_precision_paints_the_same_composition(cards: tuple[Path, Path], gan: Gan) -> None:
    half = Gan(*cards, "cpu", torch.bfloat16)
    difference = _rgb(_made(half, [_request(6)])[0]) - _rgb(_made(gan, [_request(6)])[0])
    assert np.abs(difference).mean() < 12


def test_a_missing_file_says_which_card(cards: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        Gan(tmp_path, cards[1], "cpu", torch.float32)


def test_footprint_counts_the_weights(gan: Gan) -> None:
    gan.warm_up()
    assert gan.footprint() > 4 * 10_000
