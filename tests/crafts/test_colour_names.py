"""Swatches have names that a person would use."""

from __future__ import annotations

import random

import pytest

from studio.crafts.colour_names import COLOUR_NAMES, colour_name, fits
from studio.crafts.palette import is_hex


@pytest.mark.parametrize(
    ("colour", "english", "chinese"),
    [
        ("#d62828", "red", "红"),
        ("#1B4332", "forest", "墨绿"),
        ("#f5ecd6", "cream", "米白"),
        ("#000", "black", "黑"),
        ("#fefefe", "pure white", "纯白"),
        ("#14244b", "navy", "藏青"),
    ],
)
def test_a_colour_has_its_name_in_both_languages(colour: str, english: str, chinese: str) -> None:
    assert colour_name(colour) == english
    assert colour_name(colour, "zh") == chinese


def test_every_name_is_its_own() -> None:
    assert len(COLOUR_NAMES) >= 110
    assert all(is_hex(colour) and colour_name(colour) == en for colour, en, _ in COLOUR_NAMES)
    assert len({en for _, en, _ in COLOUR_NAMES}) == len(COLOUR_NAMES)
    assert len({zh for _, _, zh in COLOUR_NAMES}) == len(COLOUR_NAMES)


def test_most_colours_have_a_name_that_fits() -> None:
    rng = random.Random(1)
    muted = ["#" + "".join(f"{rng.randint(40, 220):02x}" for _ in range(3)) for _ in range(200)]
    assert sum(map(fits, muted)) > 100
    assert not fits("#00ff00")
    assert colour_name("#00ff00").endswith(("lime", "green"))


def test_what_is_no_colour_is_refused() -> None:
    with pytest.raises(ValueError, match="not a hex"):
        colour_name("blurple")
