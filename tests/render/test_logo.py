"""A logo out of a file: small enough for a card, and its colours as they were drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from studio.ads.brand import Brand
from studio.errors import InvalidInput
from studio.render.logo import logo_image, main_colours, read_logo

GREEN, AMBER, RED, INK = "#0b6e4f", "#f2a541", "#c8102e", "#1a1a1a"


def as_file(image: Image.Image, kind: str = "PNG") -> bytes:
    file = io.BytesIO()
    image.save(file, kind)
    return file.getvalue()


def a_mark() -> Image.Image:
    """Two discs on nothing."""
    image = Image.new("RGBA", (800, 600), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.ellipse((150, 100, 450, 400), fill=GREEN)
    draw.ellipse((350, 200, 650, 500), fill=AMBER)
    return image


def test_a_flat_mark_gives_exactly_its_own_colours():
    assert set(read_logo(as_file(a_mark())).colours) == {GREEN, AMBER}


def test_paper_comes_last_and_the_strong_colour_first():
    image = Image.new("RGB", (900, 400), "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((60, 80, 200, 220), fill=RED)
    draw.rectangle((260, 80, 860, 220), fill=INK)
    assert read_logo(as_file(image)).colours == (RED, INK, "#ffffff")


def test_soft_edges_are_no_colours():
    large = Image.new("RGB", (1200, 1200), "white")
    ImageDraw.Draw(large).ellipse((100, 100, 1100, 1100), fill=RED)
    soft = large.resize((90, 90), Image.Resampling.BICUBIC).resize((400, 400))
    assert len(main_colours(soft.convert("RGBA"))) == 2


def test_a_logo_is_cropped_to_what_is_seen_and_fits_a_card():
    logo = read_logo(as_file(a_mark()))
    image = logo_image(logo.png)
    assert image.width == 256
    assert image.height == pytest.approx(256 * 400 / 500, abs=2)
    assert image.getpixel((2, 2))[3] == 0
    assert Brand.read({"name": "M", "logo": logo.png}).logo == logo.png


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_the_busiest_photograph_still_fits(kind):
    noise = np.random.default_rng(0).integers(0, 256, (700, 700, 3), np.uint8)
    logo = read_logo(as_file(Image.fromarray(noise), kind))
    assert len(logo.png) <= 24_000
    assert logo_image(logo.png).width >= 48
    assert 1 <= len(logo.colours) <= 6


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no_picture"),
        (b"PK\x03\x04" + bytes(100), "no_picture"),
        (as_file(a_mark())[:400], "no_picture"),
        (as_file(Image.new("RGBA", (50, 50), (0, 0, 0, 0))), "logo_empty"),
        (as_file(Image.new("1", (10_000, 8_001))), "picture_too_large"),
    ],
)
def test_bad_uploads_are_refused_by_what_they_are(content, code):
    with pytest.raises(InvalidInput) as refused:
        read_logo(content)
    assert (refused.value.field, refused.value.code) == ("file", code)


def test_a_card_can_not_smuggle_a_broken_logo():
    whole = read_logo(as_file(a_mark())).png
    for broken in ("", "????", whole[: len(whole) // 8 * 4]):
        with pytest.raises(InvalidInput) as refused:
            logo_image(broken)
        assert refused.value.code == "brand_logo"
