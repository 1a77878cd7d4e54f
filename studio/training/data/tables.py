"""Rows of JSON Lines and of CSV files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from studio.training.data.decoding import decoded
from studio.training.data.record import Place, Problem, Record

DELIMITERS = ",;\t"


def read_jsonl(path: Path) -> Iterator[Record | Problem]:
    """One object a line; empty lines are passed over."""
    text = decoded(path)
    if isinstance(text, Problem):
        yield text
        return
    # Not splitlines(): JSON may hold U+2028, which ends no line of the file.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield _object(line, Place(path.name, number))


def read_csv(path: Path) -> Iterator[Record | Problem]:
    """Rows under a header; commas, semicolons or tabs. Rows are counted with the header as 1."""
    text = decoded(path)
    if isinstance(text, Problem):
        yield text
        return
    header = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=header.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 1
    try:
        for number, row in enumerate(rows, 2):
            yield _row(row, Place(path.name, number))
    except csv.Error as error:
        yield Problem(Place(path.name, number + 1), code="data_csv", facts={"reason": str(error)})


def _object(line: str, place: Place) -> Record | Problem:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        return Problem(place, code="data_json", facts={"column": error.colno})
    if not isinstance(found, dict):
        return Problem(place, code="data_no_object")
    return Record(place, found)


def _row(row: dict[str | None, str | list[str] | None], place: Place) -> Record | Problem:
    if None in row:
        return Problem(place, code="data_columns")
    return Record(place, {str(name): value or "" for name, value in row.items()})
