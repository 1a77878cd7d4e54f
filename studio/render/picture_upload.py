"""A picture that a person brings: decoded safely, turned upright, laid on white."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from studio.errors import InvalidInput
from studio.render.picture_encoding import opaque
from studio.requests import Picture

FORMATS = ("PNG", "JPEG", "WEBP", "TIFF", "GIF", "BMP")
MOST_PIXELS = 80_000_000
"""Larger pictures are refused before they are decoded."""


def uploaded_picture(content: bytes, edge: int = 512) -> Picture:
    """The first frame as RGB, its longer edge at most `edge` px. Raises InvalidInput("file")."""
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise InvalidInput("file", "This picture is too large.", code="picture_too_large")
            upright = opaque(ImageOps.exif_transpose(image))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise InvalidInput("file", "This is no picture I can read.", code="no_picture") from None
    upright.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return Picture(upright.width, upright.height, upright.tobytes())
