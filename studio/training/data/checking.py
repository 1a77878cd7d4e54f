"""Files to checked rows: what is read, what is left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from studio.training.data.duplicates import Double, without_doubles
from studio.training.data.reading import read_file
from studio.training.data.record import Problem
from studio.training.data.row import DataRow
from studio.training.data.rows import Assumed, rows_of
from studio.training.data.split import HELD_OUT, split


@dataclass(frozen=True, slots=True)
class Checked:
    """A data set as it was found in files."""

    rows: tuple[DataRow, ...]
    """What is left, each with its split, in the order of the files."""
    problems: tuple[Problem, ...]
    doubles: tuple[Double, ...]

    def counts(self) -> Mapping[str, int]:
        """Rows by split, what was left out, rows by craft and language, and by licence."""
        sides = Counter(row.split for row in self.rows)
        crafts = Counter(f"{row.craft} {row.lang}" for row in self.rows)
        licences = Counter(f"licence {row.licence}" for row in self.rows)
        left_out = {"problems": len(self.problems), "doubles": len(self.doubles)}
        both = {"train": sides["train"], "val": sides["val"]}
        return {**both, **left_out, **crafts, **licences}


def check_files(
    paths: Sequence[Path], assumed: Assumed | None = None, held_out: float = HELD_OUT
) -> Checked:
    """Read the files in order. Nothing is raised for what can not be read: it is a problem."""
    found = list(_found(paths, assumed or Assumed()))
    rows = [each for each in found if isinstance(each, DataRow)]
    problems = tuple(each for each in found if isinstance(each, Problem))
    kept, doubles = without_doubles(rows)
    return Checked(tuple(split(kept, held_out)), problems, tuple(doubles))


def _found(paths: Sequence[Path], assumed: Assumed) -> Iterable[DataRow | Problem]:
    for path in paths:
        for record in read_file(path):
            if isinstance(record, Problem):
                yield record
            else:
                yield from rows_of(record, assumed)
