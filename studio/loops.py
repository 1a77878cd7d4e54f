"""Pictures that move: a loop as several moving files, a film with its sound; any other picture as
it is."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from PIL import Image

from studio.crafts.craft import Output
from studio.render.film import PaintKey, film_files
from studio.render.loop import loop_files
from studio.render.picture import SIZES, finished, picture_files
from studio.render.rendered_file import RenderedFile
from studio.render.synth import Play, sounds_of
from studio.requests import Picture

MOST_EDGE = 512
"""Longer edge of a moving picture in px: a loop has a hundred frames, and all are painted."""
MOST_FILM_EDGE = 960
"""Of a painted picture of a film: a tall film shows a part of it, a little enlarged."""
_DEFAULT_FPS = 24


def moving_picture_files(
    output: Output, recipe: Mapping[str, object], play: Play = sounds_of
) -> tuple[RenderedFile, ...]:
    """The picture's own files; of a loop also `loop.gif`, `loop.webp` and `loop.mp4`, finished as
    the picture is, at most MOST_EDGE px; of a film `film.mp4` and `poster.png`, its melody played
    by `play`. Each carries the recipe. Raises InvalidInput."""
    film: Any = output.data.get("film")
    if film and len(output.frames) > 1:
        return film_files(film, _painter(output), recipe, play)
    files = picture_files(output, recipe)
    if len(output.frames) < 2:
        return files
    told: Any = output.data.get("loop", {})
    frames = [_finished(frame, output) for frame in output.frames]
    return (*files, *loop_files(frames, float(told.get("fps", _DEFAULT_FPS)), recipe))


def _painter(output: Output) -> PaintKey:
    """Paints the frames of a film, each as large as it must be to cover what it is asked to."""

    def paint(number: int, least: tuple[int, int]) -> Image.Image:
        frame = output.frames[number]
        share = max(least[0] / frame.width, least[1] / frame.height)
        size = math.ceil(share * max(frame.width, frame.height))
        return _painted(frame, output, max(SIZES[0], min(size, MOST_FILM_EDGE)))

    return paint


def _finished(frame: Picture, output: Output) -> Picture:
    image = _painted(frame, output, _size(output))
    return Picture(image.width, image.height, image.tobytes())


def _painted(frame: Picture, output: Output, size: int | tuple[int, int]) -> Image.Image:
    tuning: Any = output.data.get("tuning") or {}
    finish = str(output.data.get("finish", "none"))
    return finished(frame, finish, size, output.seed, tuning).convert("RGB")


def _size(output: Output) -> int | tuple[int, int]:
    """The asked size, made smaller until its longer edge is MOST_EDGE."""
    asked: Any = output.data.get("size", MOST_EDGE)
    width, height = asked if isinstance(asked, list | tuple) else (asked, asked)
    share: float = min(1.0, MOST_EDGE / max(width, height))
    if not isinstance(asked, list | tuple):
        return round(int(asked) * share)
    return round(width * share), round(height * share)
