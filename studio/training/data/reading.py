"""Which reader reads which file. A new format is one function and one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from studio.training.data.documents import read_markdown, read_plain, read_word
from studio.training.data.record import Place, Problem, Record
from studio.training.data.tables import read_csv, read_jsonl

READERS: Mapping[str, Callable[[Path], Iterator[Record | Problem]]] = MappingProxyType(
    {
        ".jsonl": read_jsonl,
        ".csv": read_csv,
        ".txt": read_plain,
        ".md": read_markdown,
        ".docx": read_word,
    }
)


def read_file(path: Path) -> Iterator[Record | Problem]:
    """Everything in a file, row by row, and what can not be read."""
    reader = READERS.get(path.suffix.lower())
    if not path.is_file():
        yield Problem(Place(path.name), code="data_no_file")
    elif reader is None:
        known = ", ".join(READERS)
        yield Problem(Place(path.name), code="data_format", facts={"known": known})
    else:
        yield from reader(path)
