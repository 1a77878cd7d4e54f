"""A font file of just the glyphs that some texts need, to be embedded in an SVG or a page.

Glyphs of all fonts of a typeface stand in one file (CFF outlines in WOFF2), with the kerning of
the pairs that occur, and with the copyright lines of the fonts they come from.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen

from studio.render.typography.font_file import FontFile
from studio.render.typography.placed_glyph import PlacedGlyph

EM = 1000
LICENCE = "SIL Open Font License 1.1"
LICENCE_URL = "https://openfontlicense.org"
_NO_GLYPH = ".notdef"

Lines = tuple[tuple[PlacedGlyph, ...], ...]


@lru_cache(maxsize=64)
def web_font(name: str, lines: Lines, ascent: int, descent: int) -> bytes:
    """WOFF2 with the glyphs of `lines`; ascent and descent (positive) in thousandths of an em."""
    files = {each.character: each.file for line in reversed(lines) for each in reversed(line)}
    builder = FontBuilder(EM, isTTF=False)
    builder.setupGlyphOrder([_NO_GLYPH, *(_name(each) for each in sorted(files))])
    builder.setupCharacterMap({ord(each): _name(each) for each in files})
    shapes = {_name(each): _charstring(file, each) for each, file in files.items()}
    builder.setupCFF(name.replace(" ", ""), {}, {_NO_GLYPH: _blank(), **shapes}, {})
    widths = {_name(each): round(file.advance(each) * EM) for each, file in files.items()}
    builder.setupHorizontalMetrics({each: (wide, 0) for each, wide in _with_blank(widths).items()})
    builder.setupHorizontalHeader(ascent=ascent, descent=-descent)
    builder.setupOS2(sTypoAscender=ascent, sTypoDescender=-descent, sTypoLineGap=0)
    builder.setupNameTable(_names(name, list(files.values())))
    builder.setupPost()
    kerning = _kerning(lines, files)
    if kerning:
        addOpenTypeFeaturesFromString(builder.font, f"feature kern {{ {kerning} }} kern;")
    return _packed(builder.font)


def _kerning(lines: Lines, files: Mapping[str, FontFile]) -> str:
    """One rule for each pair of neighbours that stand closer or wider than their advances."""
    pairs = {
        (one.character, other.character): round(
            EM * (one.advance - one.file.advance(one.character))
        )
        for line in reversed(lines)
        for one, other in pairwise(line)
        if files[one.character] is one.file and files[other.character] is other.file
    }
    return " ".join(
        f"pos {_name(one)} {_name(other)} {each};" for (one, other), each in pairs.items() if each
    )


def _charstring(file: FontFile, character: str) -> Any:
    scale = EM / file.em
    pen = T2CharStringPen(round(file.advance(character) * EM), None)
    for command, values in file.steps(character):
        points = [(x * scale, y * scale) for x, y in zip(values[::2], values[1::2], strict=True)]
        _draw(pen, command, points)
    return pen.getCharString()


def _draw(pen: T2CharStringPen, command: str, points: Sequence[tuple[float, float]]) -> None:
    if command == "M":
        pen.moveTo(points[0])
    elif command == "L":
        pen.lineTo(points[0])
    elif command == "C":
        pen.curveTo(*points)
    else:
        pen.closePath()


def _blank() -> Any:
    return T2CharStringPen(EM // 2, None).getCharString()


def _with_blank(widths: Mapping[str, int]) -> dict[str, int]:
    return {_NO_GLYPH: EM // 2, **widths}


def _name(character: str) -> str:
    return f"u{ord(character):04X}"


def _names(name: str, files: Sequence[FontFile]) -> dict[str, str]:
    return {
        "copyright": " ".join(dict.fromkeys(each.copyright for each in files)),
        "familyName": name,
        "styleName": "Regular",
        "fullName": name,
        "psName": name.replace(" ", ""),
        "licenseDescription": LICENCE,
        "licenseInfoURL": LICENCE_URL,
    }


def _packed(font: Any) -> bytes:
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
