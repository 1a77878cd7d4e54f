"""A filled form has every field, a drawn seed, and a clear sentence for what is wrong."""

from __future__ import annotations

import pytest

from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Field
from studio.crafts.form import fill, spoken_language, written
from studio.errors import InvalidInput

CRAFT = Craft(
    name="sketch",
    output="text",
    fields=(
        Field("text", "paragraph", required=True, max_length=40),
        Field("form", "choice", "haiku", choices=("haiku", "couplet")),
        Field("warmth", "number", -1, minimum=0, maximum=1, step=0.1),
        Field("n", "number", 2, minimum=1, maximum=4),
        Field("benefits", "lines"),
        Field("loud", "toggle", False),
        Field("seed", "seed"),
    ),
    order=lambda inputs, roster: pytest.fail("not called"),
    finish=lambda order, completions: pytest.fail("not called"),
)


def filled(**given: object) -> dict[str, object]:
    return dict(fill(CRAFT, {"text": "frost", **given}, lambda: 77))


def test_missing_fields_take_their_defaults_and_zero_draws_a_seed() -> None:
    assert filled() == {
        "text": "frost",
        "form": "haiku",
        "warmth": -1,
        "n": 2,
        "benefits": (),
        "loud": False,
        "seed": 77,
        "lang": "auto",
    }


def test_a_given_seed_stays() -> None:
    assert filled(seed="12")["seed"] == 12


def test_lines_may_come_as_text_or_as_a_list() -> None:
    assert filled(benefits="one\n\n two ")["benefits"] == ("one", "two")
    assert filled(benefits=["one", "two"])["benefits"] == ("one", "two")


def test_numbers_from_the_command_line_are_text() -> None:
    given = filled(n="3", warmth="0.25")
    assert (given["n"], given["warmth"]) == (3, 0.25)


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"text": "  "}, "text", "required"),
        ({"text": "x" * 41}, "text", "too_long"),
        ({"form": "ode"}, "form", "no_choice"),
        ({"n": 9}, "n", "out_of_range"),
        ({"n": "many"}, "n", "no_number"),
        ({"colour": "red"}, "colour", "no_field"),
    ],
)
def test_a_wrong_field_is_named(wrong: dict[str, object], field: str, code: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        filled(**wrong)
    assert (caught.value.field, caught.value.code) == (field, code)


def test_the_automatic_value_is_always_allowed() -> None:
    assert filled(warmth=-1)["warmth"] == -1


@pytest.mark.parametrize(
    ("text", "asked", "spoken"),
    [
        ("first frost", "auto", "en"),
        ("春日茶园", "auto", "zh"),
        ("为 Morrow 写一句广告", "auto", "zh"),
        ("春日茶园", "en", "en"),
        ("", "auto", "en"),
    ],
)
def test_the_language_is_heard_from_the_text(text: str, asked: str, spoken: str) -> None:
    assert spoken_language(text, asked) == spoken


def test_what_a_brand_card_says_is_read_by_the_filter() -> None:
    card = {
        "name": "Morrow",
        "examples": ["hold the line"],
        "claims": [{"text": "a", "proof": "b"}],
    }
    filled = fill(CRAFTS["kit"], {"brand": "M", "product": "p", "brand_card": card}, lambda: 1)
    said = written(CRAFTS["kit"], filled)
    assert "hold the line" in said
    assert "b" in said.splitlines()
