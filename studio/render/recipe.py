"""The recipe inside a file: where each format keeps it, and how to read it back.

The recipe is JSON text. PNG: a tEXt, zTXt or iTXt chunk with the key "atelier" (PNG 3rd edition,
11.3.3). JPEG, WebP, TIFF: the element `atelier:recipe` of the XMP packet. GIF: a comment
extension. MP4: the comment of its user data. WAV: the INFO comment ICMT; FLAC, Ogg, MP3: the
comment tag. MIDI: a text meta event
"atelier:{json}". ABC: a line "%%atelier {json}". SVG: `<metadata id="atelier">`. Markdown and
plain text: the line "atelier:" of the YAML front matter. Word: a custom XML part `<atelier>`.
Fountain: the comment "/* atelier: {json} */". JSON: the key "recipe". MusicXML: the field
"atelier" of identification/miscellaneous. PDF: the keywords of its document information. Formats
are told by their content, not their name.
A file comes from a stranger: nothing is unpickled or executed, sizes are limited, and what does not
read as a recipe is no recipe.
"""

from __future__ import annotations

import html
import io
import json
import re
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping
from itertools import chain, islice
from zipfile import BadZipFile, ZipFile

import soundfile

from studio.errors import InvalidInput

KEY = "atelier"
MOST_BYTES = 64 * 10**6
"""Larger files are refused unread."""
MOST_RECIPE_BYTES = 256 * 1024
MOST_JSON_CHARACTERS = 8 * 10**6
"""Of a JSON file: parsed it takes many times its size."""
MOST_CANDIDATES = 32
"""Places of one file that may hold its recipe; a file that is made to have more has none."""

_ABC = re.compile(r"^%%atelier[ \t]+(\{.*\})[ \t]*$", re.MULTILINE)
_FRONT = re.compile(r"\A---\n(?:(?!---$).*\n)*?atelier:[ \t]*(\{.*\})[ \t]*$", re.MULTILINE)
_FOUNTAIN = re.compile(r"^/\* atelier:[ \t]*(\{.*\})[ \t]*\*/$", re.MULTILINE)
_WORD = re.compile(r"<atelier[^<>]{0,300}>")
_SVG = re.compile(r"<metadata[^<>]{0,300}\bid=[\"']atelier[\"'][^<>]{0,300}>")
_MUSICXML = re.compile(r"<miscellaneous-field[^<>]{0,300}\bname=[\"']atelier[\"'][^<>]{0,300}>")
_PDF_BEGIN = re.compile(rb"/Keywords\s{0,20}\(atelier:")
_PDF = re.compile(rb"((?:[^\\()]|\\.|\((?:[^\\()]|\\.)*\))*)\)", re.DOTALL)
_PDF_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_XMP = re.compile(rb"<atelier:recipe>([^<]{1,600000})</atelier:recipe>")
_CDATA = re.compile(r"\A\s*<!\[CDATA\[(.*)\]\]>\s*\Z", re.DOTALL)


def recipe_text(recipe: Mapping[str, object]) -> str:
    """The recipe on one line of ASCII, as every format carries it."""
    return json.dumps(recipe, ensure_ascii=True, sort_keys=True, default=dict)


def recipe_of(name: str, content: bytes) -> dict[str, object] | None:
    """The recipe that a file carries; None when it carries none.

    Raises InvalidInput("file") when the file is too large to look at.
    """
    if len(content) > MOST_BYTES:
        raise InvalidInput(
            "file",
            f"{name} is too large.",
            f"At most {MOST_BYTES // 10**6} MB.",
            code="file_too_large",
            limit_mb=MOST_BYTES // 10**6,
        )
    read = next((reader for magic, reader in _READERS if content.startswith(magic)), _from_text)
    candidates = islice(read(content), MOST_CANDIDATES)
    return next((found for text in candidates if (found := _parsed(text))), None)


def _parsed(text: str) -> dict[str, object] | None:
    if len(text) > MOST_RECIPE_BYTES:
        return None
    try:
        recipe = json.loads(text)
    except (ValueError, RecursionError):
        return None
    named = isinstance(recipe, dict) and isinstance(recipe.get("craft"), str)
    return recipe if named else None


def _from_png(content: bytes) -> Iterator[str]:
    at = 8
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + size]
        key, found, rest = data.partition(b"\0")
        if kind in (b"tEXt", b"zTXt", b"iTXt") and found and key == KEY.encode():
            yield _png_text(kind, rest)
        at += 12 + size


def _png_text(kind: bytes, rest: bytes) -> str:
    if kind == b"tEXt":
        return rest.decode("latin-1")
    if kind == b"zTXt":
        return _inflated(rest[1:]).decode("latin-1")
    packed, body = rest[:1] == b"\1", rest[2:].split(b"\0", 2)[-1]
    return (_inflated(body) if packed else body).decode("utf-8", "replace")


def _inflated(packed: bytes) -> bytes:
    """At most MOST_RECIPE_BYTES of it: a small chunk may unpack to gigabytes."""
    try:
        return zlib.decompressobj().decompress(packed, MOST_RECIPE_BYTES)
    except zlib.error:
        return b""


def _from_riff(content: bytes) -> Iterator[str]:
    for kind, data in _riff_chunks(content, 12, len(content)):
        if kind == b"XMP ":
            yield from _from_xmp(data)
        elif kind == b"LIST" and data[:4] == b"INFO":
            for inner, text in _riff_chunks(data, 4, len(data)):
                if inner == b"ICMT":
                    yield text.rstrip(b"\0").decode("utf-8", "replace").removeprefix(f"{KEY}:")


def _from_xmp(content: bytes) -> Iterator[str]:
    """XMP packets are found by their mark: a file need not be whole for that (XMP part 3, 1)."""
    for found in _XMP.findall(content):
        yield html.unescape(found.decode("utf-8", "replace"))


def _from_gif(content: bytes) -> Iterator[str]:
    """Comment extensions (GIF89a, 24): blocks of up to 255 bytes, each after its length."""
    at = content.find(b"\x21\xfe")
    while at != -1:
        text, at = b"", at + 2
        while at < len(content) and content[at] and len(text) <= MOST_RECIPE_BYTES:
            text += content[at + 1 : at + 1 + content[at]]
            at += 1 + content[at]
        yield text.decode("utf-8", "replace").removeprefix(f"{KEY}:")
        at = content.find(b"\x21\xfe", at)


def _from_mp4(content: bytes) -> Iterator[str]:
    """The comment is a `data` atom: size, "data", type, locale, text (QuickTime File Format)."""
    marker, at = f"{KEY}:".encode(), 0
    while (at := content.find(marker, at)) != -1:
        if at >= 16 and content[at - 12 : at - 8] == b"data":
            size = int.from_bytes(content[at - 16 : at - 12], "big") - 16
            if size <= MOST_RECIPE_BYTES:
                yield content[at + len(marker) : at + size].decode("utf-8", "replace")
        at += len(marker)


def _riff_chunks(content: bytes, at: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    while at + 8 <= end:
        kind, size = struct.unpack("<4sI", content[at : at + 8])
        yield kind, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _from_midi(content: bytes) -> Iterator[str]:
    """Text events are found by their prefix: no track needs to be whole for that."""
    marker, at = f"{KEY}:".encode(), 0
    while (at := content.find(marker, at)) != -1:
        size = min(_length_before(content, at), MOST_RECIPE_BYTES + len(marker))
        yield content[at + len(marker) : at + size].decode("utf-8", "replace")
        at += len(marker)


def _length_before(content: bytes, at: int) -> int:
    """The variable-length quantity that ends just before `at`: 7 bits a byte, big end first."""
    start = at - 1
    while start > 0 and at - start < 4 and content[start - 1] & 0x80:
        start -= 1
    size = 0
    for byte in content[max(0, start) : at]:
        size = size << 7 | byte & 0x7F
    return size


def _from_zip(content: bytes) -> Iterator[str]:
    """A Word document's own part; no more of it than a recipe may be long."""
    try:
        with ZipFile(io.BytesIO(content)) as package, package.open("customXml/atelier.xml") as part:
            text = part.read(MOST_RECIPE_BYTES).decode("utf-8", "replace")
    except (BadZipFile, KeyError, NotImplementedError, RuntimeError, zlib.error, EOFError):
        return
    yield from (html.unescape(found) for found in _inside(text, _WORD, "</atelier>"))


def _from_text(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    for pattern in (_ABC, _FRONT, _FOUNTAIN):
        yield from pattern.findall(text)
    drawn = _inside(text, _SVG, "</metadata>")
    for found in chain(drawn, _inside(text, _MUSICXML, "</miscellaneous-field>")):
        inner = _CDATA.match(found)
        yield inner.group(1) if inner else html.unescape(found)
    if text.lstrip().startswith("{") and len(text) <= MOST_JSON_CHARACTERS:
        yield from _from_json(text)


def _inside(text: str, opening: re.Pattern[str], closing: str) -> Iterator[str]:
    """What stands between each opening and the closing after it, in one pass: a pattern of both
    takes the square of the length for a file of openings alone."""
    begin = opening.search(text)
    while begin and (end := text.find(closing, begin.end())) != -1:
        yield text[begin.end() : end]
        begin = opening.search(text, end)


def _from_pdf(content: bytes) -> Iterator[str]:
    """A literal string of the information dictionary (ISO 32000-1, 7.3.4.2 and 14.3.3)."""
    for begin in islice(_PDF_BEGIN.finditer(content), MOST_CANDIDATES):
        found = _PDF.match(content, begin.end(), begin.end() + 4 * MOST_RECIPE_BYTES)
        if found is None:
            continue
        yield _PDF_ESCAPE.sub(_unescaped, found[1]).decode("latin-1")


def _unescaped(match: re.Match[bytes]) -> bytes:
    named = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
    code = match[1]
    if code.isdigit():
        return bytes([int(code, 8) & 0xFF])
    return b"" if code in (b"\n", b"\r", b"\r\n") else named.get(code, code)


def _from_json(text: str) -> Iterator[str]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return
    inner = whole.get("recipe", whole.get(KEY)) if isinstance(whole, dict) else None
    yield json.dumps(inner if isinstance(inner, dict) else whole)


def _from_sound(content: bytes) -> Iterator[str]:
    """The comment of a FLAC, Ogg or MP3 file."""
    try:
        with soundfile.SoundFile(io.BytesIO(content)) as file:
            yield file.comment
    except soundfile.SoundFileError:
        return


_READERS: tuple[tuple[bytes, Callable[[bytes], Iterator[str]]], ...] = (
    (b"\x89PNG\r\n\x1a\n", _from_png),
    (b"RIFF", _from_riff),
    (b"\xff\xd8\xff", _from_xmp),
    (b"II*\0", _from_xmp),
    (b"MM\0*", _from_xmp),
    (b"GIF8", _from_gif),
    (b"\0\0\0", _from_mp4),
    (b"MThd", _from_midi),
    (b"PK\x03\x04", _from_zip),
    (b"%PDF-", _from_pdf),
    *(
        (magic, _from_sound)
        for magic in (b"fLaC", b"OggS", b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")
    ),
)
