"""A whole kit through the studio: told part by part, every file there, worked on, made again."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from contextlib import aclosing
from typing import Any

import pytest
from PIL import Image

from studio.batch import finished
from studio.crafts.kit_start import start_text
from studio.errors import InvalidInput
from studio.render.banner import SIZES
from studio.requests import Request
from studio.service import Studio
from studio.works import Progress, Work

MORROW: Mapping[str, object] = {
    "brand": "Morrow",
    "product": "refillable steel water bottle for hikers",
    "benefits": ["keeps cold 24 h", "repairable cap"],
    "channel": ["google_rsa", "x"],
    "finish": "none",
    "seed": 5,
}
SCREENS = [name for name, size in SIZES.items() if size.kind != "print"]


def archive(work: Work, version: int = 1) -> zipfile.ZipFile:
    return zipfile.ZipFile(work.outputs[version - 1].files["kit.zip"])


def kept(work: Work) -> dict[str, Any]:
    found: Any = work.outputs[0].data["kept"]
    return dict(found)


@pytest.fixture(scope="module")
def texts() -> set[str]:
    return {"copy.csv", "copy.json", "google-ads.csv", "brand.json", "contact-sheet.pdf"}


async def test_every_part_is_told_and_every_file_is_there(studio: Studio, texts: set[str]) -> None:
    seen: list[Progress] = []
    async with aclosing(studio.kit(MORROW, user="ada")) as progress:
        async for each in progress:
            seen.append(each)
    work = seen[-1].work
    assert work is not None
    names = {part.name for each in seen for part in each.parts}
    assert names == {"copy", "jingle", "picture/wide", "picture/square", "picture/tall"}
    last = seen[-2].parts
    assert {part.state for part in last} == {"done"}
    assert next(part.text for part in last if part.name == "copy")
    (output,) = work.outputs
    assert texts | {"kit.zip", "jingle.wav", "jingle.mid"} <= set(output.files)
    assert [check.name for check in output.checks if not check.passed] == []
    inside = set(archive(work).namelist())
    assert texts | {"jingle.wav", "jingle.mid", "recipe.json"} <= inside
    assert {f"banners/banner-{size}-1.png" for size in SCREENS} <= inside
    assert not any(name.endswith("-2.png") for name in inside)


async def test_banners_have_their_sizes_and_measured_contrast(studio: Studio) -> None:
    work = await finished(studio, "kit", MORROW, "ada")
    rows: Any = work.outputs[0].data["banners"]
    assert {(row["size"], row["layout"]) for row in rows} == {
        (size, layout) for size in SCREENS for layout in (1, 2, 3)
    }
    for row in rows:
        with Image.open(work.outputs[0].files[row["file"]]) as image:
            assert image.size == (row["width"], row["height"])
        assert min(row["contrasts"].values()) >= 4.5
        assert not row["clipped"]


async def test_another_layout_leaves_all_else_and_asks_no_model(
    studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = await finished(studio, "kit", MORROW, "ada")

    def refuse(request: Request) -> None:
        raise AssertionError(request)

    monkeypatch.setattr(studio._manager, "submit", refuse)
    here = {**kept(first), "work": first.id, "version": 1}
    start = start_text("layout", here, layouts={"300x250": 3})
    again = await finished(studio, "kit", {**MORROW, "start": start}, "ada")
    lineage = await studio.lineage(again.id, user="ada")
    assert [each.id for each in lineage] == [first.id, again.id]
    names = archive(again).namelist()
    assert "banners/banner-300x250-3.png" in names
    assert "banners/banner-728x90-1.png" in names
    for name in ("copy.csv", "jingle.wav", "pictures/picture-square.png"):
        assert _same(name, archive(first), archive(again)), name


async def test_an_edit_reaches_the_files(studio: Studio) -> None:
    first = await finished(studio, "kit", MORROW, "ada")
    rows = kept(first)["copy"]["x"]
    rows[0] |= {"text": "Cold at noon. Morrow."}
    start = start_text("edit", kept(first), channels={"x": rows})
    again = await finished(studio, "kit", {**MORROW, "start": start}, "ada")
    assert "Cold at noon. Morrow." in archive(again).read("copy.csv").decode("utf-8-sig")


async def test_the_recipe_in_a_banner_makes_the_same_kit(studio: Studio) -> None:
    first = await finished(studio, "kit", MORROW, "ada")
    path = first.outputs[0].files["banner-300x250-1.png"]
    recipe = await studio.recipe_of(path.name, path.read_bytes())
    assert recipe is not None
    assert recipe["craft"] == "kit"
    again = await finished(studio, "kit", recipe["inputs"], "ada")  # type: ignore[arg-type]
    one, other = archive(first), archive(again)
    assert one.namelist() == other.namelist()
    for name in ("copy.csv", "google-ads.csv", "jingle.wav", "banners/banner-160x600-1.png"):
        assert one.read(name) == other.read(name), name


async def test_an_own_picture_is_on_the_banners(studio: Studio) -> None:
    file = io.BytesIO()
    Image.new("RGB", (900, 700), "#1144aa").save(file, "PNG")
    name = await studio.keep_upload(file.getvalue(), user="ada")
    work = await finished(studio, "kit", {**MORROW, "upload": name}, "ada")
    with Image.open(work.outputs[0].files["picture-square.png"]) as image:
        assert image.convert("RGB").getpixel((500, 500)) == (0x11, 0x44, 0xAA)
    with pytest.raises(InvalidInput):
        await finished(studio, "kit", {**MORROW, "upload": name}, "somebody else")


async def test_a_brand_card_is_in_the_kit(studio: Studio) -> None:
    card = {"name": "Morrow", "colours": ["#0b3c49", "#e8d8b4"], "font": "serif"}
    work = await finished(studio, "kit", {**MORROW, "brand_card": card}, "ada")
    brand = json.loads(archive(work).read("brand.json"))
    assert (brand["colours"], brand["font"]) == (card["colours"], "serif")


def _same(name: str, one: zipfile.ZipFile, other: zipfile.ZipFile) -> bool:
    """Equal but for the recipe inside: sound and pixels are compared, not their comments."""
    left, right = one.read(name), other.read(name)
    if name.endswith(".png"):
        with Image.open(io.BytesIO(left)) as a, Image.open(io.BytesIO(right)) as b:
            return a.tobytes() == b.tobytes()
    if name.endswith(".wav"):
        at = left.index(b"data")
        return left[at : at + 100_000] == right[right.index(b"data") :][:100_000]
    return left == right
