"""What the studio hands out: frozen values that the page, the API and the command line show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from studio.crafts.craft import Check, OutputKind
from studio.requests import Picture

Stage = Literal["waiting", "running", "finishing", "done"]
Choice = Literal["a", "b", "c", "d", "tie", "both_bad"]

_NOTHING: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class WorkOutput:
    """One version of a work, with its files on disk (name -> absolute path)."""

    text: str
    title: str = ""
    data: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    checks: tuple[Check, ...] = ()
    files: Mapping[str, Path] = field(default_factory=lambda: MappingProxyType({}))
    seed: int = 0


@dataclass(frozen=True, slots=True)
class WorkLink:
    """A version of another work that a work came from, and what was made of it."""

    work: str
    version: int
    """From 1; 0 for the work as a whole."""
    relation: str
    """A hand-over's name ("poem_picture") or a verb of the craft ("vary")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One finished result with its recipe, as the history keeps it."""

    id: str
    craft: str
    lang: str
    title: str
    text: str
    """What the person typed."""
    inputs: Mapping[str, object]
    plan: Mapping[str, object]
    outputs: tuple[WorkOutput, ...]
    recipe: Mapping[str, object]
    created: str
    """ISO 8601, UTC."""
    starred: bool = False
    usage: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    """Sums over the requests: output_tokens, wait_ms, first_token_ms, total_ms."""
    parent: str = ""
    """The work that this one was made from; "" for none."""
    links: tuple[WorkLink, ...] = ()
    """Everything that it came from, across crafts."""


@dataclass(frozen=True, slots=True)
class TokenCount:
    """How much of a writer's context a text takes."""

    tokens: int
    exact: bool
    """By the writer's own tokenizer; else estimated from the letters."""


@dataclass(frozen=True, slots=True)
class PartProgress:
    """How far one part of a whole is."""

    name: str
    """As the part of the output will be called: "copy/google_rsa", "jingle"."""
    kind: OutputKind
    state: Literal["waiting", "running", "done"]
    fraction: float = 0.0
    text: str = ""
    """What there is of it to read."""
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a generation is. `work` comes with the last one, stage "done"."""

    stage: Stage
    position: int | None = None
    """Place in the queue while waiting; 0 is next."""
    estimate_s: float | None = None
    """Seconds until all of it is done, told while it waits; None when that is not known."""
    preview: str = ""
    fraction: float = 0.0
    pictures: tuple[Picture, ...] = ()
    parts: tuple[PartProgress, ...] = ()
    """Of a craft that is made of others, each as far as it is."""
    work: Work | None = None


@dataclass(frozen=True, slots=True)
class Arm:
    """One side of a duel: what it changes, and the name that is revealed after the vote."""

    label: str
    settings: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    """Fields of the form that this arm fills differently."""
    card: str = ""
    adapter: str | None = None
    """None leaves the choice to the studio; "none" means no adapter."""


@dataclass(frozen=True, slots=True)
class DuelProgress:
    """A duel under way; everything in the order shown, nothing that tells which arm is which."""

    stage: Stage
    previews: tuple[str, ...] = ()
    fraction: float = 0.0
    duel_id: str = ""
    works: tuple[Work, ...] = ()
    position: int | None = None
    """While all arms wait: the place in the queue of the one that comes last."""
    estimate_s: float | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """One arm's place: Bradley-Terry strength on the Elo scale with its 95 % interval."""

    label: str
    rating: float
    low: float
    high: float
    votes: int


@dataclass(frozen=True, slots=True)
class Standings:
    """All arms of one craft, best first."""

    rows: tuple[Standing, ...]
    votes: int
    more_votes: int
    """About how many more votes would separate the first two; 0 when they are separated."""


@dataclass(frozen=True, slots=True)
class Reveal:
    """Who was who, in the order shown, told only after the person's own vote."""

    labels: tuple[str, ...]
    standings: Standings


@dataclass(frozen=True, slots=True)
class LastError:
    """A request that failed: enough to find its lines in the log."""

    at: float
    """Seconds since 1970."""
    code: str
    card: str
    request_id: str


@dataclass(frozen=True, slots=True)
class Status:
    """The studio at a glance."""

    ready: bool
    device: str
    waiting: int
    running: int
    resident: Mapping[str, int]
    """Loaded cards and their bytes."""
    budget_bytes: int
    missing: tuple[str, ...] = ()
    """Cards that are known but not installed."""
    errors: tuple[LastError, ...] = ()
    """The last ones, newest first."""
