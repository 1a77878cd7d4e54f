"""All banners of a kit on a few pages, to look at and to hand round: PDF, A4 across.

One page for each layout, its sizes side by side as large as they fit; every page is headed in
English and Chinese.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from studio.render.banner.pdf_text import draw_outlines
from studio.render.rendered_file import RenderedFile
from studio.render.typography import typeface

Row = Mapping[str, object]

MARGIN_PT, HEAD_PT, GAP_PT, CAPTION_PT = 34.0, 46.0, 13.0, 6.5
_LAYOUTS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {1: ("Full picture", "满版"), 2: ("Split", "分栏"), 3: ("Editorial", "留白")}
)
_SCALES: Mapping[str, float] = MappingProxyType({"display": 1.0, "social": 0.42, "print": 0.15})
"""How large a pixel of each kind is shown beside one of a display banner."""
_SHOWN_DPI = 220
_STEPS = 40
_INK, _PALE = "#1d1d1f", "#76767c"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a banner lies, points from the left and the top of the room."""

    row: Row
    left: float
    top: float
    width: float
    height: float


def contact_sheet(rows: Sequence[Row], files: Sequence[RenderedFile], title: str) -> bytes:
    """The PDF of banners that `banner_files` made: their rows, the files with their previews, and
    whose they are."""
    pictures = {each.name: each.content for each in files}
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=landscape(A4), invariant=1, pageCompression=1)
    canvas.setTitle(title)
    canvas.setCreator("Atelier")
    for layout in sorted({int(str(each["layout"])) for each in rows}):
        _page(canvas, layout, [each for each in rows if each["layout"] == layout], pictures, title)
    canvas.save()
    return held.getvalue()


def _page(
    canvas: Any, layout: int, rows: Sequence[Row], pictures: Mapping[str, bytes], title: str
) -> None:
    high = landscape(A4)[1]
    english, chinese = _LAYOUTS.get(layout, ("", ""))
    _line(canvas, title, 15, (MARGIN_PT, high - MARGIN_PT - 11), _INK, bold=True)
    under = f"Banners · 横幅    {layout}  {english} · {chinese}"
    _line(canvas, under, 8.5, (MARGIN_PT, high - MARGIN_PT - 27), _PALE)
    for place in _arranged(rows):
        left = MARGIN_PT + place.left
        top = high - MARGIN_PT - HEAD_PT - place.top
        image = _shown(pictures[str(place.row["preview"])], place)
        canvas.drawImage(image, left, top - place.height, place.width, place.height)
        _line(canvas, _caption(place.row), CAPTION_PT, (left, top - place.height - 9), _PALE)
    canvas.showPage()


def _line(
    canvas: Any,
    text: str,
    size: float,
    at: tuple[float, float],
    colour: str,
    *,
    bold: bool = False,
) -> None:
    face = typeface("sans", "bold" if bold else "regular")
    draw_outlines(canvas, face, text, size, at, colour)


def _caption(row: Row) -> str:
    size = str(row["size"])
    return size.upper() if row["kind"] == "print" else size.replace("x", " × ")


def _shown(content: bytes, place: _Place) -> ImageReader:
    """As many pixels as its place shows, as JPEG: a sheet is for looking at."""
    image = Image.open(io.BytesIO(content)).convert("RGB")
    most = round(place.width * _SHOWN_DPI / 72), round(place.height * _SHOWN_DPI / 72)
    image.thumbnail(most, Image.Resampling.LANCZOS, reducing_gap=3.0)
    file = io.BytesIO()
    image.save(file, "JPEG", quality=90, subsampling=0)
    file.seek(0)
    return ImageReader(file)


def _arranged(rows: Sequence[Row]) -> list[_Place]:
    """The rows at the largest scale at which all of them fit on the page."""
    wide, high = landscape(A4)
    room = wide - 2 * MARGIN_PT, high - 2 * MARGIN_PT - HEAD_PT
    for step in range(_STEPS):
        places = _shelved(rows, 0.9 * 0.95**step, room[0])
        if all(each.top + each.height + GAP_PT <= room[1] for each in places) and all(
            each.left + each.width <= room[0] for each in places
        ):
            break
    return places


def _shelved(rows: Sequence[Row], scale: float, wide: float) -> list[_Place]:
    """From the highest to the lowest, in lines; a low one is put under another in a column."""
    sized = [(_points(each, scale), each) for each in rows]
    sized.sort(key=lambda each: (-each[0][1], -each[0][0]))
    places: list[_Place] = []
    left = top = shelf = 0.0
    column: _Place | None = None
    for (width, height), row in sized:
        if column and _under(column, width, height, top + shelf):
            place = _Place(row, column.left, _foot(column), width, height)
        else:
            if left + width > wide and left:
                left, top, shelf = 0.0, top + shelf + 2 * GAP_PT, 0.0
            place = _Place(row, left, top, width, height)
            left, shelf = left + width + GAP_PT, max(shelf, height)
        column = place
        left = max(left, place.left + place.width + GAP_PT)
        places.append(place)
    return places


def _under(column: _Place, width: float, height: float, floor: float) -> bool:
    return width <= column.width + 1 and _foot(column) + height <= floor + 1


def _foot(place: _Place) -> float:
    return place.top + place.height + 2 * GAP_PT


def _points(row: Row, scale: float) -> tuple[float, float]:
    share = scale * _SCALES[str(row["kind"])]
    return float(str(row["width"])) * share, float(str(row["height"])) * share
