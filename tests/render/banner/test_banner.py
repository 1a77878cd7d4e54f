"""A banner: everything on it reads, nothing is cut off or covered, whatever picture it lies on."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import numpy as np
import pytest
from PIL import Image, ImageFilter

from studio.ads.banner_copy import BannerCopy
from studio.errors import InvalidInput
from studio.render.banner import LAYOUTS, SIZES, BannerLook, banner
from studio.render.banner.banner import Banner
from studio.render.banner.picture_stock import PictureStock
from tests.render.banner.made import COPY, LOOK, PICTURES, SCREENS, a_logo
from tests.render.banner.seen import Text, texts, worst_contrast

PLAIN = PICTURES["grey"]
FEW = ("300x250", "320x50", "160x600", "1200x628")
LONG = BannerCopy(
    "Extraordinarily comprehensive neighbourhood lighting consultations for everyone",
    "Extraordinary lights",
    "Consultations, installation and maintenance included, wherever you happen to live.",
    "Learn more now",
)


def of_sizes(
    picture: str,
    lang: str,
    look: BannerLook = LOOK,
    sizes: Iterable[str] = SCREENS,
    layouts: Iterable[int] = LAYOUTS,
) -> list[Banner]:
    stock = PictureStock(PICTURES[picture], [SIZES[each] for each in sizes])
    return [
        banner(COPY[lang], look, stock, *each, lang) for each in itertools.product(sizes, layouts)
    ]


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5


def inside(text: Text, box: tuple[float, ...]) -> bool:
    left, top, right, bottom = text.ink
    return left >= box[0] - 1 and top >= box[1] - 1 and right <= box[2] + 1 and bottom <= box[3] + 1


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    # Only the first layout sets text on the picture itself.
    ("picture", "layouts"),
    [("noise", (1, 2, 3)), ("busy", (1,)), ("white", (1,)), ("black", (1,)), ("grey", (1,))],
)
def test_every_text_reads_and_stands_free(
    picture: str, layouts: tuple[int, ...], lang: str
) -> None:
    for made in of_sizes(picture, lang, layouts=layouts):
        size, where = SIZES[made.size], f"{made.size} layout {made.layout}"
        for text in texts(made):
            contrast = worst_contrast(made, text)
            assert contrast >= 4.5, f"{where}: {text.name}"
            assert abs(contrast - made.contrasts[text.name]) < 0.1, where
            assert inside(text, size.safe), f"{where}: {text.name} leaves the safe zone"
            least = getattr(size.type, {"logo": "brand"}.get(text.name, text.name))[0]
            assert made.type_px[text.name] >= least, f"{where}: {text.name} is tiny"
        assert not made.clipped
        assert {"headline", "cta", "logo"} <= set(made.boxes)
        for one, other in itertools.combinations(made.boxes.values(), 2):
            assert not overlap(one, other), where


def test_the_glyphs_have_the_colour_that_was_measured() -> None:
    made = banner(COPY["en"], LOOK, PICTURES["busy"], "1080x1080", 1, "en")
    for text in texts(made):
        within = np.asarray(Image.fromarray(text.mask).filter(ImageFilter.MinFilter(3)))
        solid = np.asarray(made.image)[within > 250]
        assert np.abs(solid.astype(int) - np.array(text.colour)).max() <= 4


def test_the_svg_says_the_copy_and_carries_its_fonts() -> None:
    for lang, joint in (("en", " "), ("zh", "")):
        copy = COPY[lang]
        made = banner(copy, LOOK, PLAIN, "1080x1350", 2, lang)
        said = {each.name: joint.join(each.lines) for each in texts(made)}
        assert said["headline"] in (copy.headline, copy.short_headline)
        assert (said["subline"], said["cta"], said["logo"]) == (copy.subline, copy.cta, "Morrow")
        assert "font/woff2;base64," in made.svg


def test_the_same_again() -> None:
    first, second = (
        banner(COPY["zh"], LOOK, PICTURES["busy"], "300x600", 1, "zh") for _ in range(2)
    )
    assert first.image.tobytes() == second.image.tobytes()
    assert first.svg == second.svg


@pytest.mark.parametrize("size", SCREENS)
def test_very_long_copy_is_set_whole(size: str) -> None:
    for layout in LAYOUTS:
        made = banner(LONG, LOOK, PLAIN, size, layout, "en")
        assert not made.clipped
        headline = " ".join(next(each for each in texts(made) if each.name == "headline").lines)
        assert headline in (LONG.headline, LONG.short_headline)
        assert made.type_px["headline"] >= 0.7 * SIZES[size].type.headline[0]


def test_a_story_keeps_clear_of_the_apps_own_controls() -> None:
    for layout in LAYOUTS:
        made = banner(COPY["en"], LOOK, PICTURES["noise"], "1080x1920", layout, "en")
        assert min(each[1] for each in made.boxes.values()) >= 0.14 * 1920
        assert max(each[3] for each in made.boxes.values()) <= 0.80 * 1920


def test_a_calm_picture_needs_no_veil_and_a_wild_one_gets_a_ground() -> None:
    calm = banner(COPY["en"], LOOK, PICTURES["white"], "1080x1080", 1, "en")
    assert not calm.scrim
    assert calm.drawing.fills[0].box != calm.drawing.size.whole
    wild = banner(COPY["en"], LOOK, PICTURES["noise"], "1080x1080", 1, "en")
    assert wild.scrim or len(wild.drawing.fills) > len(calm.drawing.fills)


def test_a_row_on_a_wild_picture_gets_a_veil() -> None:
    assert banner(COPY["en"], LOOK, PICTURES["noise"], "728x90", 1, "en").scrim


def test_the_three_layouts_show_three_different_things() -> None:
    made = [banner(COPY["en"], LOOK, PICTURES["busy"], "1200x628", n, "en") for n in LAYOUTS]
    shown = [each.drawing.picture_box for each in made]
    assert len(set(shown)) == 3
    assert shown[0].width == 1200
    assert made[1].drawing.panel is not None


@pytest.mark.parametrize("colour", ["#ffffff", "#101010"])
def test_a_logo_is_seen_on_every_ground(colour: str) -> None:
    look = BannerLook(LOOK.colours, "sans", "Morrow", a_logo(colour))
    for picture in ("white", "black"):
        for made in of_sizes(picture, "en", look, FEW):
            left, top, right, bottom = (round(each) for each in made.boxes["logo"])
            pixels = np.asarray(made.image.crop((left, top, right, bottom)).convert("L"), int)
            assert pixels.max() - pixels.min() > 90, f"{made.size} layout {made.layout}"


def test_the_button_is_a_button() -> None:
    for made in of_sizes("grey", "en", sizes=FEW):
        left, top, right, bottom = made.boxes["cta"]
        label = next(each for each in texts(made) if each.name == "cta")
        assert left < label.ink[0] - 4
        assert right > label.ink[2] + 4
        assert bottom - top >= 1.9 * made.type_px["cta"]


def test_a_brand_without_colours_or_name_still_gets_a_banner() -> None:
    made = banner(COPY["en"], BannerLook(), {"square": PLAIN["square"]}, "300x250", 2, "en")
    assert set(made.boxes) == {"headline", "subline", "cta"}


def test_only_a_headline() -> None:
    made = banner(BannerCopy("Hello", "", "", ""), LOOK, PLAIN, "336x280", 3, "en")
    assert set(made.boxes) == {"headline", "logo"}


def test_what_is_unknown_is_said() -> None:
    with pytest.raises(InvalidInput) as size:
        banner(COPY["en"], LOOK, PLAIN, "10x10", 1, "en")
    assert size.value.field == "size"
    with pytest.raises(InvalidInput):
        banner(COPY["en"], LOOK, PLAIN, "300x250", 4, "en")
    with pytest.raises(InvalidInput):
        banner(BannerCopy("", "", "", ""), LOOK, PLAIN, "300x250", 1, "en")


def test_a_picture_is_painted_once_and_large_enough() -> None:
    asked: list[tuple[int, int]] = []

    def paint(width: int, height: int) -> Image.Image:
        asked.append((width, height))
        return Image.new("RGB", (width, height), "#336655")

    stock = PictureStock({"square": paint}, [SIZES["1080x1080"], SIZES["300x250"]])
    for layout in LAYOUTS:
        banner(COPY["en"], LOOK, stock, "1080x1080", layout, "en")
        banner(COPY["en"], LOOK, stock, "300x250", layout, "en")
    assert asked == [(1080, 1080)]
