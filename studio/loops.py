"""A loop of pictures: the first as a picture file, and all of them finished as moving files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from studio.crafts.craft import Output
from studio.render.loop import loop_files
from studio.render.picture import finished, picture_files
from studio.render.rendered_file import RenderedFile
from studio.requests import Picture

MOST_EDGE = 512
"""Longer edge of a moving picture in px: a loop has a hundred frames, and all are painted."""
_DEFAULT_FPS = 24


def moving_picture_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """The picture's own files; of a loop also `loop.gif`, `loop.webp` and `loop.mp4`, finished as
    the picture is, at most MOST_EDGE px. Each carries the recipe. Raises InvalidInput."""
    files = picture_files(output, recipe)
    if len(output.frames) < 2:
        return files
    told: Any = output.data.get("loop", {})
    frames = [_finished(frame, output) for frame in output.frames]
    return (*files, *loop_files(frames, float(told.get("fps", _DEFAULT_FPS)), recipe))


def _finished(frame: Picture, output: Output) -> Picture:
    tuning: Any = output.data.get("tuning") or {}
    finish = str(output.data.get("finish", "none"))
    image = finished(frame, finish, _size(output), output.seed, tuning)
    return Picture(image.width, image.height, image.convert("RGB").tobytes())


def _size(output: Output) -> int | tuple[int, int]:
    """The asked size, made smaller until its longer edge is MOST_EDGE."""
    asked: Any = output.data.get("size", MOST_EDGE)
    width, height = asked if isinstance(asked, list | tuple) else (asked, asked)
    share: float = min(1.0, MOST_EDGE / max(width, height))
    if not isinstance(asked, list | tuple):
        return round(int(asked) * share)
    return round(width * share), round(height * share)
