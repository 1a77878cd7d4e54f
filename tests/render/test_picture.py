"""Finished pictures: the right size and form, the same at any size, the recipe inside."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from studio.crafts.craft import Output
from studio.errors import InvalidInput
from studio.render.finishes import FINISHES, window
from studio.render.picture import finished, picture_files, svg
from studio.render.recipe import recipe_of
from studio.requests import Picture

RECIPE = {"craft": "image", "inputs": {"text": "宁静的湖面 <&>", "seed": 7}}
PAINTED = [name for name in FINISHES if name not in ("none", "vector")]


@pytest.fixture(scope="module")
def composition() -> Picture:
    """A red disc and a dark bar on a light ground, 256 px."""
    image = Image.new("RGB", (256, 256), "#f3eee3")
    pen = ImageDraw.Draw(image)
    pen.ellipse((40, 50, 150, 160), fill="#c8553d")
    pen.rectangle((20, 190, 236, 204), fill="#26211f")
    return Picture(256, 256, image.tobytes())


def _output(picture: Picture | None, **data: object) -> Output:
    return Output(picture=picture, data={"finish": "none", "size": 256, **data}, seed=7)


def _array(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("RGB"), float)


@pytest.mark.parametrize("name", FINISHES)
def test_a_print_is_the_same_picture_as_its_preview(composition: Picture, name: str) -> None:
    """At a third of its size a print differs from the preview by a few of 255 steps, at most:
    what is left is detail that the preview's pixels are too coarse for."""
    preview = _array(finished(composition, name, 256, 7))
    reduced = finished(composition, name, 768, 7).resize((256, 256), Image.Resampling.BOX)
    assert np.abs(preview - _array(reduced)).mean() < 7


@pytest.mark.parametrize("name", FINISHES)
def test_tiles_meet_without_seams(
    composition: Picture, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = _array(finished(composition, name, 256, 7))
    monkeypatch.setattr(window, "TILE_PX", 150)
    assert np.abs(whole - _array(finished(composition, name, 256, 7))).max() <= 2


@pytest.mark.parametrize("name", PAINTED)
def test_paint_depends_on_the_seed_alone(composition: Picture, name: str) -> None:
    first, again, other = (finished(composition, name, 256, seed) for seed in (7, 7, 8))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()


@pytest.mark.parametrize("name", FINISHES)
def test_forms_stay_legible(composition: Picture, name: str) -> None:
    """Disc, bar and ground are told apart at a glance, in every finish."""
    painted = _array(finished(composition, name, 256, 7))
    disc, bar = painted[70:140, 65:125].mean((0, 1)), painted[194:200, 40:210].mean((0, 1))
    ground = painted[20:40, 160:240].mean((0, 1))
    assert ground.mean() - bar.mean() > 90
    assert np.linalg.norm(ground - disc) > 60
    assert np.linalg.norm(disc - bar) > 60
    assert disc[0] - disc[2] > 40, "the one vivid colour stays"


@pytest.mark.parametrize("name", PAINTED)
def test_a_print_shows_detail_of_its_own(composition: Picture, name: str) -> None:
    """At 100 % of a large print, paint or paper is seen where the composition is flat."""
    part = window.Window(1500, 900, 1700, 1100, 4096, 4096)
    whole = Image.frombytes("RGB", (256, 256), composition.rgb)
    paint = FINISHES[name].plan(whole, 7, FINISHES[name].tuned({}))
    grain = np.diff(paint(part).mean(-1) * 255, axis=1)
    assert np.abs(grain).mean() > 0.25


@pytest.mark.parametrize("name", PAINTED)
def test_every_tuning_does_something(composition: Picture, name: str) -> None:
    finish, part = FINISHES[name], window.Window(100, 560, 420, 830, 1024, 1024)
    whole = Image.frombytes("RGB", (256, 256), composition.rgb)
    # Two inks are enough for this picture; more are asked for in test_inks.
    for tuning in (each for each in finish.tunings if each.name != "inks"):
        low, high = (
            finish.plan(whole, 7, finish.tuned({tuning.name: share}))(part) for share in (0, 1)
        )
        assert np.abs(low - high).mean() > 0.0006, tuning.name


@pytest.mark.parametrize(
    ("name", "size"),
    [("oil", (144, 256)), ("ink", (300, 100)), ("glass", (300, 100)), ("vector", (144, 256))],
)
def test_portrait_and_panorama_are_cropped_not_squeezed(
    composition: Picture, name: str, size: tuple[int, int]
) -> None:
    image = finished(composition, name, size, 7)
    assert (image.size, image.mode) == (size, "RGB")


def test_a_composition_of_one_colour_can_be_painted() -> None:
    plain = Picture(200, 100, bytes([200, 80, 40]) * 20000)
    for name in FINISHES:
        assert finished(plain, name, 256, 1).size == (256, 128)


def test_a_photograph_keeps_its_gradients_without_a_finish() -> None:
    ramp = np.linspace(0, 255, 256).astype(np.uint8)
    y, x = np.meshgrid(ramp, ramp, indexing="ij")
    photo = np.stack([x, y, 255 - x], -1)
    large = _array(finished(Picture(256, 256, photo.tobytes()), "none", 1024, 1))
    assert np.abs(np.diff(large, axis=1)).max() < 8


def test_contours_are_enlarged_sharp(composition: Picture) -> None:
    for name in ("none", "smooth", "vector"):
        large = _array(finished(composition, name, 1024, 0)).mean(-1)
        column = large[700:900, 512]
        assert ((column > 60) & (column < 200)).sum() <= 6, f"{name}: a contour, not a ramp"


def test_a_preview_no_larger_than_the_composition_is_the_composition(composition: Picture) -> None:
    assert finished(composition, "smooth", 256, 1).tobytes() == composition.rgb


def test_an_svg_has_few_smooth_shapes_in_the_pictures_colours(composition: Picture) -> None:
    drawing = svg(composition, 1000)
    assert drawing.startswith("<svg")
    assert 'width="1000" height="1000"' in drawing
    for colour in ("#f3eee3", "#c8553d", "#26211f"):
        assert colour in drawing
    assert 1 <= drawing.count("<path") <= 6
    assert drawing.count("C") < 150, "curves, not pixel stairs"


@pytest.mark.parametrize(
    ("kind", "name", "mime"),
    [
        ("png", "picture.png", "image/png"),
        ("jpeg", "picture.jpg", "image/jpeg"),
        ("webp", "picture.webp", "image/webp"),
        ("tiff", "picture.tif", "image/tiff"),
    ],
)
def test_every_format_carries_recipe_origin_and_resolution(
    composition: Picture, kind: str, name: str, mime: str
) -> None:
    asked = _output(composition, format=kind, dpi=300, size=[320, 260])
    (file,) = picture_files(asked, RECIPE)
    assert (file.name, file.mime) == (name, mime)
    image = Image.open(io.BytesIO(file.content))
    assert image.size == (320, 260)
    assert recipe_of(file.name, file.content) == RECIPE
    assert b"trainedAlgorithmicMedia" in file.content
    dots = image.info.get("dpi", (image.getexif().get(282),) * 2)
    assert tuple(round(float(each)) for each in dots) == (300, 300)


def test_a_vector_finish_brings_its_drawing(composition: Picture) -> None:
    picture, drawing = picture_files(_output(composition, finish="vector"), RECIPE)
    assert (picture.name, drawing.name) == ("picture.png", "picture.svg")
    assert recipe_of(drawing.name, drawing.content) == RECIPE
    assert b"trainedAlgorithmicMedia" in drawing.content


def test_the_files_are_painted_as_tuned(composition: Picture) -> None:
    plain, tuned = (
        picture_files(_output(composition, finish="glass", tuning=tuning), RECIPE)[0].content
        for tuning in ({}, {"lead": 1})
    )
    assert plain != tuned


def test_no_picture_no_file() -> None:
    assert picture_files(_output(None), RECIPE) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("finish", "gold"),
        ("size", 9),
        ("size", 9000),
        ("size", [4000, 10]),
        ("size", "wide"),
        ("size", [1, 2, 3]),
        ("format", "xcf"),
        ("tuning", {"glitter": 1}),
        ("tuning", {"stroke": "much"}),
    ],
)
def test_what_can_not_be_painted_is_refused(
    composition: Picture, field: str, value: object
) -> None:
    with pytest.raises(InvalidInput) as refused:
        picture_files(_output(composition, **{"finish": "oil", field: value}), RECIPE)
    assert refused.value.field == field


def test_a_recipe_too_long_for_a_jpeg_is_said_so(composition: Picture) -> None:
    long = {"craft": "image", "inputs": {"text": "x" * 70_000}}
    with pytest.raises(InvalidInput) as refused:
        picture_files(_output(composition, format="jpeg"), long)
    assert refused.value.code == "recipe_too_long"
    (file,) = picture_files(_output(composition, format="tiff"), long)
    assert recipe_of(file.name, file.content) == long
