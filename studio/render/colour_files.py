"""A palette as files that design programs read: CSS, Adobe Swatch Exchange, GIMP, JSON.

ASE after its published block layout: "ASEF", version 1.0 and the number of blocks; then blocks of
type, length and content, all big-endian. A colour is its name (UTF-16, ended by a zero), its model
("RGB " and three 32-bit floats) and its kind. GPL after the GIMP developers' page "GIMP palette
format".
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from studio.crafts.palette import hex_to_rgb
from studio.errors import InvalidInput
from studio.render.colour_sheet import ColourSheet, colour_sheet
from studio.render.picture_upload import uploaded_picture
from studio.render.rendered_file import RenderedFile

TITLE = "Atelier"
_GROUP, _GROUP_END, _COLOUR = 0xC001, 0xC002, 0x0001
_GLOBAL = 0


def colour_file(sheet: ColourSheet, format: str, lang: str = "en") -> RenderedFile:
    """The sheet in one of `FORMATS`, its colours named in `lang`. Raises InvalidInput."""
    if format not in FORMATS:
        known = ", ".join(FORMATS)
        raise InvalidInput(
            "format",
            f"Colours come as {known}, not as {format}.",
            code="colour_format",
            format=format,
            known=known,
        )
    mime, write = FORMATS[format]
    return RenderedFile(f"atelier-colours.{format}", mime, write(sheet, lang))


def colours_of_file(path: Path, count: int, format: str, lang: str) -> RenderedFile:
    """`colour_file` of a finished picture on disk."""
    return colour_file(colour_sheet(uploaded_picture(path.read_bytes()), count), format, lang)


def _css(sheet: ColourSheet, lang: str) -> bytes:
    """Custom properties with English names, which every style sheet takes."""
    keys = [re.sub(r"[^a-z0-9]+", "-", each) for each in sheet.names("en")]
    told = sheet.names(lang)
    lines = [
        f"  --{key}: {each.hex}; /* {name}, {each.share:.0%} */"
        for key, each, name in zip(keys, sheet.colours, told, strict=True)
    ]
    return "\n".join([f"/* {TITLE} */", ":root {", *lines, "}", ""]).encode()


def _gpl(sheet: ColourSheet, lang: str) -> bytes:
    rows = [
        " ".join(f"{each:3d}" for each in hex_to_rgb(colour)) + f"\t{name}"
        for colour, name in zip(sheet.hexes, sheet.names(lang), strict=True)
    ]
    head = ["GIMP Palette", f"Name: {TITLE}", f"Columns: {len(rows)}", "#"]
    return "\n".join([*head, *rows, ""]).encode()


def _ase(sheet: ColourSheet, lang: str) -> bytes:
    colours = [
        _block(_COLOUR, _text(name) + _rgb(colour))
        for colour, name in zip(sheet.hexes, sheet.names(lang), strict=True)
    ]
    blocks = [_block(_GROUP, _text(TITLE)), *colours, _block(_GROUP_END, b"")]
    return b"ASEF" + struct.pack(">HHI", 1, 0, len(blocks)) + b"".join(blocks)


def _block(kind: int, content: bytes) -> bytes:
    return struct.pack(">HI", kind, len(content)) + content


def _text(text: str) -> bytes:
    """The number of UTF-16 units with the closing zero, then the units."""
    units = text.encode("utf-16-be") + b"\0\0"
    return struct.pack(">H", len(units) // 2) + units


def _rgb(colour: str) -> bytes:
    shares = [each / 255 for each in hex_to_rgb(colour)]
    return struct.pack(">4s3fH", b"RGB ", *shares, _GLOBAL)


def _json(sheet: ColourSheet, _lang: str) -> bytes:
    return json.dumps(sheet.as_dict(), ensure_ascii=False, indent=2).encode()


FORMATS: Mapping[str, tuple[str, Callable[[ColourSheet, str], bytes]]] = MappingProxyType(
    {
        "css": ("text/css", _css),
        "ase": ("application/octet-stream", _ase),
        "gpl": ("text/plain", _gpl),
        "json": ("application/json", _json),
    }
)
"""Format -> MIME type and how it is written."""
