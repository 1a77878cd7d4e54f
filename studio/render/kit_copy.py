"""The copy of a kit as files: all channels in one table and one JSON, and Google's import table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from studio.render.ad import COLUMNS
from studio.render.rendered_file import RenderedFile
from studio.render.spreadsheet import csv_table
from studio.render.text import AI_SOURCE


def copy_files(
    channels: Sequence[Mapping[str, Any]],
    google: Sequence[Mapping[str, str]],
    recipe: Mapping[str, object],
) -> tuple[RenderedFile, ...]:
    """`copy.csv`, `copy.json`, and `google-ads.csv` where there are rows for it. `channels` as a
    kit's data has them."""
    rows = ({"channel": each["channel"], **row} for each in channels for row in each["fields"])
    files = (
        RenderedFile("copy.csv", "text/csv", csv_table(COLUMNS, rows)),
        RenderedFile("copy.json", "application/json", _json(channels, recipe)),
    )
    if not google:
        return files
    columns = tuple(dict.fromkeys(name for row in google for name in row))
    return (*files, RenderedFile("google-ads.csv", "text/csv", csv_table(columns, google)))


def _json(channels: Sequence[Mapping[str, Any]], recipe: Mapping[str, object]) -> bytes:
    whole = {"channels": channels, "digital_source_type": AI_SOURCE, "recipe": recipe}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=dict).encode()
