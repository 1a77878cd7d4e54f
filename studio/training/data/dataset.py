"""A checked data set as a folder: rows.jsonl, and report.json with what was left out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from studio.errors import InvalidInput
from studio.training.data.checking import Checked
from studio.training.data.row import DataRow
from studio.training.provenance import replaced

ROWS, REPORT = "rows.jsonl", "report.json"


@dataclass(frozen=True, slots=True)
class Dataset:
    """The rows of a data set folder."""

    folder: Path
    rows: tuple[DataRow, ...]

    @classmethod
    def read(cls, folder: Path) -> Dataset:
        """Raises InvalidInput `data_no_set` when the folder holds none, `data_set_broken`."""
        path = folder / ROWS
        if not path.is_file():
            raise InvalidInput(
                "data",
                f"{folder} is no data set.",
                "Make one with: studio data check FILES --out FOLDER",
                code="data_no_set",
                folder=folder.name,
            )
        try:
            lines = path.read_text("utf-8").split("\n")
            rows = tuple(DataRow.of_json(json.loads(line)) for line in lines if line.strip())
        except (ValueError, KeyError, TypeError) as error:
            raise InvalidInput(
                "data", f"{path} can not be read: {error}.", code="data_set_broken", file=path.name
            ) from error
        return cls(folder, rows)

    def of_split(self, split: str) -> list[DataRow]:
        """The rows of "train" or "val"."""
        return [row for row in self.rows if row.split == split]

    @property
    def licences(self) -> tuple[str, ...]:
        """Every licence that a row carries."""
        return tuple(sorted({row.licence for row in self.rows}))


def write_dataset(checked: Checked, folder: Path) -> Dataset:
    """Write or replace the folder's two files. Raises InvalidInput when no row is left."""
    if not checked.rows:
        raise InvalidInput("data", "No row can be used.", code="data_no_rows")
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(row.as_json(), ensure_ascii=False) for row in checked.rows]
    replaced(folder / REPORT, json.dumps(_report(checked), ensure_ascii=False, indent=2) + "\n")
    replaced(folder / ROWS, "\n".join(lines) + "\n")
    return Dataset(folder, checked.rows)


def _report(checked: Checked) -> dict[str, object]:
    return {
        "counts": dict(checked.counts()),
        "problems": [
            {"file": p.place.file, "row": p.place.row, "code": p.code, **p.facts}
            for p in checked.problems
        ],
        "doubles": [
            {
                "file": double.row.place.file,
                "row": double.row.place.row,
                "of": {"file": double.of.place.file, "row": double.of.place.row},
                "likeness": round(double.likeness, 3),
            }
            for double in checked.doubles
        ],
    }
