"""Harmonies around a colour, on the hue circle of OKLCh."""

from __future__ import annotations

import random

import numpy as np
import pytest

from studio.crafts.colour_harmony import TURNS, harmonies
from studio.crafts.oklch import hex_to_oklch, oklch_to_hex
from studio.crafts.palette import hex_to_rgb, rgb_to_hex
from studio.render.oklab import oklab


def _random_colours(count: int) -> list[str]:
    chance = random.Random(2)
    return [rgb_to_hex([chance.randrange(256) for _ in "rgb"]) for _ in range(count)]


def _apart(one: float, other: float) -> float:
    return abs((one - other + 180) % 360 - 180)


def test_there_and_back_and_the_same_as_on_arrays() -> None:
    for colour in _random_colours(60):
        light, chroma, _ = hex_to_oklch(colour)
        assert oklch_to_hex(hex_to_oklch(colour)) == colour
        expected = oklab(np.array(hex_to_rgb(colour)) / 255)
        assert light == pytest.approx(expected[0], abs=1e-6)
        assert chroma == pytest.approx(float(np.hypot(*expected[1:])), abs=1e-6)


def test_what_a_screen_can_not_show_keeps_its_lightness_and_hue() -> None:
    light, _, hue = hex_to_oklch(oklch_to_hex((0.6, 0.4, 150)))
    assert light == pytest.approx(0.6, abs=0.01)
    assert _apart(hue, 150) < 2


def test_every_harmony_holds_its_colour_once_and_the_others_differ() -> None:
    for colour in ("#e63946", "#2a9d8f", "#f4a261", "#1d3557"):
        for count in (2, 5, 8):
            found = harmonies(colour, count)
            assert set(found) == {*TURNS, "tints"}
            assert all(palette.count(colour) == 1 for palette in found.values())
            assert all(len(set(palette)) == count for palette in found.values())


@pytest.mark.parametrize(
    ("name", "turns"),
    [
        ("complement", [180]),
        ("split", [150, 210]),
        ("triad", [120, 240]),
        ("tetrad", [90, 180, 270]),
        ("analogous", [30, 330]),
    ],
)
def test_the_hues_stand_at_their_angles_and_look_equally_light(name: str, turns: list[int]) -> None:
    light, _, hue = hex_to_oklch("#b0533c")
    palette = harmonies("#b0533c", len(turns) + 1)[name]
    for turn, colour in zip(turns, sorted(palette[1:], key=lambda each: _turn(each, hue)),
                            strict=True):  # fmt: skip
        found = hex_to_oklch(colour)
        assert _apart(found[2], hue + turn) < 3
        assert found[0] == pytest.approx(light, abs=0.02)


def _turn(colour: str, hue: float) -> float:
    return (hex_to_oklch(colour)[2] - hue) % 360


def test_a_grey_stays_grey() -> None:
    assert all(
        hex_to_oklch(each)[1] < 0.01
        for palette in harmonies("#808080").values()
        for each in palette
    )
