"""Finished pictures: the right size, the composition's colours, the recipe inside."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from studio.crafts.craft import Output
from studio.errors import InvalidInput
from studio.render import oil
from studio.render.brushes import _BRUSH_LONG, _BRUSH_WIDE, _looked_up
from studio.render.picture import finished, picture_files
from studio.render.recipe import recipe_of
from studio.requests import Picture

RECIPE = {"craft": "image", "inputs": {"text": "宁静的湖面", "seed": 7}}


@pytest.fixture(scope="module")
def composition() -> Picture:
    """A red disc and a dark bar on a light ground, 256 px."""
    image = Image.new("RGB", (256, 256), "#f3eee3")
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 50, 150, 160), fill="#c8553d")
    pen.rectangle((20, 190, 236, 204), fill="#26211f")
    return Picture(256, 256, image.tobytes())


def _output(picture: Picture | None, finish: str = "oil", size: int = 256) -> Output:
    return Output(picture=picture, data={"finish": finish, "size": size}, seed=7)


def _array(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), float)


@pytest.mark.parametrize("finish", ["oil", "smooth"])
def test_the_file_has_the_asked_size_and_carries_its_recipe(
    composition: Picture, finish: str
) -> None:
    (file,) = picture_files(_output(composition, finish, 320), RECIPE)
    assert (file.name, file.mime) == ("picture.png", "image/png")
    image = Image.open(io.BytesIO(file.content))
    assert image.size == (320, 320)
    assert recipe_of(file.name, file.content) == RECIPE
    assert "trainedAlgorithmicMedia" in image.info["XML:com.adobe.xmp"]


def test_no_picture_no_file() -> None:
    assert picture_files(_output(None), RECIPE) == ()


@pytest.mark.parametrize(("finish", "size", "field"), [("gold", 512, "finish"), ("oil", 9, "size")])
def test_what_can_not_be_painted_is_refused(
    composition: Picture, finish: str, size: int, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        picture_files(_output(composition, finish, size), RECIPE)
    assert refused.value.field == field


def test_oil_keeps_the_forms_and_colours(composition: Picture) -> None:
    painted = _array(finished(composition, "oil", 256, 7))
    plain = np.frombuffer(composition.rgb, np.uint8).reshape(256, 256, 3).astype(float)
    assert np.abs(painted - plain).mean() < 14
    disc, bar = painted[80:130, 70:120].mean((0, 1)), painted[194:200, 60:200].mean((0, 1))
    assert disc[0] - disc[2] > 80
    assert bar.max() < 90


def test_oil_is_the_same_picture_at_any_size(composition: Picture) -> None:
    small = finished(composition, "oil", 256, 7)
    large = finished(composition, "oil", 768, 7).resize((256, 256), Image.Resampling.BOX)
    assert np.abs(_array(small) - _array(large)).mean() < 7


def test_oil_depends_on_the_seed_alone(composition: Picture) -> None:
    first, again, other = (finished(composition, "oil", 256, seed) for seed in (7, 7, 8))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


def test_tiles_meet_without_seams(composition: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = finished(composition, "oil", 300, 7)
    monkeypatch.setattr(oil, "_TILE", 96)
    tiled = finished(composition, "oil", 300, 7)
    assert np.abs(_array(whole) - _array(tiled)).max() <= 2


def test_a_wide_composition_keeps_its_shape() -> None:
    wide = Picture(200, 100, bytes([200, 80, 40]) * 20000)
    assert finished(wide, "oil", 256, 1).size == (256, 128)
    assert finished(wide, "smooth", 256, 1).size == (256, 128)


def test_smooth_keeps_contours_sharp(composition: Picture) -> None:
    large = _array(finished(composition, "smooth", 1024, 0)).mean(-1)
    column = large[700:900, 512]
    between = ((column > 60) & (column < 200)).sum()
    assert between <= 10, "a contour is a few pixels wide, not a ramp"


def test_a_stroke_may_end_on_the_brushs_very_edge():
    """Once, in a few thousand pictures, float32 rounded a lookup one past the last brush."""
    brushes = np.ones((2, _BRUSH_LONG, _BRUSH_WIDE, 2), np.float32)
    edge = np.full((1, 1, 1), np.nextafter(np.float32(1), np.float32(0)))
    cover, _ = _looked_up(brushes, np.array([1]), edge, edge)
    assert cover.item() == 1
