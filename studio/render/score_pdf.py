"""A score as PDF: verovio's A4 pages, their shapes by svglib, their words set here.

svglib draws verovio's shapes well but not its nested text. So the text is taken out of each page
and set with the fonts that every PDF reader has: Times for Latin script, STSong-Light (a font of
Adobe's Asian font packs, which readers replace by one of their own) for everything else. Notes
inside a text are drawn from verovio's outlines.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element
from reportlab.graphics import renderPDF
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import getRegisteredFontNames, registerFont, stringWidth
from reportlab.pdfgen.canvas import Canvas
from svglib.svglib import svg2rlg

from studio.render.recipe import KEY, recipe_text
from studio.render.score import FONTS, Score, score_pages

SVG = "{http://www.w3.org/2000/svg}"
ASIAN = "STSong-Light"
UNITS_WIDE = 21_000
"""verovio's units across an A4 page."""
EM = 1000
"""Units of verovio's glyph outlines."""
NOTE_GLYPHS = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class _Style:
    """How a piece of text is set. Sizes and places in verovio's units."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False

    @property
    def font(self) -> str:
        return {
            (False, False): "Times-Roman", (True, False): "Times-Bold",
            (False, True): "Times-Italic", (True, True): "Times-BoldItalic",
        }[self.bold, self.italic]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Run:
    """Text in one font at a place; `font` is "" for outlines of notes."""

    text: str
    font: str
    size: float
    x: float
    y: float


def score_pdf(score: Score, recipe: Mapping[str, object]) -> bytes:
    """A PDF of A4 pages; the recipe is the keywords of its document information. Raises
    InvalidInput when the score can not be engraved."""
    if ASIAN not in getRegisteredFontNames():
        registerFont(UnicodeCIDFont(ASIAN))
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=1)
    canvas.setTitle(score.title or score.tune.title)
    canvas.setCreator("Atelier")
    canvas.setKeywords(f"{KEY}:{recipe_text(recipe)}")
    for page in score_pages(score):
        _draw(canvas, page)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def _draw(canvas: Canvas, page: str) -> None:
    root = etree.fromstring(page.encode())
    runs = [*_taken_out(root, 0.0, 0.0, _Style())]
    scale = A4[0] / UNITS_WIDE
    sheet = _flat(root, (_outline(each, mark) for each, mark in _marks(runs)))
    drawing: Any = svg2rlg(io.BytesIO(etree.tostring(sheet)))
    renderPDF.draw(drawing, canvas, 0, A4[1] - drawing.height)
    for run in runs:
        if run.font:
            canvas.setFont(run.font, run.size * scale)
            canvas.drawString(run.x * scale, A4[1] - run.y * scale, run.text)


def _flat(root: Element, more: Iterable[Element]) -> Element:
    """The page without the SVG inside its SVG, in points: what svglib scales right."""
    sheet = etree.Element(f"{SVG}svg", nsmap=root.nsmap)
    sheet.set("id", root.get("id", ""))
    sheet.set("color", "black")
    sheet.set("width", f"{A4[0]}pt")
    sheet.set("height", f"{A4[1]}pt")
    sheet.set("viewBox", f"0 0 {UNITS_WIDE} {UNITS_WIDE * A4[1] / A4[0]:.0f}")
    for child in [*root]:
        sheet.extend([*child] if child.tag == f"{SVG}svg" else [child])
    sheet.extend(more)
    # Said on the shapes themselves: svglib is slow to look styles up.
    for hidden in [*sheet.iter(f"{SVG}style", f"{SVG}g")]:
        # The sign at a line's beginning that verovio's own style hides.
        placeholder = hidden.tag == f"{SVG}g" and "placeholder" in hidden.get("class", "")
        parent = hidden.getparent()
        if parent is not None and (placeholder or hidden.tag == f"{SVG}style"):
            parent.remove(hidden)
    for shape in sheet.iter(f"{SVG}path"):
        if shape.get("stroke-width"):
            shape.set("stroke", "black")
    return sheet


def _taken_out(element: Element, x: float, y: float, style: _Style) -> Iterator[_Run]:
    """Remove the texts below an element and give them as runs."""
    moved = re.match(r"translate\(([-\d.]+),\s*([-\d.]+)\)", element.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    style = _styled(element, style)
    for child in [*element]:
        if child.tag == f"{SVG}text":
            yield from _set(child, x, y, style)
            element.remove(child)
        else:
            yield from _taken_out(child, x, y, style)


def _styled(element: Element, style: _Style) -> _Style:
    kind = element.get("class", "")
    return replace(
        style,
        size=float((element.get("font-size") or f"{style.size}").removesuffix("px")),
        bold=style.bold or element.get("font-weight") == "bold" or kind == "tempo",
        italic=style.italic or element.get("font-style") == "italic" or kind == "mNum",
    )


def _set(text: Element, x: float, y: float, style: _Style) -> Iterator[_Run]:
    """Lay the spans of a text out from left to right, line by line."""
    place = [x + float(text.get("x") or 0), y + float(text.get("y") or 0)]
    line: list[_Run] = []
    anchor = text.get("text-anchor") or "start"
    for span, inner in _spans(text, style):
        if span.get("x") or span.get("y"):
            yield from _anchored(line, anchor)
            place = [x + float(span.get("x") or 0), y + float(span.get("y") or 0)]
            line, anchor = [], span.get("text-anchor") or anchor
        for run in _runs(span.text or "", inner):
            line.append(replace(run, x=place[0], y=place[1]))
            place[0] += _width(run)
    yield from _anchored(line, anchor)


def _spans(element: Element, style: _Style) -> Iterator[tuple[Element, _Style]]:
    style = _styled(element, style)
    yield element, style
    for child in element:
        yield from _spans(child, style)


def _anchored(line: list[_Run], anchor: str) -> Iterator[_Run]:
    width = sum(_width(run) for run in line)
    back = {"middle": width / 2, "end": width}.get(anchor, 0.0)
    for run in line:
        yield replace(run, x=run.x - back)


def _runs(text: str, style: _Style) -> Iterator[_Run]:
    """Parts of a text in one font each. Blanks at the ends of a line of XML are no text."""
    if not text.strip():
        text = " " if text and "\n" not in text else ""
    for font, part in groupby(text, lambda each: _font(each, style)):
        yield _Run("".join(part), font, style.size, 0.0, 0.0)


def _font(character: str, style: _Style) -> str:
    if NOTE_GLYPHS.match(character):
        return ""
    try:
        character.encode("cp1252")
    except UnicodeEncodeError:
        return ASIAN
    return style.font


def _width(run: _Run) -> float:
    if run.font:
        return float(stringWidth(run.text, run.font, run.size))
    return 0.45 * run.size * len(run.text)


def _marks(runs: list[_Run]) -> Iterator[tuple[_Run, str]]:
    """The notes that stand in texts, each at its place."""
    for run in runs:
        if not run.font:
            step = _width(run) / len(run.text)
            for number, mark in enumerate(run.text):
                yield replace(run, x=run.x + number * step), mark


def _outline(run: _Run, mark: str) -> Element:
    """The glyph of verovio's music font as a path."""
    glyph = etree.fromstring((FONTS / "Leipzig" / f"{ord(mark):04X}.xml").read_bytes())
    path = next(glyph.iter("path"), glyph)
    scale = run.size / EM
    move = f"translate({run.x:.0f},{run.y:.0f}) scale({scale:.4f},{-scale:.4f})"
    return etree.Element(f"{SVG}path", {"transform": move, "d": path.get("d", "")})
