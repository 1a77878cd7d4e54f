"""Drop an exported file back: its recipe is there, whatever the format; garbage is no recipe."""

from __future__ import annotations

import html
import io
import json
import struct
import zlib

import mido
import pytest
from PIL import Image, PngImagePlugin
from reportlab.pdfgen.canvas import Canvas

from studio.errors import InvalidInput
from studio.render.recipe import MOST_BYTES, recipe_of, recipe_text

RECIPE = {
    "craft": "melody",
    "inputs": {"text": '江南水乡 "calm" <b>&\\ --> ]] (a (b) c\\)', "seed": 7},
    "plan": {"bars": 8},
}


def png(*, packed: bool = False, international: bool = False) -> bytes:
    info = PngImagePlugin.PngInfo()
    if international:
        info.add_itxt("atelier", recipe_text(RECIPE), zip=packed)
    else:
        info.add_text("atelier", recipe_text(RECIPE), zip=packed)
    info.add_text("Comment", '{"craft": "another"}')
    file = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "PNG", pnginfo=info)
    return file.getvalue()


def wav() -> bytes:
    comment = recipe_text(RECIPE).encode() + b"\0"
    comment += b"\0" * (len(comment) % 2)
    info = b"INFO" + b"ISFT" + struct.pack("<I", 3) + b"abc\0" + b"ICMT"
    info += struct.pack("<I", len(comment)) + comment
    chunks = b"fmt " + struct.pack("<IHHIIHH", 16, 1, 1, 8000, 16000, 2, 16)
    chunks += b"data" + struct.pack("<I", 4) + b"\0" * 4
    chunks += b"LIST" + struct.pack("<I", len(info)) + info
    return b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks


def midi(text: str = "") -> bytes:
    file, track = mido.MidiFile(), mido.MidiTrack()
    track.append(mido.MetaMessage("text", text="a tune"))
    track.append(mido.MetaMessage("text", text=text or f"atelier:{recipe_text(RECIPE)}"))
    track.append(mido.Message("note_on", note=60))
    file.tracks.append(track)
    out = io.BytesIO()
    file.save(file=out)
    return out.getvalue()


def pdf() -> bytes:
    held = io.BytesIO()
    canvas = Canvas(held)
    canvas.setKeywords(f"atelier:{recipe_text(RECIPE)}")
    canvas.drawString(10, 10, "/Keywords (another)")
    canvas.save()
    return held.getvalue()


FILES = {
    "a.png": png(),
    "packed.png": png(packed=True),
    "international.png": png(international=True),
    "international-packed.png": png(international=True, packed=True),
    "a.wav": wav(),
    "a.mid": midi(),
    "a.abc": f"X:1\n%%atelier {recipe_text(RECIPE)}\nK:C\nCDEF|\n".encode(),
    "windows.abc": f"X:1\r\n%%atelier {recipe_text(RECIPE)}\r\nK:C\r\n".encode(),
    "a.svg": (
        "<svg xmlns='http://www.w3.org/2000/svg'><metadata id=\"atelier\">"
        f"{html.escape(recipe_text(RECIPE))}</metadata></svg>"
    ).encode(),
    "a.json": json.dumps({"fields": [], "recipe": RECIPE}).encode(),
    "recipe.json": json.dumps(RECIPE, ensure_ascii=False, indent=2).encode(),
    "a.md": f'---\ntitle: "x"\natelier: {recipe_text(RECIPE)}\n---\n\nText\n'.encode(),
    "wrong-name.txt": png(),
    "a.musicxml": (
        "<?xml version='1.0'?><score-partwise><identification><miscellaneous>"
        '<miscellaneous-field name="atelier">'
        f"{html.escape(recipe_text(RECIPE))}</miscellaneous-field></miscellaneous>"
        "</identification></score-partwise>"
    ).encode(),
    "a.pdf": pdf(),
}


@pytest.mark.parametrize("name", FILES)
def test_the_recipe_comes_back_whole(name):
    assert recipe_of(name, FILES[name]) == RECIPE


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_anywhere_gives_the_recipe_or_nothing_and_never_fails(name):
    content = FILES[name]
    for end in range(0, len(content), max(1, len(content) // 60)):
        assert recipe_of(name, content[:end]) in (None, RECIPE)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff" * 50,
        b"just a story",
        b"{",
        b"[1, 2]",
        b'{"recipe": {"no": "craft"}}',
        b"---\natelier: {broken\n---\n",
        b"[" * 100_000,
        b'{"recipe":' * 50_000,
        b"atelier:" * 100,
        midi("atelier:nothing"),
    ],
)
def test_a_file_without_a_recipe_has_none(content):
    assert recipe_of("x", content) is None


def test_a_chunk_that_unpacks_to_gigabytes_is_not_unpacked():
    body = b"atelier\0\0" + zlib.compress(b"0" * 50_000_000)
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4s", len(body), b"zTXt") + body + b"\0" * 4
    assert recipe_of("bomb.png", bomb) is None


def test_a_huge_file_is_refused_with_a_clear_word():
    with pytest.raises(InvalidInput) as error:
        recipe_of("film.mov", b"\0" * (MOST_BYTES + 1))
    assert (error.value.field, error.value.code) == ("file", "file_too_large")


def test_a_recipe_too_long_to_be_one_is_ignored():
    long = {"craft": "writing", "inputs": {"text": "x" * 300_000}}
    assert recipe_of("a.json", json.dumps(long).encode()) is None
