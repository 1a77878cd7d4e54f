"""What a writing desk can do with a craft's text: a declaration, like the craft's fields.

A craft whose output is a text may declare a desk. Its tab then shows the text as a manuscript to
write in, and these revisions work on a passage of it: each fills the craft's own form, so a
revision is an ordinary work with an ordinary recipe.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Revision:
    """One thing to do with a passage. Its button says `revision.<name>` of the locales."""

    name: str
    inputs: Mapping[str, object]
    """The part of the craft's form that makes it this revision, such as {"kind": "shorten"}."""
    goes_on: bool = False
    """The result begins with the text before the cursor and goes on; else it replaces a passage."""
    asks: str = ""
    """A field with choices that the person picks beside the button, such as the tone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The revisions of a craft's text, and which fields of its form they read."""

    revisions: tuple[Revision, ...] = ()
    passage: str = "text"
    """The field that takes the passage."""
    most_characters: int = 3000
    """The longest passage, and how far back from the cursor a continuation reads."""
    keeps: tuple[str, ...] = ()
    """Fields that a revision takes over from the form as the person filled it."""
    notes: str = ""
    """The field of standing notes, counted in the writer's tokens."""
    named: Mapping[str, Revision] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {each.name: each for each in self.revisions}
        object.__setattr__(self, "named", MappingProxyType(by_name))
