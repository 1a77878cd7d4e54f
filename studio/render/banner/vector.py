"""A drawing as SVG: the text stays text, in fonts of just its glyphs that the file carries."""

from __future__ import annotations

import base64
import html
import io
from collections.abc import Iterator
from types import MappingProxyType

from PIL import Image

from studio.render.banner.box import Box
from studio.render.banner.drawing import Drawing, Fill, Words
from studio.render.banner.raster import fitted_logo
from studio.render.banner.scrim import Scrim
from studio.render.typography import Typeface

_QUALITY = 88
_ENDS = MappingProxyType(
    {"left": (0, 0, 1, 0), "right": (1, 0, 0, 0), "top": (0, 0, 0, 1), "bottom": (0, 1, 0, 0)}
)


def banner_svg(drawing: Drawing) -> str:
    """The SVG document, as wide and high as the finished banner; the bleed lies outside it."""
    size = drawing.size
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size.width}" height="{size.height}" '
        f'viewBox="0 0 {size.width} {size.height}" role="img" '
        f'aria-label="{html.escape(_said(drawing))}">',
        *_defs(drawing),
        _rect(Fill(size.whole, drawing.paper)),
        *([_rect(drawing.panel)] if drawing.panel else []),
        _image(drawing.picture_box, _jpeg(drawing.picture), "image/jpeg"),
        *([_rect(Fill(drawing.picture_box, "url(#scrim)"))] if drawing.scrim else []),
        *map(_rect, drawing.fills),
        *(_image(each.box, _png(fitted_logo(each, 2.0)), "image/png") for each in drawing.logos),
        *map(_text, drawing.words),
        "</svg>",
    ]
    return "\n".join(parts)


def _said(drawing: Drawing) -> str:
    return " ".join(line.text for each in drawing.words for line in each.block.lines)


def _defs(drawing: Drawing) -> Iterator[str]:
    faces: dict[Typeface, list[str]] = {}
    for each in drawing.words:
        if each.block.face is not None:
            texts = faces.setdefault(each.block.face, [])
            texts.extend(line.text for line in each.block.lines)
    yield "<defs>"
    if faces:
        yield f"<style>{''.join(_font_face(face, texts) for face, texts in faces.items())}</style>"
    if drawing.scrim:
        yield _gradient(drawing.scrim)
    yield "</defs>"


def _font_face(face: Typeface, texts: list[str]) -> str:
    data = base64.b64encode(face.subset(tuple(texts))).decode()
    weight = 700 if face.weight == "bold" else 400
    return (
        f"@font-face{{font-family:'{_named(face)}';font-weight:{weight};"
        f"src:url(data:font/woff2;base64,{data}) format('woff2')}}"
    )


def _named(face: Typeface) -> str:
    return f"Atelier {face.family}"


def _gradient(scrim: Scrim) -> str:
    x1, y1, x2, y2 = _ENDS[scrim.edge]
    stops = "".join(
        f'<stop offset="{offset:.4f}" stop-color="{scrim.colour}" stop-opacity="{opacity:.4f}"/>'
        for offset, opacity in scrim.stops
    )
    return (
        f'<linearGradient id="scrim" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}">{stops}'
        "</linearGradient>"
    )


def _rect(fill: Fill) -> str:
    left, top, right, bottom = (round(each) for each in fill.box)
    corner = f' rx="{fill.radius:.2f}"' if fill.radius else ""
    return (
        f'<rect x="{left}" y="{top}" width="{right - left}" height="{bottom - top}"'
        f'{corner} fill="{fill.colour}"/>'
    )


def _image(box: Box, content: bytes, mime: str) -> str:
    left, top, right, bottom = (round(each) for each in box)
    data = base64.b64encode(content).decode()
    return (
        f'<image x="{left}" y="{top}" width="{right - left}" height="{bottom - top}" '
        f'preserveAspectRatio="none" href="data:{mime};base64,{data}"/>'
    )


def _text(words: Words) -> str:
    """One element a block, one span a line: a browser sets each as wide as the picture has it."""
    block, face = words.block, words.block.face
    if face is None:
        return ""
    weight = 700 if face.weight == "bold" else 400
    generic = "serif" if face.family == "serif" else "sans-serif"
    spans = "".join(
        f'<tspan x="{each.x:.2f}" y="{each.baseline:.2f}" '
        f'textLength="{face.width(each.text, block.size):.2f}">{html.escape(each.text)}</tspan>'
        for each in block.lines
    )
    return (
        f'<text id="{block.name}" font-family="\'{_named(face)}\', {generic}" '
        f'font-weight="{weight}" font-size="{block.size:.2f}" fill="{words.colour}">{spans}</text>'
    )


def _jpeg(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, subsampling=0)
    return file.getvalue()


def _png(image: Image.Image) -> bytes:
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
