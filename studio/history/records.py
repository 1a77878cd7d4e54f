"""What the history keeps: frozen rows, every mapping JSON-able."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, get_args

VoteChoice = Literal["a", "b", "c", "d", "tie", "both_bad"]
CHOICES: tuple[str, ...] = get_args(VoteChoice)
SIDES = ("a", "b", "c", "d")

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class LinkRecord:
    """A version of another work that a work came from, and what was made of it."""

    parent: str
    version: int
    """From 1; 0 for the work as a whole."""
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRecord:
    """One finished result. `id` and `created` are given by the store when empty."""

    id: str = ""
    craft: str
    lang: str
    text: str
    """What the person typed."""
    title: str = ""
    inputs: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    plan: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    outputs: tuple[Mapping[str, object], ...] = ()
    """One a version: text, title, data, checks, files (name -> name in the works folder), seed."""
    recipe: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    usage: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    starred: bool = False
    created: str = ""
    """ISO 8601, UTC."""
    parent: str = ""
    """The work this one was made from (a variation, an illustration of a poem); "" for none."""
    links: tuple[LinkRecord, ...] = ()
    """Everything that it came from, across crafts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuelArm:
    """One side of a duel. `label` is what the standings rank and what the vote reveals."""

    label: str
    work: str
    """Id of the work that this arm made."""
    settings: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    card: str = ""
    adapter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DuelRecord:
    """Two to four works of one brief. `arms` are in the order shown: a, b, c, d."""

    id: str = ""
    craft: str
    inputs: Mapping[str, object]
    arms: tuple[DuelArm, ...]
    created: str = ""
    choice: str = ""
    """The asking person's own vote; "" before it."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote, as the standings read it: the labels in the order shown, and the choice."""

    labels: tuple[str, ...]
    choice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    """One pair out of a vote, for training: this output was liked better than that one."""

    craft: str
    inputs: Mapping[str, object]
    chosen: Mapping[str, object]
    rejected: Mapping[str, object]
    """The outputs (first version) of the two works."""
