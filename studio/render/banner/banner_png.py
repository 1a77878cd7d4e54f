"""A banner as PNG, small enough for an ad server."""

from __future__ import annotations

import io
from collections.abc import Mapping

from PIL import Image, PngImagePlugin

from studio.render.picture_encoding import xmp
from studio.render.recipe import KEY, recipe_text

_COLOURS = (256, 128, 64, 32, 16)
_LONGEST_RECIPE = 16_000
"""Bytes; a longer one would take too much of what an ad server accepts."""


def banner_png(image: Image.Image, recipe: Mapping[str, object], most_bytes: int) -> bytes:
    """The PNG with its recipe and origin. With `most_bytes`, in as few colours as that takes; then
    a long recipe is left out."""
    content = _saved(image, recipe, limited=bool(most_bytes))
    for colours in _COLOURS if most_bytes else ():
        if len(content) <= most_bytes:
            break
        fewer = image.quantize(colours, Image.Quantize.MAXCOVERAGE, kmeans=1)
        content = _saved(fewer, recipe, limited=True)
    return content


def _saved(image: Image.Image, recipe: Mapping[str, object], *, limited: bool) -> bytes:
    notes = PngImagePlugin.PngInfo()
    text = recipe_text(recipe)
    if not limited or len(text.encode()) <= _LONGEST_RECIPE:
        notes.add_itxt(KEY, text)
    notes.add_itxt("XML:com.adobe.xmp", xmp())
    file = io.BytesIO()
    # Painted grain hardly packs: more effort only costs time where bytes are free.
    image.save(file, "PNG", pnginfo=notes, compress_level=6 if limited else 2)
    return file.getvalue()
