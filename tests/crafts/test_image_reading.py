"""Descriptions are read as a designer would: what is said is kept, guesses fill the rest."""

from __future__ import annotations

import pytest

from studio.crafts.guesses import Guesses
from studio.crafts.image_colouring import palette_distance
from studio.crafts.image_plan import MOODS, NUMBERS, STYLES, ImagePlan, read_plan, style_ranking
from studio.crafts.image_reading import found_colours
from studio.crafts.image_said import said_ground
from studio.crafts.palette import hex_to_lab, warmth

STORM = "angry geometric storm in red and black, crowded, sharp"
LAKE = "宁静的蓝色极简构图，像清晨的湖面"
ROUND_AND_EMPTY = Guesses(
    numbers=dict.fromkeys(NUMBERS, 0.1),
    choices={
        "style": {name: 0.9 if name == "rings" else 0.01 for name in STYLES},
        "mood": {name: 0.9 if name == "sad" else 0.01 for name in MOODS},
    },
    nearest={"palette": {"#102030 #405060 #8090a0": 0.9, "#ff8800 #ffcc00 #fff0d0": -0.2}},
)


def _lightness(colour: str) -> float:
    return hex_to_lab(colour)[0]


def _plan(text: str, guesses: Guesses | None = None) -> ImagePlan:
    return read_plan(text, seed=3, guesses=guesses)


@pytest.mark.parametrize("guesses", [None, ROUND_AND_EMPTY])
def test_what_is_said_outright_stands_over_every_guess(guesses: Guesses | None) -> None:
    plan = _plan(STORM, guesses)
    assert plan.style == "geometric"
    assert plan.palette == ("#d62828", "#15131a")
    assert plan.numbers["density"] > 0.7
    assert plan.numbers["angularity"] > 0.7


@pytest.mark.parametrize("guesses", [None, ROUND_AND_EMPTY])
def test_a_lake_is_minimal_blue_and_calm(guesses: Guesses | None) -> None:
    plan = _plan(LAKE, guesses)
    assert plan.style == "minimal"
    assert all(warmth(each) < 0.5 for each in plan.palette)
    assert plan.numbers["movement"] <= 0.25
    assert plan.numbers["density"] <= 0.25


def test_guesses_say_what_the_words_leave_open() -> None:
    plan = _plan("the moment before the exam", ROUND_AND_EMPTY)
    assert (plan.style, plan.mood) == ("rings", "sad")
    assert plan.numbers["density"] == 0.1
    assert plan.palette == ("#102030", "#405060", "#8090a0")


def test_the_form_stands_over_words_and_guesses() -> None:
    plan = read_plan(
        STORM, 3, style="grid", palette=("#ffffff",), chosen={"density": 0.05},
        guesses=ROUND_AND_EMPTY,
    )  # fmt: skip
    assert (plan.style, plan.palette) == ("grid", ("#ffffff",))
    assert plan.numbers["density"] == 0.05


@pytest.mark.parametrize(
    "text", ["golden rings on a dark ground", "深色底上的金色圆环", "gold circles against black"]
)
def test_a_dark_ground_is_most_of_the_picture(text: str) -> None:
    plan = _plan(text)
    assert plan.style == "rings"
    assert sum(_lightness(each) < 25 for each in plan.palette) == 2
    assert any(warmth(each) > 0.7 for each in plan.palette)
    assert plan.numbers["brightness"] < 0.3


@pytest.mark.parametrize(
    "text", ["gestural black strokes on white", "白底黑色书法", "black calligraphy, white paper"]
)
def test_a_white_ground_is_most_of_the_picture(text: str) -> None:
    plan = _plan(text)
    assert plan.style == "gestural"
    assert sum(_lightness(each) > 85 for each in plan.palette) == 2
    assert any(_lightness(each) < 15 for each in plan.palette)
    assert plan.numbers["brightness"] >= 0.8


@pytest.mark.parametrize(
    "text", ["no dark ground please", "海底的光", "red, black and white", "on time"]
)
def test_not_every_colour_is_a_ground(text: str) -> None:
    assert said_ground(text) == ""


def test_two_opposite_words_leave_it_open() -> None:
    both = _plan("crowded yet empty", ROUND_AND_EMPTY).numbers["density"]
    assert both == 0.1


def test_pale_is_paler_than_light_and_dark_is_darker() -> None:
    pale, light, plain, dark = (
        _lightness(found_colours(text)[0])
        for text in ("pale blue", "light blue", "blue", "dark blue")
    )
    assert pale > light > plain > dark


def test_a_named_style_leads_the_ranking_and_all_are_ranked() -> None:
    ranking = style_ranking("a grid of small houses", ROUND_AND_EMPTY)
    assert ranking[:2] == ("grid", "rings")
    assert sorted(ranking) == sorted(STYLES)


@pytest.mark.parametrize("text", [STORM, LAKE, "", "?!", "mood of an old radio", "x" * 900])
def test_the_same_text_gives_the_same_whole_plan(text: str) -> None:
    plan = _plan(text)
    assert plan == _plan(text)
    assert set(plan.numbers) == set(NUMBERS)
    assert all(0 <= value <= 1 for value in plan.numbers.values())
    assert 2 <= len(plan.palette) <= 5
    assert plan.mood in MOODS


def test_palettes_are_as_far_as_their_colours() -> None:
    assert palette_distance(("#ff0000", "#000000"), ("#000000", "#ff0000")) == 0
    assert palette_distance(("#ffffff",), ("#000000",)) == pytest.approx(100, abs=0.1)
