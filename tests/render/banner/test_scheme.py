"""A brand's colours on a banner: whatever they are, text and button stand out."""

from __future__ import annotations

import numpy as np
import pytest

from studio.render.banner.scheme import button_on, lch, scheme_of
from studio.render.swatches import contrast_ratio

RANDOM = np.random.default_rng(3)
BRANDS = [
    tuple(f"#{each:06x}" for each in RANDOM.integers(0, 1 << 24, count))
    for count in (1, 2, 3, 5)
    for _ in range(12)
]


@pytest.mark.parametrize("brand", [*BRANDS, ("#ffffff",), ("#000000",), ("#808080",), ()])
def test_panel_and_paper_carry_text_and_buttons_carry_labels(brand: tuple[str, ...]) -> None:
    scheme = scheme_of(brand)
    assert contrast_ratio(scheme.panel, scheme.on_panel) >= 4.5
    assert contrast_ratio(scheme.paper, scheme.ink) >= 7
    for ground in (scheme.panel, scheme.paper, scheme.ink):
        button = button_on(scheme, (ground,))
        assert contrast_ratio(button.fill, button.label) >= 4.5
        assert contrast_ratio(button.fill, ground) >= 3


def test_a_panel_keeps_the_brands_hue() -> None:
    for colour in ("#e63946", "#2f5d50", "#f4a261", "#3d5af1"):
        panel = scheme_of((colour,)).panel
        turn = abs(lch(panel)[2] - lch(colour)[2])
        assert min(turn, 2 * np.pi - turn) < 0.12


def test_the_accent_is_the_button() -> None:
    scheme = scheme_of(("#1f4e5f", "#d9783a", "#f2ede4"))
    for ground in (scheme.panel, scheme.paper):
        hue = lch(button_on(scheme, (ground,)).fill)[2]
        assert abs(hue - lch("#d9783a")[2]) < 0.2


def test_what_is_no_colour_is_passed_over() -> None:
    assert scheme_of(("red-ish", "#2f5d50")).brand == ("#2f5d50",)
