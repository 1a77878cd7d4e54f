"""The copy of a kit as files: all channels in one table and one JSON, and Google's import table."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from studio.render.rendered_file import RenderedFile
from studio.render.text import AI_SOURCE

COLUMNS = ("channel", "name", "text", "used", "limit", "angle", "by")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def copy_files(
    channels: Sequence[Mapping[str, Any]],
    google: Sequence[Mapping[str, str]],
    recipe: Mapping[str, object],
) -> tuple[RenderedFile, ...]:
    """`copy.csv`, `copy.json`, and `google-ads.csv` where there are rows for it. `channels` as a
    kit's data has them."""
    rows = ({"channel": each["channel"], **row} for each in channels for row in each["fields"])
    files = (
        RenderedFile("copy.csv", "text/csv", table(COLUMNS, rows)),
        RenderedFile("copy.json", "application/json", _json(channels, recipe)),
    )
    if not google:
        return files
    columns = tuple(dict.fromkeys(name for row in google for name in row))
    return (*files, RenderedFile("google-ads.csv", "text/csv", table(columns, google)))


def table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with its mark, which spreadsheets need to read Chinese."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return sheet.getvalue().encode("utf-8-sig")


def _json(channels: Sequence[Mapping[str, Any]], recipe: Mapping[str, object]) -> bytes:
    whole = {"channels": channels, "digital_source_type": AI_SOURCE, "recipe": recipe}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=dict).encode()


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text (CWE-1236)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
