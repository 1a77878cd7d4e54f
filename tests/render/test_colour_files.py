"""Palettes read back by readers of their own, written from the formats' descriptions."""

from __future__ import annotations

import json
import re
import struct

import numpy as np
import pytest

from studio.errors import InvalidInput
from studio.render.colour_files import FORMATS, colour_file
from studio.render.colour_sheet import ColourSheet, colour_sheet
from studio.render.swatches import Swatch
from studio.requests import Picture

STRIPES = {"#f0e6d2": 60, "#c83c28": 25, "#14141e": 15}


def _picture() -> Picture:
    rows = [
        np.full((count, 100, 3), list(bytes.fromhex(colour[1:])), np.uint8)
        for colour, count in STRIPES.items()
    ]
    return Picture(100, 100, np.concatenate(rows).tobytes())


@pytest.fixture
def sheet() -> ColourSheet:
    return colour_sheet(_picture(), 5)


def _read_ase(content: bytes) -> tuple[list[tuple[str, tuple[int, ...]]], list[str]]:
    """(name, rgb) of every colour, and the group names, after the published block layout."""
    assert content[:4] == b"ASEF"
    assert struct.unpack(">HH", content[4:8]) == (1, 0)
    (count,) = struct.unpack(">I", content[8:12])
    at, colours, groups, depth = 12, [], [], 0
    for _ in range(count):
        kind, length = struct.unpack(">HI", content[at : at + 6])
        body, at = content[at + 6 : at + 6 + length], at + 6 + length
        if kind == 0xC002:
            assert body == b""
            depth -= 1
            continue
        (units,) = struct.unpack(">H", body[:2])
        name = body[2 : 2 + 2 * units].decode("utf-16-be")
        assert name.endswith("\0")
        rest = body[2 + 2 * units :]
        if kind == 0xC001:
            assert rest == b""
            groups.append(name[:-1])
            depth += 1
        else:
            assert kind == 0x0001
            assert rest[:4] == b"RGB "
            shares = struct.unpack(">3f", rest[4:16])
            assert struct.unpack(">H", rest[16:]) == (0,)
            colours.append((name[:-1], tuple(round(255 * each) for each in shares)))
    assert at == len(content)
    assert depth == 0
    return colours, groups


def _read_gpl(content: bytes) -> list[tuple[str, tuple[int, ...]]]:
    lines = content.decode("utf-8").splitlines()
    assert lines[0] == "GIMP Palette"
    assert lines[1].startswith("Name: ")
    rows = [line for line in lines[1:] if re.match(r"\s*\d", line)]
    split = [row.split(maxsplit=3) for row in rows]
    return [(name, (int(r), int(g), int(b))) for r, g, b, name in split]


def _expected() -> list[tuple[int, ...]]:
    return [tuple(bytes.fromhex(each[1:])) for each in STRIPES]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_ase_and_gpl_hold_the_colours_and_their_names(sheet: ColourSheet, lang: str) -> None:
    colours, groups = _read_ase(colour_file(sheet, "ase", lang).content)
    assert [rgb for _, rgb in colours] == _expected()
    assert [name for name, _ in colours] == list(sheet.names(lang))
    assert len(groups) == 1
    assert _read_gpl(colour_file(sheet, "gpl", lang).content) == colours


def test_css_is_a_rule_of_custom_properties(sheet: ColourSheet) -> None:
    text = re.sub(r"/\*.*?\*/", "", colour_file(sheet, "css", "zh").content.decode())
    found = re.fullmatch(r"\s*:root \{(.*)\}\s*", text, re.S)
    assert found
    pairs = dict(re.findall(r"(--[a-z][a-z0-9-]*): (#[0-9a-f]{6});", found[1]))
    assert list(pairs.values()) == list(STRIPES)


def test_json_says_everything(sheet: ColourSheet) -> None:
    told = json.loads(colour_file(sheet, "json").content)
    assert [each["hex"] for each in told["colours"]] == list(STRIPES)
    assert told["colours"][0]["share"] == 0.6
    assert told["colours"][0]["text"] == "#000000"
    assert told["contrasts"][0][2] == told["contrasts"][2][0] > 10
    assert told["leading"] == "#c83c28"
    assert {"complement", "analogous", "triad", "split", "tetrad"} <= set(told["harmonies"])


def test_names_are_told_apart() -> None:
    twins = ColourSheet((Swatch("#c83c28", 0.6), Swatch("#c73b27", 0.4)))
    for lang in ("en", "zh"):
        one, other = twins.names(lang)
        assert other == f"{one} 2"
    text = colour_file(twins, "css").content.decode()
    assert len(set(re.findall(r"--[a-z0-9-]+", text))) == 2


def test_as_many_colours_as_asked_within_reason() -> None:
    assert len(colour_sheet(_picture(), 2).colours) == 2
    assert len(colour_sheet(_picture(), 999).colours) == 3


def test_a_format_nobody_reads_is_named(sheet: ColourSheet) -> None:
    assert set(FORMATS) == {"css", "ase", "gpl", "json"}
    with pytest.raises(InvalidInput) as told:
        colour_file(sheet, "aco")
    assert told.value.code == "colour_format"
