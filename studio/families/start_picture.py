"""The picture that image-to-image starts from, as a request may carry it."""

from __future__ import annotations

import base64
import binascii
import io

from PIL import Image, UnidentifiedImageError

from studio.errors import InvalidInput
from studio.requests import Picture

MOST_BYTES = 20_000_000
"""Of an image file."""
MOST_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP")


def start_picture(given: object) -> Image.Image:
    """A `Picture` of the studio, or an image file (PNG, JPEG, WebP) in base64: as RGB.

    Raises InvalidInput("start").
    """
    if isinstance(given, Picture):
        return Image.frombytes("RGB", (given.width, given.height), given.rgb)
    if not isinstance(given, str):
        raise _unreadable("It is neither a picture nor an image file in base64.")
    try:
        return _decoded(base64.b64decode(given.rpartition(",")[2], validate=True))
    except (binascii.Error, UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
        raise _unreadable("It is no PNG, JPEG or WebP file.") from error


def _decoded(content: bytes) -> Image.Image:
    if len(content) > MOST_BYTES:
        raise _unreadable(f"It is larger than {MOST_BYTES // 10**6} MB.")
    with Image.open(io.BytesIO(content), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise _unreadable(f"It has more than {MOST_PIXELS // 10**6} million pixels.")
        return image.convert("RGB")


def _unreadable(reason: str) -> InvalidInput:
    return InvalidInput(
        "start", f"The start picture can not be used. {reason}", code="bad_start", reason=reason
    )
