"""A picture that a person brings never crashes the studio."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from studio.errors import InvalidInput
from studio.render.picture import finished
from studio.render.picture_upload import uploaded_picture


def _file(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "L", "1", "RGB", "I;16"])
def test_any_kind_of_pixels_becomes_a_picture(mode: str) -> None:
    picture = uploaded_picture(_file(Image.new(mode, (300, 200))), 128)
    assert (picture.width, picture.height, len(picture.rgb)) == (128, 85, 128 * 85 * 3)
    assert finished(picture, "oil", 256, 1).mode == "RGB"


def test_what_is_transparent_lies_on_white() -> None:
    clear = Image.new("RGBA", (64, 64), (255, 0, 0, 0))
    assert set(uploaded_picture(_file(clear)).rgb) == {255}


def test_a_photograph_taken_sideways_stands_upright() -> None:
    turned = Image.Exif()
    turned[274] = 6
    picture = uploaded_picture(_file(Image.new("RGB", (80, 40)), "JPEG", exif=turned))
    assert (picture.width, picture.height) == (40, 80)


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidInput) as refused:
        uploaded_picture(content)
    assert refused.value.field == "file"
