"""Palettes from a brand, and whether text can be read on a colour."""

from __future__ import annotations

import pytest

from studio.crafts.image_colours import (
    blended,
    brand_colours,
    contrast_table,
    readable_on,
    toned,
)

BRAND = ("#e63946", "#1d3557", "#f1faee")


def test_contrast_is_that_of_the_web_guidelines() -> None:
    table = contrast_table(("#000000", "#ffffff", "#767676"))
    assert table[0][1] == table[1][0] == 21
    assert table[1][2] == pytest.approx(4.54, abs=0.01)
    assert table[2][2] == 1
    assert readable_on("#1d3557") == "#ffffff"
    assert readable_on("#f1faee") == "#000000"


def test_a_brands_colours_are_found_once_each() -> None:
    assert brand_colours("Red #E63946 on #1d3557; red again #e63946") == BRAND[:2]


def test_nothing_changes_when_nothing_is_asked() -> None:
    assert toned(BRAND, {}) == BRAND
    assert blended(BRAND, BRAND[::-1], 0) == BRAND
