"""What the page shows of a picture's files: the file itself, or a small copy of a large print."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from PIL import Image

from studio.requests import Picture
from studio.ui.markup import file_url

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".tiff", ".tif")
SHOWN_BYTES = 3_000_000
"""A larger file is shown as a small copy; the download is the file."""
SMALL_EDGE_PX, PREVIEW_EDGE_PX = 1024, 384
_UNSHOWN = (".tiff", ".tif")
"""What no browser shows."""


def picture_file(files: Mapping[str, Path]) -> Path | None:
    """The finished picture among the files of a version, or a film's poster; None when there is
    none."""
    found = (path for name, path in files.items() if name.startswith(("picture.", "poster.")))
    return next((each for each in found if each.suffix in SUFFIXES), None)


def loop_file(files: Mapping[str, Path], suffix: str) -> Path | None:
    """The loop in a format, if the version is one."""
    return files.get(f"loop{suffix}")


def film_file(files: Mapping[str, Path]) -> Path | None:
    """The film, if the version is one."""
    return files.get("film.mp4")


def poster_file(files: Mapping[str, Path]) -> Path | None:
    """The film's first frame."""
    return files.get("poster.png")


def shown_url(path: Path) -> str:
    """Where the page finds the picture: the file, or a small copy of a large one."""
    if path.suffix not in _UNSHOWN and path.exists() and path.stat().st_size <= SHOWN_BYTES:
        return file_url(path)
    return _small_copy(path) if path.exists() else file_url(path)


@lru_cache(maxsize=64)
def _small_copy(path: Path) -> str:
    with Image.open(path) as image:
        image.draft("RGB", (SMALL_EDGE_PX, SMALL_EDGE_PX))
        small = image.convert("RGB")
    return _data_url(small, SMALL_EDGE_PX)


def preview_url(picture: Picture) -> str:
    """A picture that is not on disk yet."""
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    return _data_url(image, PREVIEW_EDGE_PX)


def _data_url(image: Image.Image, edge: int) -> str:
    image.thumbnail((edge, edge))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=84)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode()
