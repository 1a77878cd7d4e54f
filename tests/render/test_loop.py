"""A loop plays everywhere and carries its recipe."""

from __future__ import annotations

import io

import av
import numpy as np
import pytest
from PIL import Image

from studio.errors import InvalidInput
from studio.render.loop import loop_files
from studio.render.recipe import recipe_of
from studio.requests import Picture

RECIPE = {"craft": "image", "inputs": {"text": "两幅画之间 <&>" * 40, "seed": 7}}


def _frames(count: int, edge: int = 65) -> list[Picture]:
    """A bright bar that goes round."""
    frames = []
    for number in range(count):
        pixels = np.full((edge, edge, 3), (30, 40, 90), np.uint8)
        pixels[:, np.arange(number * 8, number * 8 + 12) % edge] = (240, 200, 60)
        frames.append(Picture(edge, edge, pixels.tobytes()))
    return frames


def test_gif_webp_and_video_of_the_same_loop() -> None:
    files = {file.name: file for file in loop_files(_frames(8), 12, RECIPE)}
    assert list(files) == ["loop.gif", "loop.webp", "loop.mp4"]
    for name in ("loop.gif", "loop.webp"):
        image = Image.open(io.BytesIO(files[name].content))
        assert (image.n_frames, image.info["loop"]) == (8, 0)
    with av.open(io.BytesIO(files["loop.mp4"].content)) as video:
        shown = [frame.to_ndarray(format="rgb24") for frame in video.decode(video=0)]
    assert len(shown) == 48, "eight frames, again and again for four seconds"
    assert shown[0].shape[:2] == (64, 64)
    assert np.abs(shown[0].astype(int) - shown[8]).mean() < 3
    assert np.abs(shown[0][32, 4].astype(int) - (240, 200, 60)).max() < 30


def test_every_file_of_a_loop_carries_the_recipe() -> None:
    for file in loop_files(_frames(4), 12, RECIPE):
        assert recipe_of(file.name, file.content) == RECIPE, file.name


def test_a_loop_cut_anywhere_gives_the_recipe_or_nothing() -> None:
    for file in loop_files(_frames(3), 12, RECIPE):
        for end in range(0, len(file.content), max(1, len(file.content) // 40)):
            assert recipe_of(file.name, file.content[:end]) in (None, RECIPE)


@pytest.mark.parametrize(
    ("frames", "fps"),
    [(_frames(1), 12), (_frames(4), 0), (_frames(4), 500), (_frames(2) + _frames(2, 40), 12)],
)
def test_what_is_no_loop_is_refused(frames: list[Picture], fps: float) -> None:
    with pytest.raises(InvalidInput):
        loop_files(frames, fps, RECIPE)
