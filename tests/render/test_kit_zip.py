"""The archive that is handed over: what lies where, and the same bytes for the same kit."""

from __future__ import annotations

import csv
import io
import json
import zipfile

from studio.render.kit_copy import copy_files
from studio.render.kit_zip import zip_file
from studio.render.rendered_file import RenderedFile

FILES = (
    RenderedFile("copy.csv", "text/csv", b"a,b\n"),
    RenderedFile("banner-300x250-1.png", "image/png", b"one"),
    RenderedFile("banner-300x250-2.png", "image/png", b"two"),
    RenderedFile("picture-wide.png", "image/png", b"wide"),
    RenderedFile("jingle.wav", "audio/wav", b"RIFF"),
)


def names(file: RenderedFile) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(file.content)).namelist()


def test_only_the_picked_banner_of_a_size_is_in_it() -> None:
    whole = zip_file(FILES, {"banner-300x250-2.png"}, b"{}")
    assert names(whole) == [
        "copy.csv",
        "banners/banner-300x250-2.png",
        "pictures/picture-wide.png",
        "jingle.wav",
        "recipe.json",
    ]
    archive = zipfile.ZipFile(io.BytesIO(whole.content))
    assert archive.testzip() is None
    assert archive.read("banners/banner-300x250-2.png") == b"two"


def test_the_same_kit_gives_the_same_bytes() -> None:
    assert zip_file(FILES, (), b"{}").content == zip_file(FILES, (), b"{}").content


CHANNELS = (
    {
        "channel": "x",
        "fields": [
            {"name": "post", "text": '=HYPERLINK("http://x")', "used": 1, "limit": 280},
            {"name": "post", "text": "冷泡，三分钟", "used": 12, "limit": 280},
        ],
    },
)


def test_a_spreadsheet_reads_chinese_and_runs_nothing() -> None:
    table, whole = copy_files(CHANNELS, (), {"craft": "kit"})
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["channel"] for row in rows] == ["x", "x"]
    assert rows[0]["text"].startswith("'=")
    assert rows[1]["text"] == "冷泡，三分钟"
    assert json.loads(whole.content)["recipe"] == {"craft": "kit"}


def test_google_has_a_table_of_its_own() -> None:
    files = copy_files(CHANNELS, [{"Headline 1": "A", "Path 1": ""}], {})
    assert [each.name for each in files] == ["copy.csv", "copy.json", "google-ads.csv"]
    assert files[-1].content.decode("utf-8-sig").splitlines() == ["Headline 1,Path 1", "A,"]
