"""A film in the time of its melody: pictures are reached on its beats, and it is long enough."""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import pytest

from studio.crafts.craft import Output
from studio.crafts.form import fill
from studio.crafts.image import CRAFT
from studio.crafts.image_film import FPS, MOST_FRAMES, SHAPES, TAIL_S
from studio.crafts.image_kept import kept_picture
from studio.crafts.image_start import start_text
from studio.errors import InvalidInput
from studio.families.fake_picture import painted
from studio.requests import Completion, Request
from tests.crafts.singing import melody


class OneCard:
    """One picture card."""

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        assert role == "picture"
        return "gan/abstract", None

    def drafts(self, card: str) -> int:
        raise AssertionError(card)


def answered(request: Request) -> Completion:
    chunk = painted(request)
    return Completion(picture=chunk.picture, data=chunk.data)


def made(**given: Any) -> tuple[Output, int]:
    """The outcome of a form, and how many pictures it asked for."""
    inputs = fill(CRAFT, {"text": "a day at the lake", "size": "256", **given}, lambda: 5)
    order = CRAFT.order(inputs, OneCard())
    (output,) = CRAFT.finish(order, [answered(each) for each in order.requests])
    return output, len(order.requests)


def pictures(count: int, **given: Any) -> list[dict[str, object]]:
    return [
        kept_picture(made(seed=seed, n=1, **given)[0].data, f"p{seed}", 1)
        for seed in range(1, count + 1)
    ]


def film(count: int = 3, tune: Mapping[str, Any] | None = None, shape: str = "square") -> Output:
    start = start_text("film", pictures(count), melody=tune or melody(), shape=shape)
    return made(start=start)[0]


def told(output: Output) -> dict[str, Any]:
    return json.loads(json.dumps(output.data["film"]))


@pytest.mark.parametrize(
    ("bars", "tempo", "meter"),
    [(4, 150, "4/4"), (8, 100, "3/4"), (16, 120, "4/4"), (64, 70, "6/8")],
)
@pytest.mark.parametrize("count", [2, 5, 8])
def test_a_film_lasts_ten_to_thirty_seconds_with_every_picture_in_turn(
    bars: int, tempo: int, meter: str, count: int
) -> None:
    tune = melody(text="a lullaby", bars=bars, tempo=tempo, meter=meter)
    facts = told(film(count, tune))
    assert 10 <= facts["seconds"] <= 30
    assert facts["seconds"] * FPS == pytest.approx(round(facts["seconds"] * FPS))
    assert len(facts["turns"]) == count - 1
    times = [at for turn in facts["turns"] for at in (turn["leave_s"], turn["arrive_s"])]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] < facts["heard_s"] <= facts["seconds"] - TAIL_S + 0.001


def test_pictures_are_reached_on_bars_and_phrases_of_the_melody() -> None:
    tune = melody(text="a march", bars=16, tempo=150, meter="4/4")
    bar_s = 1.6
    for count, bars in ((4, [4, 8, 12]), (2, [8])):
        facts = told(film(count, tune))
        upbeat = facts["heard_s"] - 16 * bar_s
        arrivals = [(turn["arrive_s"] - upbeat) / bar_s for turn in facts["turns"]]
        assert arrivals == pytest.approx(bars, abs=1e-3)
    facts = told(film(3, tune))
    upbeat = facts["heard_s"] - 16 * bar_s
    for turn in facts["turns"]:
        bar = (turn["arrive_s"] - upbeat) / bar_s
        assert bar == pytest.approx(round(bar), abs=1e-3)


def test_a_short_melody_is_heard_again_and_a_long_one_is_cut_at_a_bar() -> None:
    short = told(film(3, melody(text="a march", bars=4, tempo=160, meter="4/4")))
    assert short["repeats"] >= 2
    assert short["heard_s"] > 9
    long = told(film(3, melody(text="a march", bars=32, tempo=100, meter="4/4")))
    assert long["repeats"] == 1
    assert 25 < long["heard_s"] <= 29


def test_few_frames_are_asked_of_the_picture_model() -> None:
    tune = melody()
    for count in (2, 4, 8):
        output, asked = made(start=start_text("film", pictures(count), melody=tune))
        facts = told(output)
        assert asked == len(output.frames) == count + (count - 1) * facts["between"]
        assert asked <= MOST_FRAMES


def test_the_pictures_themselves_are_among_the_frames_in_their_order() -> None:
    kept = pictures(3)
    inputs = fill(
        CRAFT,
        {"text": "x", "start": start_text("film", kept, melody=melody(), shape="vertical")},
        lambda: 5,
    )
    order = CRAFT.order(inputs, OneCard())
    between = told(film())["between"]
    for place, each in enumerate(kept[:-1]):
        passage: Any = order.requests[place * (between + 1)].condition["passage"]
        assert (passage["layouts"][0], passage["at"]) == (each["layout"], 0)
    steps = [request.condition["passage"]["at"] for request in order.requests]  # type: ignore[index]
    assert all(after > before or after == 0 for before, after in pairwise(steps))


def test_a_film_knows_its_pictures_and_its_melody() -> None:
    output = film(2, shape="vertical")
    assert output.data["parents"] == [
        {"work": "p1", "version": 1},
        {"work": "p2", "version": 1},
        {"work": "w1", "version": 1},
    ]
    assert output.data["verb"] == "film"
    facts = told(output)
    assert (facts["width"], facts["height"]) == SHAPES["vertical"]
    assert facts["melody"]["abc"]


def test_a_recipe_makes_the_same_film_again() -> None:
    start = start_text("film", pictures(3), melody=melody())
    assert made(start=start) == made(start=start)


@pytest.mark.parametrize(
    ("count", "changes"),
    [
        (1, {}),
        (9, {}),
        (2, {"melody": None}),
        (2, {"melody": {"abc": ""}}),
        (2, {"shape": "round"}),
        (2, {"speed": 3}),
    ],
)
def test_what_makes_no_film_is_said_so(count: int, changes: dict[str, object]) -> None:
    whole = {"melody": melody(), **changes}
    start = start_text("film", (pictures(2) * 5)[:count], **whole)
    with pytest.raises(InvalidInput):
        made(start=start)


def test_pictures_of_two_shapes_do_not_melt() -> None:
    code = bytes((16, 32)) + zlib.compress(bytes(8 * 16 * 32 // 2))
    other = {**pictures(1)[0], "layout": base64.b64encode(code).decode("ascii")}
    with pytest.raises(InvalidInput) as caught:
        made(start=start_text("film", [*pictures(1), other], melody=melody()))
    assert caught.value.code == "image_shapes"
