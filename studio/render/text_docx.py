"""A text as a Word document, by python-docx: prose in paragraphs, a scene in screenplay layout.

The recipe is a custom XML part of the package (ECMA-376 part 1, 15.2.5), which Word keeps and does
not show.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from studio.prose.screenplay import Element, elements_of, is_scene

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RECIPE_PART = "/customXml/atelier.xml"
SERIF, CHINESE_SERIF, TYPEWRITER = "Georgia", "SimSun", "Courier New"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has no place for (https://www.w3.org/TR/xml/#charsets): pasted texts
bring them along."""
_LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""Equal texts give equal documents."""
_INDENT_CM: Mapping[str, float] = MappingProxyType({"cue": 6.5, "parenthetical": 5.2, "line": 3.8})
_RIGHT_CM: Mapping[str, float] = MappingProxyType({"parenthetical": 4.5, "line": 3.8})
_SPACE_PT: Mapping[str, int] = MappingProxyType(
    {"line": 12, "action": 12, "heading": 12, "transition": 12}
)


def text_docx(title: str, text: str, recipe: str, source: str) -> bytes:
    """The document's bytes. `recipe` is its JSON, `source` the IPTC digital source type."""
    title, text = _NOT_XML.sub("", title), _NOT_XML.sub("", text)
    document = Document()
    _base_font(document, TYPEWRITER if is_scene(text) else SERIF)
    if title:
        document.add_heading(title, level=1)
    if is_scene(text):
        for element in elements_of(text):
            _add_element(document, element)
    else:
        _add_prose(document, text)
    _describe(document, title, source)
    _carry(document, recipe)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _base_font(document: WordDocument, font: str) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = font, Pt(12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), CHINESE_SERIF)
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2.8)


def _add_prose(document: WordDocument, text: str) -> None:
    """A blank line parts paragraphs; a single line break stays one (verse, headlines)."""
    for block in text.strip().split("\n\n"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(10)
        paragraph.paragraph_format.line_spacing = 1.35
        for number, line in enumerate(block.strip("\n").split("\n")):
            run = paragraph.add_run(line)
            if number < block.strip("\n").count("\n"):
                run.add_break()


def _add_element(document: WordDocument, element: Element) -> None:
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.left_indent = Cm(_INDENT_CM.get(element.kind, 0))
    layout.right_indent = Cm(_RIGHT_CM.get(element.kind, 0))
    layout.space_after = Pt(_SPACE_PT.get(element.kind, 0))
    layout.keep_with_next = element.kind in ("heading", "cue", "parenthetical")
    if element.kind == "transition":
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    lines = element.text.split("\n")
    for number, line in enumerate(lines):
        run = paragraph.add_run(line)
        run.bold = element.kind == "heading"
        if number < len(lines) - 1:
            run.add_break()


def _describe(document: WordDocument, title: str, source: str) -> None:
    properties = document.core_properties
    properties.title, properties.author = title[:255], ""
    properties.comments = f"digital source type: {source}"[:255]
    properties.created = properties.modified = _LONG_AGO


def _carry(document: WordDocument, recipe: str) -> None:
    body = f'<atelier xmlns="urn:atelier:recipe">{escape(recipe)}</atelier>'
    blob = ('<?xml version="1.0" encoding="UTF-8"?>' + body).encode()
    part = Part(PackURI(RECIPE_PART), "application/xml", blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
