"""Pictures of folders, zips and single files, decoded with care: content decides, not the name.

Nothing is unpacked to disk and nothing is decoded before its size is known to be bearable. A file
that can not be used is a problem with its name, never an end of the reading.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from studio.render.picture_encoding import opaque
from studio.render.picture_upload import FORMATS, MOST_PIXELS
from studio.training.data.record import Place, Problem

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".gif", ".bmp")
LEAST_EDGE = 256
"""Pixels of the shorter edge: a composition is painted at 256."""
KEPT_EDGE = 1024
"""Pixels of the shorter edge that are kept: a crop is learnt at 512."""
MOST_BYTES = 100 * 2**20
"""Of one file, packed or not."""
_FLAT = 2.0
"""Spread of levels below which a picture is one colour."""


@dataclass(frozen=True, slots=True)
class FoundPicture:
    """A picture that can be learnt from: upright, RGB, on white, no larger than is needed."""

    place: Place
    image: Image.Image


def holds_pictures(paths: Sequence[Path]) -> bool:
    """Whether these are pictures, or folders or zips that may hold some, rather than texts."""
    return any(each.is_dir() or each.suffix.lower() in (".zip", *SUFFIXES) for each in paths)


def read_pictures(paths: Sequence[Path]) -> Iterator[FoundPicture | Problem]:
    """Everything in the folders, zips and files, in the order of names."""
    for path in paths:
        if path.is_dir():
            files = (each for each in sorted(path.rglob("*")) if each.is_file())
            for file in files:
                yield from _of_file(file, str(file.relative_to(path)))
        elif path.suffix.lower() == ".zip":
            yield from _of_zip(path)
        else:
            yield from _of_file(path, path.name)


def _of_file(path: Path, name: str) -> Iterator[FoundPicture | Problem]:
    if _is_passed_over(name):
        return
    place = Place(name)
    if not path.is_file():
        yield Problem(place, code="data_no_file")
    elif path.stat().st_size > MOST_BYTES:
        yield _too_heavy(place)
    else:
        yield _picture(place, path.read_bytes())


def _of_zip(path: Path) -> Iterator[FoundPicture | Problem]:
    try:
        with zipfile.ZipFile(path) as archive:
            for member in sorted(archive.infolist(), key=lambda each: each.filename):
                if not member.is_dir() and not _is_passed_over(member.filename):
                    yield _member(archive, member)
    except (zipfile.BadZipFile, OSError):
        yield Problem(Place(path.name), code="picture_zip")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> FoundPicture | Problem:
    place = Place(member.filename)
    if member.flag_bits & 1:
        return Problem(place, code="picture_locked")
    if member.file_size > MOST_BYTES:
        return _too_heavy(place)
    try:
        return _picture(place, archive.read(member))
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError):
        return Problem(place, code="picture_unreadable")


def _is_passed_over(name: str) -> bool:
    """What file managers leave behind."""
    parts = [part for part in PurePosixPath(name).parts if part != ".."]
    return any(part.startswith((".", "__MACOSX", "Thumbs.db")) for part in parts)


def _too_heavy(place: Place) -> Problem:
    return Problem(place, code="picture_heavy", facts={"most": MOST_BYTES // 2**20})


def _picture(place: Place, content: bytes) -> FoundPicture | Problem:
    if PurePosixPath(place.file).suffix.lower() not in SUFFIXES:
        return Problem(place, code="data_format", facts={"known": ", ".join(SUFFIXES)})
    try:
        with warnings.catch_warnings():
            # The size is judged below, before a pixel is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                problem = _refusal(place, image)
                return problem or _kept(place, image)
    except Image.DecompressionBombError:
        return _too_large(place)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError):
        return Problem(place, code="picture_unreadable")


def _refusal(place: Place, image: Image.Image) -> Problem | None:
    """Why the picture is not even decoded."""
    if image.width * image.height > MOST_PIXELS:
        return _too_large(place)
    if min(image.size) < LEAST_EDGE:
        facts = {"width": image.width, "height": image.height, "least": LEAST_EDGE}
        return Problem(place, code="picture_small", facts=facts)
    # A phone's JPEG may carry a second, smaller view: its first one is the picture.
    if getattr(image, "n_frames", 1) > 1 and image.format != "MPO":
        return Problem(place, code="picture_animated")
    return None


def _too_large(place: Place) -> Problem:
    return Problem(place, code="picture_bomb", facts={"most": MOST_PIXELS // 10**6})


def _kept(place: Place, image: Image.Image) -> FoundPicture | Problem:
    upright = opaque(ImageOps.exif_transpose(image))
    if (
        np.asarray(upright.resize((32, 32), Image.Resampling.BOX), np.float32).std((0, 1)).max()
        < _FLAT
    ):
        return Problem(place, code="picture_flat")
    shrink = KEPT_EDGE / min(upright.size)
    if shrink < 1:
        width, height = (round(shrink * each) for each in upright.size)
        upright = upright.resize((width, height), Image.Resampling.LANCZOS)
    return FoundPicture(place, upright)
