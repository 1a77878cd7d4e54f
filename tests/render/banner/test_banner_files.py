"""The files of a kit's banners: for an ad server, for an editor, for a printer, for a look."""

from __future__ import annotations

import base64
import io
import json
import re
import zlib
from xml.etree import ElementTree

import pytest
from PIL import Image

from studio.render.banner import SIZES, banner_files
from studio.render.contact_sheet import contact_sheet
from studio.render.recipe import recipe_of
from tests.render.banner.made import COPY, LOOK, PICTURES

RECIPE = {"craft": "kit", "inputs": {"brand": "Morrow"}, "seed": 3}
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def made() -> tuple[tuple[dict, ...], dict]:
    sizes = ("970x250", "300x600", "1080x1080", "a4")
    rows, files = banner_files(COPY["zh"], LOOK, PICTURES["busy"], sizes, "zh", RECIPE)
    return rows, {each.name: each for each in files}


def box_of(pdf: bytes, name: str) -> list[float]:
    found = re.search(rf"/{name} \[\s*([-\d. ]+)\]".encode(), pdf)
    assert found, f"no {name}"
    return [float(each) for each in found[1].split()]


def contents_of(pdf: bytes) -> bytes:
    """The page's drawing commands, unpacked."""
    streams = re.findall(rb"ASCII85Decode /FlateDecode.*?stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    return b"\n".join(
        zlib.decompress(base64.a85decode(b"<~" + each.strip(), adobe=True)) for each in streams
    )


def test_a_row_names_files_that_are_there(made) -> None:
    rows, files = made
    json.dumps(rows)
    assert len(rows) == 12
    for row in rows:
        assert {row["file"], row["preview"]} <= set(files)
        assert row["svg"] in files or row["kind"] == "print"
        if row["kind"] != "print":
            image = Image.open(io.BytesIO(files[row["file"]].content))
            assert image.size == (row["width"], row["height"])
        assert min(row["contrasts"].values()) >= 4.5
        assert not row["clipped"]


def test_an_ad_server_takes_every_display_banner() -> None:
    sizes = [name for name, size in SIZES.items() if size.kind == "display"]
    _, files = banner_files(COPY["en"], LOOK, PICTURES["noise"], sizes, "en", RECIPE)
    for each in files:
        if each.mime == "image/png":
            assert len(each.content) <= 150_000, each.name


def test_the_recipe_is_in_the_files(made) -> None:
    _, files = made
    for name in ("banner-1080x1080-1.png", "banner-970x250-2.svg", "print-a4-3.pdf"):
        assert recipe_of(name, files[name].content) == RECIPE


def test_an_svg_is_well_formed_with_the_recipe_in_it(made) -> None:
    _, files = made
    root = ElementTree.fromstring(files["banner-300x600-1.svg"].content)
    assert (root.get("width"), root.get("height")) == ("300", "600")


def test_a_printed_sheet_has_its_bleed_and_marks(made) -> None:
    _, files = made
    for layout in (1, 2, 3):
        pdf = files[f"print-a4-{layout}.pdf"].content
        media, trim, bleed = (box_of(pdf, each) for each in ("MediaBox", "TrimBox", "BleedBox"))
        assert trim[2] - trim[0] == pytest.approx(210 * POINTS_PER_MM, abs=0.3)
        assert trim[3] - trim[1] == pytest.approx(297 * POINTS_PER_MM, abs=0.3)
        for low, high in ((0, 2), (1, 3)):
            assert trim[low] - bleed[low] == pytest.approx(3 * POINTS_PER_MM, abs=0.05)
            assert bleed[high] - trim[high] == pytest.approx(3 * POINTS_PER_MM, abs=0.05)
        assert media[0] < bleed[0]
        assert media[3] > bleed[3]


def test_a_printed_sheet_needs_no_fonts_and_holds_its_picture_as_jpeg(made) -> None:
    _, files = made
    pdf = files["print-a4-2.pdf"].content
    drawn = contents_of(pdf)
    assert drawn
    assert not re.search(rb"\b(BT|Tf|Tj|TJ)\b", drawn)
    assert drawn.count(b" c\n") + drawn.count(b" c ") > 100
    assert b"/DCTDecode" in pdf


def test_a_printed_picture_reaches_into_the_bleed() -> None:
    rows, _ = banner_files(COPY["en"], LOOK, PICTURES["white"], ("a4",), "en", {})
    assert [row["layout"] for row in rows] == [1, 2, 3]
    assert SIZES["a4"].bleed / 300 * 25.4 >= 3


def test_the_contact_sheet_shows_every_layout_on_a_page_across(made) -> None:
    rows, files = made
    pdf = contact_sheet(rows, list(files.values()), "Morrow · 冷水三分钟")
    assert pdf.startswith(b"%PDF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 3
    assert box_of(pdf, "MediaBox")[2:] == pytest.approx([841.89, 595.28], abs=0.1)
    assert contact_sheet(rows, list(files.values()), "Morrow · 冷水三分钟") == pdf
