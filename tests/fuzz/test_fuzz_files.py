"""Files from strangers: random, cut short, changed, larger inside than outside, two things at once.

A recipe or none, a picture, a melody, rows: or one sentence, within bounds of time and memory.
"""

from __future__ import annotations

import io
import json
import struct
import tempfile
import wave
import zipfile
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import mido
from hypothesis import strategies as st
from PIL import Image

from studio.crafts.craft import Output
from studio.errors import InvalidInput, StudioError
from studio.melodies import MOST_UPLOAD_BYTES
from studio.music.abc_reader import read_lead_sheet
from studio.render.logo import read_logo
from studio.render.melody_upload import uploaded_tune
from studio.render.musicxml import musicxml_file
from studio.render.picture_upload import uploaded_picture
from studio.render.recipe import recipe_of
from studio.render.score import Score
from studio.render.text import text_files
from studio.training.data.reading import read_file
from studio.training.data.record import Problem, Record
from tests.fuzz.fuzzed import JSON, JUNK, allowed, bounded, fuzzed

ABC = (
    'X:1\nT:A tune\nM:4/4\nL:1/8\nQ:1/4=100\nK:G\n|: GABc d2e2 | "C"c2 B2 A4 :|\nw: one two three\n'
)
RECIPE = {"craft": "writing", "inputs": {"text": "the moon", "seed": 3}, "version": 1}
XML_BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (98 + n, *[97 + n] * 4) for n in range(20))
    + b"]><score-partwise>&u;</score-partwise>"
)


def _png(width: int = 20, height: int = 12) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (width, height), "#c0392b").save(file, "PNG")
    return file.getvalue()


def _saved(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (20, 12), "#2b9").save(file, kind)
    return file.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _bomb_png(edge: int) -> bytes:
    """A picture of edge x edge px in a few bytes."""
    head = _chunk(b"IHDR", struct.pack(">IIBBBBB", edge, edge, 1, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n"
        + head
        + _chunk(b"IDAT", zlib.compress(bytes(10**6)))
        + _chunk(b"IEND", b"")
    )


def _text_bomb_png() -> bytes:
    """A recipe chunk that unpacks to a hundred times its size."""
    packed = zlib.compress(b'{"craft":"' + b"a" * 30_000_000)
    whole = _png()
    return whole[:33] + _chunk(b"zTXt", b"atelier\0\0" + packed) + whole[33:]


def _zip(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def _midi() -> bytes:
    file = mido.MidiFile()
    track = mido.MidiTrack()
    file.tracks.append(track)
    for pitch in (60, 62, 64, 65, 67, 65, 64, 62):
        track.append(mido.Message("note_on", note=pitch, velocity=80, time=0))
        track.append(mido.Message("note_off", note=pitch, velocity=0, time=240))
    written = io.BytesIO()
    file.save(file=written)
    return written.getvalue()


def _wave(seconds: float = 0.3) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(
            b"".join(struct.pack("<h", 9000 * (n // 9 % 2)) for n in range(int(8000 * seconds)))
        )
    return file.getvalue()


@cache
def _musicxml() -> bytes:
    sheet = read_lead_sheet(ABC, lenient=True)
    return musicxml_file(Score(sheet.tune, sheet.chords, sheet.tune.title), RECIPE)


@cache
def real_files() -> tuple[bytes, ...]:
    """One of each kind that people bring, some with a recipe inside."""
    texts = text_files(Output(text="The moon.\n\nAnd the sea.", title="A note"), RECIPE)
    return (
        _png(), _saved("GIF"), _saved("JPEG"), _saved("WEBP"), _saved("TIFF"), _saved("BMP"),
        _midi(), ABC.encode(), _musicxml(), _wave(), *(each.content for each in texts),
        _zip(score_xml=_musicxml(), more_xml=b"<x/>"),
        f"%%atelier {json.dumps(RECIPE)}\n{ABC}".encode(), json.dumps({"recipe": RECIPE}).encode(),
    )  # fmt: skip


@cache
def nasty_files() -> tuple[bytes, ...]:
    """Made to harm a careless reader."""
    script = b"<script>alert(1)</script>"
    deep = b"<score-partwise>" + b"<a>" * 50_000
    return (
        _bomb_png(30_000), _bomb_png(8_900), _text_bomb_png(), XML_BOMB, deep,
        _zip(score_xml=b"<score-partwise>" + b" " * 60_000_000),
        _zip(customXml__atelier_xml=b"<atelier>" + b"{" * 30_000_000),
        _png() + _zip(score_xml=_musicxml()), b"GIF89a/*" + script + b"*/=1;",
        b"PK\x03\x04" + _png(), b"MThd" + _png(), b"RIFF" + _midi(), b"fLaC" + _png(),
        b'<svg xmlns="http://www.w3.org/2000/svg">' + script,
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><score-partwise>&e;',
        b"MThd\0\0\0\6\0\1\xff\xff\0\0MTrk\xff\xff\xff\xff",
        b"%PDF-/Keywords (atelier:" + b"(" * 9000,
        b"X:1\nK:C\n" + b"C" * 300_000, b"X:1\nK:C\n" + b"|:" * 60_000 + b"C",
        b"X:1\nL:1/99999999\nK:C\nC",
        b"X:1\nM:0/0\nQ:1/0=9\nK:C\n(9999999:9:9CDE", b"RIFF\xff\xff\xff\xffWAVEfmt " + bytes(40),
        b"---\natelier: " + b"{" * 200_000, b"{" * 200_000, b"/* atelier: {" * 20_000,
        b"<metadata id='atelier'>" * 20_000, b"\0\0\0" + b"atelier:" * 60_000,
        b"MThd" + b"\xff" * 30 + b"atelier:" * 60_000, b"%!PS\n" + script, b"\x80\x04cos\nsystem\n",
    )  # fmt: skip


def changed(content: bytes, cuts: list[tuple[int, bytes]], end: int) -> bytes:
    """A real file with some bytes overwritten, cut off somewhere."""
    whole = bytearray(content)
    for at, noise in cuts:
        place = at % (len(whole) + 1)
        whole[place : place + len(noise)] = noise
    return bytes(whole[: max(0, len(whole) - end)])


CUTS = st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), max_size=4)
END = st.just(0) | st.integers(0, 400)
MUTATED = st.builds(changed, st.deferred(lambda: st.sampled_from(real_files())), CUTS, END)
NASTY = st.deferred(lambda: st.sampled_from(nasty_files()))
FILES = MUTATED | NASTY | st.builds(bytes.__add__, MUTATED, NASTY) | st.binary(max_size=300)
NAMES = JUNK | st.sampled_from(("a.mid", "../../etc/passwd", "x.png", "CON", "a\0b.abc"))

READERS: tuple[Callable[[str, bytes], Any], ...] = (
    recipe_of,
    uploaded_tune,
    lambda _, content: uploaded_picture(content),
    lambda _, content: read_logo(content),
)


@fuzzed(few=90, many=6000, name=NAMES, content=FILES, reader=st.sampled_from(READERS))
def test_a_file_is_read_or_refused_in_words(
    name: str, content: bytes, reader: Callable[[str, bytes], Any]
) -> None:
    with bounded(), allowed(InvalidInput):
        reader(name, content)


def test_every_nasty_file_meets_every_reader() -> None:
    for content in nasty_files():
        for reader in READERS:
            with bounded(), allowed(InvalidInput):
                reader("a file", content)


def test_every_real_file_is_known_to_some_reader() -> None:
    for content in (each for each in real_files() if not each.startswith(b"RIFF")):
        said = []
        for reader in READERS:
            with allowed(InvalidInput) as refused:
                said.append(reader("a file", content))
            said += refused
        assert any(each is not None and not isinstance(each, StudioError) for each in said)
    assert len(max(real_files(), key=len)) < MOST_UPLOAD_BYTES


ROWS = JSON | st.dictionaries(
    st.sampled_from(("text", "messages", "prompt", "answer", "lang")), JSON
)
LINES = st.lists(
    ROWS.map(lambda row: json.dumps(row).encode()) | st.binary(max_size=40), max_size=6
)
DATA = LINES.map(b"\n".join) | FILES


@fuzzed(few=40, content=DATA, ending=st.sampled_from((".jsonl", ".csv", ".txt", ".md", ".docx")))
def test_rows_of_own_texts_are_read_or_told(content: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder, bounded(), allowed(StudioError):
        path = Path(folder) / f"own{ending}"
        path.write_bytes(content)
        assert all(isinstance(each, Record | Problem) for each in read_file(path))
