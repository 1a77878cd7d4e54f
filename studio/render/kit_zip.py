"""A kit in one archive, laid out as it is handed over."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Collection, Iterable

from studio.render.rendered_file import RenderedFile

NAME = "kit.zip"
_NEVER = (1980, 1, 1, 0, 0, 0)
"""Of every file in it: the same kit gives the same bytes."""
_PACKED = frozenset({"image/png", "audio/wav", "application/pdf"})
"""Kinds that do not get smaller, or not by much."""


def zip_file(files: Iterable[RenderedFile], chosen: Collection[str], recipe: bytes) -> RenderedFile:
    """`kit.zip` with the `chosen` banners in `banners/`, pictures in `pictures/`, everything else
    at the top, and `recipe.json`. Banners that were not picked stay outside."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for each in files:
            place = _place(each.name, chosen)
            if place:
                _add(archive, place, each.content, packed=each.mime in _PACKED)
        _add(archive, "recipe.json", recipe, packed=False)
    return RenderedFile(NAME, "application/zip", held.getvalue())


def _place(name: str, chosen: Collection[str]) -> str:
    """Where a file lies in the archive; "" leaves it out."""
    if name.startswith(("banner-", "print-")):
        return f"banners/{name}" if name in chosen else ""
    return f"pictures/{name}" if name.startswith("picture-") else name


def _add(archive: zipfile.ZipFile, place: str, content: bytes, *, packed: bool) -> None:
    entry = zipfile.ZipInfo(place, _NEVER)
    entry.external_attr = 0o644 << 16
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
