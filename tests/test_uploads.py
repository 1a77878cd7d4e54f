"""Pictures that a person brings: kept once, given back to that person alone."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from studio.crafts.craft import Output
from studio.errors import InvalidInput
from studio.uploads import LONGEST_EDGE, Uploads, brought


def png(width: int = 40, height: int = 20, colour: str = "#c0392b") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    return Uploads(tmp_path / "uploads")


def test_a_picture_comes_back_as_it_was(uploads: Uploads) -> None:
    name = uploads.keep(brought(png()), "ann")
    picture = uploads.opened(name, "ann")
    assert (picture.width, picture.height) == (40, 20)
    assert picture.rgb[:3] == bytes((0xC0, 0x39, 0x2B))


def test_the_same_picture_is_kept_once(uploads: Uploads, tmp_path: Path) -> None:
    assert uploads.keep(brought(png()), "ann") == uploads.keep(brought(png()), "ann")
    assert len(list(tmp_path.rglob("*.png"))) == 1
    assert not list(tmp_path.rglob("*.part"))


def test_nobody_else_can_have_it(uploads: Uploads) -> None:
    name = uploads.keep(brought(png()), "ann")
    with pytest.raises(InvalidInput) as caught:
        uploads.opened(name, "bob")
    assert caught.value.field == "upload"


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "0" * 64, "a/b", "C" * 64])
def test_no_name_leaves_the_folder(uploads: Uploads, name: str) -> None:
    with pytest.raises(InvalidInput):
        uploads.opened(name, "ann")


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"PK\x03\x04zip"])
def test_what_is_no_picture_is_refused(uploads: Uploads, content: bytes, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        uploads.keep(brought(content), "ann")
    assert not list(tmp_path.rglob("*.png"))


def test_a_large_one_is_made_smaller(uploads: Uploads) -> None:
    whole = brought(png(LONGEST_EDGE + 100, 50))
    picture = uploads.opened(uploads.keep(whole, "ann"), "ann")
    assert picture.width == LONGEST_EDGE


def test_it_lies_beside_what_a_form_asks_for(uploads: Uploads) -> None:
    name = uploads.keep(brought(png()), "ann")
    (with_it,) = uploads.beside([Output("words")], {"upload": name}, "ann")
    assert [part.name for part in with_it.parts] == ["picture/upload"]
    assert uploads.beside([Output("words")], {"upload": ""}, "ann") == (Output("words"),)
    with pytest.raises(InvalidInput):
        uploads.check({"upload": "f" * 64}, "ann")
