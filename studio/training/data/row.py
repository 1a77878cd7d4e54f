"""One text of a data set, with what it is the answer to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from studio.training.data.record import Place


@dataclass(frozen=True, slots=True)
class DataRow:
    """A text, its craft and what its prompt is made of. Values are strings or lists of strings."""

    craft: str
    """"writing", "poetry" or "ad_copy"."""
    lang: str
    text: str
    """What the model learns to write. For an ad kit: all its fields, one a line."""
    fields: Mapping[str, Any]
    """writing: kind, brief, tone, genre, opening; poetry: form, brief; ad_copy: as in a kit."""
    licence: str
    place: Place
    split: str = field(default="", compare=False)
    """"train" or "val"; "" until it is known."""

    @property
    def key(self) -> str:
        """What makes it this row and no other: decides its split."""
        brief = str(self.fields.get("brief", "")) + str(self.fields.get("opening", ""))
        return f"{self.craft}\n{self.lang}\n{brief}\n{self.text}"

    def as_json(self) -> Mapping[str, Any]:
        """One object of a data set's rows.jsonl."""
        known = {"craft": self.craft, "lang": self.lang, **self.fields, "text": self.text}
        origin = {"file": self.place.file, "row": self.place.row}
        return {**known, "licence": self.licence, "split": self.split, "origin": origin}

    @classmethod
    def of_json(cls, table: Mapping[str, Any]) -> DataRow:
        """The row that `as_json` wrote. Raises KeyError or TypeError for anything else."""
        fields = dict(table)
        origin = fields.pop("origin")
        own = {name: fields.pop(name) for name in ("craft", "lang", "text", "licence", "split")}
        place = Place(origin["file"], origin["row"])
        return cls(fields=MappingProxyType(fields), place=place, **own)
