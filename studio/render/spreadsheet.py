"""Rows as a table that spreadsheets open."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_table(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """CSV (RFC 4180) in UTF-8 with its mark, which spreadsheets need to read Chinese. What a row
    does not hold is empty."""
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(column, "")) for column in columns])
    return sheet.getvalue().encode("utf-8-sig")


def _cell(value: object) -> object:
    """A text that a spreadsheet would take for a formula is marked as text (CWE-1236)."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
