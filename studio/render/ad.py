"""An ad kit as files: JSON with everything, CSV for a spreadsheet, Markdown to read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from studio.crafts.craft import Output
from studio.render.rendered_file import RenderedFile
from studio.render.spreadsheet import csv_table
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
    channel = {"channel": output.data.get("channel", "")}
    return csv_table(COLUMNS, ({**channel, **each} for each in _fields(output)))


def _markdown(output: Output, recipe: Mapping[str, object]) -> bytes:
    return (front_matter(output.title, recipe) + output.text.rstrip() + "\n").encode()


def _fields(output: Output) -> Iterable[Mapping[str, object]]:
    fields = output.data.get("fields", ())
    return fields if isinstance(fields, list | tuple) else ()
