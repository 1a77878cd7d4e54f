"""What a form was made from, across crafts: the hidden value `origin` that every form may hold.

Like `lang` it is declared by no craft. It is JSON:
{"works": [{"work", "version", "relation"}], "recipes": [{"work", "recipe", "from", "text"}]}.
`works` are what the form was made from; `recipes` are those works and all that they came from,
oldest first, so that a file can be made again where its works are not known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from studio.errors import InvalidInput

FIELD = "origin"
LONGEST_CHARACTERS = 200_000
MOST_SOURCES, MOST_STEPS = 24, 60
_WORK = re.compile(r"[0-9a-zA-Z_-]{1,64}")
_RELATION = re.compile(r"[a-z][a-z_]{0,39}")


@dataclass(frozen=True, slots=True)
class Source:
    """One version of a work, and what was made of it."""

    work: str
    version: int
    """From 1."""
    relation: str
    """A hand-over's name ("poem_picture") or a verb of the craft ("vary")."""

    @property
    def as_data(self) -> dict[str, object]:
        """JSON-able."""
        return {"work": self.work, "version": self.version, "relation": self.relation}


@dataclass(frozen=True, slots=True)
class Step:
    """A work that others came from, as its recipe tells it."""

    work: str
    recipe: Mapping[str, object]
    sources: tuple[Source, ...] = ()
    text: str = ""
    """Of a version that was written by hand: no recipe makes it again."""

    @property
    def as_data(self) -> dict[str, object]:
        """JSON-able."""
        told: dict[str, object] = {"work": self.work, "recipe": dict(self.recipe)}
        told["from"] = [each.as_data for each in self.sources]
        return told | ({"text": self.text} if self.text else {})


@dataclass(frozen=True, slots=True)
class Origin:
    """What a form was made from, and how that was made."""

    works: tuple[Source, ...] = ()
    recipes: tuple[Step, ...] = field(default=())

    @classmethod
    def read(cls, given: object) -> Origin:
        """The origin of a form's value: JSON, a mapping, or "" for none. Raises
        InvalidInput("origin")."""
        whole = _mapping(given)
        if not set(whole) <= {"works", "recipes"}:
            raise unreadable()
        works = tuple(_source(each) for each in _rows(whole.get("works"), MOST_SOURCES))
        return cls(works, tuple(_step(each) for each in _rows(whole.get("recipes"), MOST_STEPS)))

    @property
    def as_data(self) -> dict[str, object]:
        """JSON-able; `read` gives the origin back."""
        told: dict[str, object] = {"works": [each.as_data for each in self.works]}
        return told | ({"recipes": [each.as_data for each in self.recipes]} if self.recipes else {})

    @property
    def text(self) -> str:
        """The value of the form; "" for none."""
        return json.dumps(self.as_data, ensure_ascii=False) if self.works else ""


def unreadable() -> InvalidInput:
    """The error for a value that is no origin."""
    return InvalidInput(
        FIELD,
        "What this was made from can not be read.",
        "Drop it, or hand the work over again.",
        code="origin",
    )


def _mapping(given: object) -> Mapping[str, Any]:
    if isinstance(given, Mapping):
        return given
    text = str(given or "").strip()
    if len(text) > LONGEST_CHARACTERS:
        raise unreadable()
    try:
        whole = json.loads(text) if text else {}
    except (ValueError, RecursionError):
        whole = None
    if not isinstance(whole, dict):
        raise unreadable()
    return whole


def _rows(given: object, most: int) -> list[Any]:
    rows = [] if given is None else given
    if not isinstance(rows, list | tuple) or len(rows) > most:
        raise unreadable()
    return list(rows)


def _source(given: object) -> Source:
    if not isinstance(given, Mapping) or set(given) != {"work", "version", "relation"}:
        raise unreadable()
    work, version, relation = given["work"], given["version"], given["relation"]
    named = isinstance(work, str) and isinstance(relation, str)
    counted = isinstance(version, int) and not isinstance(version, bool) and 0 <= version <= 999
    if not named or not counted or not _WORK.fullmatch(work) or not _RELATION.fullmatch(relation):
        raise unreadable()
    return Source(work, version, relation)


def _step(given: object) -> Step:
    if not isinstance(given, Mapping) or not set(given) <= {"work", "recipe", "from", "text"}:
        raise unreadable()
    recipe, text = given.get("recipe"), given.get("text", "")
    work = given.get("work")
    whole = isinstance(recipe, Mapping) and isinstance(text, str) and isinstance(work, str)
    if not whole or not _WORK.fullmatch(str(work)) or not isinstance(recipe, Mapping):
        raise unreadable()
    sources = tuple(_source(each) for each in _rows(given.get("from"), MOST_SOURCES))
    return Step(str(work), MappingProxyType(dict(recipe)), sources, text)
