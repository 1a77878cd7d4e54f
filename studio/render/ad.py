"""An ad kit as files: JSON with everything, CSV for a spreadsheet, Markdown to read."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from studio.crafts.craft import Output
from studio.render.rendered_file import RenderedFile
from studio.render.text import AI_SOURCE, front_matter

COLUMNS = ("channel", "name", "text", "used", "limit", "angle", "by")


def ad_files(output: Output, recipe: Mapping[str, object]) -> tuple[RenderedFile, ...]:
    """`ad.json` and `ad.md` carry the recipe; a spreadsheet has no place for it in `ad.csv`."""
    return (
        RenderedFile("ad.json", "application/json", _json(output, recipe)),
        RenderedFile("ad.csv", "text/csv", _csv(output)),
        RenderedFile("ad.md", "text/markdown", _markdown(output, recipe)),
    )


def _json(output: Output, recipe: Mapping[str, object]) -> bytes:
    whole = {
        "title": output.title,
        **output.data,
        "checks": [
            {"name": check.name, "passed": check.passed, "detail": check.detail}
            for check in output.checks
        ],
        "digital_source_type": AI_SOURCE,
        "recipe": recipe,
    }
    return json.dumps(whole, ensure_ascii=False, indent=2, default=dict).encode()


def _csv(output: Output) -> bytes:
    """UTF-8 with its mark, which spreadsheets need to read Chinese."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(COLUMNS)
    for each in _fields(output):
        row = {"channel": output.data.get("channel", ""), **each}
        writer.writerow([_cell(row.get(column, "")) for column in COLUMNS])
    return sheet.getvalue().encode("utf-8-sig")


def _markdown(output: Output, recipe: Mapping[str, object]) -> bytes:
    return (front_matter(output.title, recipe) + output.text.rstrip() + "\n").encode()


def _fields(output: Output) -> Iterable[Mapping[str, object]]:
    fields = output.data.get("fields", ())
    return fields if isinstance(fields, list | tuple) else ()


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text (CWE-1236)."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value
