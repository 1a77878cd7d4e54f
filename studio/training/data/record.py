"""What a reader finds in a file, before anybody asks what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from studio.errors import InvalidInput


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file's name and a row in it, counted from 1; 0 is the file."""

    file: str
    row: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table, or one section of a document, as it stands there."""

    place: Place
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row (or a whole file) is left out. `error.<code>` of the locale files says it."""

    place: Place
    code: str
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def error(self) -> InvalidInput:
        """The same as an error, for the edge to translate."""
        where = f"{self.place.file}, row {self.place.row}" if self.place.row else self.place.file
        facts = {"file": self.place.file, "row": self.place.row, **self.facts}
        return InvalidInput("data", f"{where}: {self.code}", "", code=self.code, **facts)
