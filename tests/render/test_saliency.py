"""Where a picture draws the eye: crops keep it, text keeps off it."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from studio.render.saliency import attention, best_crop, within


def a_disc(x: float, y: float, size: tuple[int, int] = (400, 400)) -> Image.Image:
    """A red disc on pale blue; x and y as shares."""
    image = Image.new("RGB", size, "#cfe0ea")
    place, radius = (x * size[0], y * size[1]), 50
    box = (place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius)
    ImageDraw.Draw(image).ellipse(box, fill="#c8102e")
    return image


@pytest.mark.parametrize("x", [0.15, 0.5, 0.85])
def test_a_crop_keeps_what_is_seen_first(x: float) -> None:
    left, _, right, _ = best_crop(attention(a_disc(x, 0.5)), 1.0, 0.4)
    assert left <= x <= right


def test_a_crop_has_the_asked_shape() -> None:
    left, top, right, bottom = best_crop(attention(a_disc(0.5, 0.5, (600, 300))), 2.0, 1.0)
    assert (right - left) * 2 == pytest.approx(bottom - top, abs=0.01)


def test_text_is_kept_off_what_is_seen_first() -> None:
    seen = attention(a_disc(0.3, 0.5, (800, 320)))
    crop = best_crop(seen, 2.5, 1.5, clear=(0.5, 0.0, 1.0, 1.0))
    assert seen.salient(within(crop, (0.5, 0.0, 1.0, 1.0))) < seen.salient(crop)
    assert crop[0] <= 0.3 <= (crop[0] + crop[2]) / 2 + 0.02


def test_busy_is_busier_than_flat_and_flat_is_quiet() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (90, 90, 3), np.uint8)
    image = Image.new("RGB", (400, 400), "#777777")
    image.paste(Image.fromarray(noise).resize((200, 400), Image.Resampling.NEAREST), (200, 0))
    seen = attention(image)
    assert seen.busy((0.0, 0.0, 0.4, 1.0)) < 0.2 * seen.busy((0.6, 0.0, 1.0, 1.0))
    assert attention(Image.new("RGB", (50, 20), "#123456")).busy((0, 0, 1, 1)) < 0.01
