"""A drawing as a PDF for the printer: bleed, crop marks, outlines instead of fonts.

The boxes are those of ISO 32000-1, 14.11.2: the trim is the finished sheet, the bleed 3 mm more on
every side, the media what holds the crop marks. Colours are sRGB; the printer's own profile turns
them into inks.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from studio.render.banner.box import Box
from studio.render.banner.drawing import Drawing, Fill, Words
from studio.render.banner.pdf_text import draw_outlines
from studio.render.banner.raster import fitted_logo
from studio.render.recipe import KEY, recipe_text

BLEED_PT, MARK_PT, AWAY_PT = 3 * mm, 5 * mm, 1.5 * mm
"""The bleed; a crop mark's length; its distance from the bleed."""
POINTS_PER_INCH = 72
_HAIRLINE_PT = 0.25
_QUALITY = 92


def print_pdf(drawing: Drawing, recipe: Mapping[str, object]) -> bytes:
    """One page; the recipe is the keywords of its document information."""
    page = _Page(drawing)
    return page.written(recipe)


class _Page:
    """A canvas whose drawing begins at the trim's upper left corner."""

    def __init__(self, drawing: Drawing) -> None:
        size = drawing.size
        self._drawing = drawing
        self._scale = POINTS_PER_INCH / size.dpi
        self._wide, self._high = size.width * self._scale, size.height * self._scale
        self._slug = BLEED_PT + AWAY_PT + MARK_PT

    def written(self, recipe: Mapping[str, object]) -> bytes:
        held = io.BytesIO()
        media = self._wide + 2 * self._slug, self._high + 2 * self._slug
        canvas = Canvas(held, pagesize=media, invariant=1, pageCompression=1)
        # No font is used: not even the one that a page otherwise begins with.
        canvas._preamble = "1 0 0 1 0 0 cm"
        canvas.setTrimBox(self._around(0))
        canvas.setBleedBox(self._around(BLEED_PT))
        canvas.setTitle(" ".join(_said(self._drawing)))
        canvas.setCreator("Atelier")
        canvas.setKeywords(f"{KEY}:{recipe_text(recipe)}")
        self._marks(canvas)
        canvas.saveState()
        self._clip(canvas)
        self._draw(canvas)
        canvas.restoreState()
        canvas.showPage()
        canvas.save()
        return held.getvalue()

    def _draw(self, canvas: Any) -> None:
        drawing = self._drawing
        self._fill(canvas, Fill(drawing.size.whole.inset(-drawing.size.bleed), drawing.paper))
        if drawing.panel:
            self._fill(canvas, drawing.panel)
        self._image(canvas, drawing.picture_box, ImageReader(_jpeg(drawing.shown)))
        for fill in drawing.fills:
            self._fill(canvas, fill)
        for logo in drawing.logos:
            self._image(canvas, logo.box, ImageReader(fitted_logo(logo)))
        for words in drawing.words:
            self._words(canvas, words)

    def _fill(self, canvas: Any, fill: Fill) -> None:
        left, bottom, wide, high = self._placed(fill.box)
        canvas.setFillColor(HexColor(fill.colour))
        if fill.radius:
            radius = fill.radius * self._scale
            canvas.roundRect(left, bottom, wide, high, radius, stroke=0, fill=1)
        else:
            canvas.rect(left, bottom, wide, high, stroke=0, fill=1)

    def _image(self, canvas: Any, box: Box, image: ImageReader) -> None:
        canvas.drawImage(image, *self._placed(box), mask="auto")

    def _words(self, canvas: Any, words: Words) -> None:
        block = words.block
        for line in block.lines if block.face else ():
            x = self._slug + line.x * self._scale
            y = self._slug + self._high - line.baseline * self._scale
            size = block.size * self._scale
            draw_outlines(canvas, block.face, line.text, size, (x, y), words.colour)  # type: ignore[arg-type]

    def _placed(self, box: Box) -> tuple[float, float, float, float]:
        """left, bottom, width, height in points."""
        return (
            self._slug + box.left * self._scale,
            self._slug + self._high - box.bottom * self._scale,
            box.width * self._scale,
            box.height * self._scale,
        )

    def _around(self, more: float) -> tuple[float, float, float, float]:
        """The trim, grown: left, bottom, right, top in points."""
        low = self._slug - more
        return low, low, self._slug + self._wide + more, self._slug + self._high + more

    def _clip(self, canvas: Any) -> None:
        left, bottom, right, top = self._around(BLEED_PT)
        path = canvas.beginPath()
        path.rect(left, bottom, right - left, top - bottom)
        canvas.clipPath(path, stroke=0, fill=0)

    def _marks(self, canvas: Any) -> None:
        """Two hairlines at each corner, in the trim's lines, outside the bleed."""
        left, bottom, right, top = self._around(0)
        canvas.setStrokeColorCMYK(1, 1, 1, 1)
        canvas.setLineWidth(_HAIRLINE_PT)
        for y in (bottom, top):
            canvas.line(0, y, MARK_PT, y)
            canvas.line(right + self._slug - MARK_PT, y, right + self._slug, y)
        for x in (left, right):
            canvas.line(x, 0, x, MARK_PT)
            canvas.line(x, top + self._slug - MARK_PT, x, top + self._slug)


def _said(drawing: Drawing) -> list[str]:
    return [line.text for each in drawing.words for line in each.block.lines]


def _jpeg(image: Image.Image) -> io.BytesIO:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    file.seek(0)
    return file
