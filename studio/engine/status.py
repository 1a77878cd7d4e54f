"""What the engine looks like from outside at one moment: frozen, safe to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.telemetry.histogram import Histogram

_NONE: Mapping[str, int] = MappingProxyType({})
_NOTHING: Mapping[str, Histogram] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Latency:
    """How long the last requests took, in seconds."""

    p50: float
    p95: float
    requests: int


@dataclass(frozen=True, slots=True)
class Mishap:
    """A request that failed, as it may be shown to anybody."""

    at: float
    """Seconds since 1970."""
    code: str
    card: str
    request_id: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything counted since the start. Histograms are by lane where nothing else is said."""

    events: Mapping[str, int] = field(default_factory=lambda: _NONE)
    """submitted, completed, failed, cancelled, expired, refused (before any queue), loads,
    evictions, out_of_memory (steps that were split)."""
    tokens: int = 0
    tokens_per_s: float = 0.0
    """Over the last seconds of work."""
    pace: tuple[float, ...] = ()
    """Tokens per second of wall time, in the windows of the last minutes, oldest first."""
    tokens_by_card: Mapping[str, int] = field(default_factory=lambda: _NONE)
    prompt_tokens_by_card: Mapping[str, int] = field(default_factory=lambda: _NONE)
    """Of the requests that were completed."""
    made: Mapping[str, int] = field(default_factory=lambda: _NONE)
    """Requests that were completed, by lane."""
    failures: Mapping[str, int] = field(default_factory=lambda: _NONE)
    """Requests that failed or waited too long, by the code of their error."""
    refusals: Mapping[str, int] = field(default_factory=lambda: _NONE)
    """Requests that were turned away, by the code of their error."""
    step_s: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Seconds of one step."""
    batch_rows: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Rows of one step."""
    batch_fill: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Share of the card's slots that a step advanced."""
    first_token_s: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Seconds from submission to the first chunk."""
    next_token_s: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Seconds between two chunks of one request."""
    wait_s: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Seconds from submission to a slot."""
    total_s: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Seconds from submission to the end, of the requests that were completed."""
    load_s: Mapping[str, Histogram] = field(default_factory=lambda: _NOTHING)
    """Seconds to put a card on the device, by card."""
    fill: Mapping[str, float] = field(default_factory=dict)
    """Share of the slots that the last steps advanced, by lane."""
    latest: Mapping[str, Latency] = field(default_factory=dict)
    """Time to the first chunk of the last requests, by lane."""
    mishaps: tuple[Mishap, ...] = ()
    """The last requests that failed, newest first."""


@dataclass(frozen=True, slots=True)
class CardStatus:
    """One card: resident, or only waited for."""

    card: str
    resident: bool
    lane: str
    resident_bytes: int
    slots_used: int
    slots: int
    waiting: int
    in_use: bool = False
    """A request runs on it, or it is held: it can not be unloaded."""
    waiting_by_priority: Mapping[str, int] = field(default_factory=lambda: _NONE)


@dataclass(frozen=True, slots=True)
class Status:
    """The whole engine."""

    cards: tuple[CardStatus, ...]
    resident_bytes: int
    budget_bytes: int
    waiting: int
    running: int
    max_queue: int
    counts: Counts
    device: str = ""
    closed: bool = False

    @property
    def resident(self) -> Mapping[str, int]:
        """The cards on the device, and their bytes."""
        return {each.card: each.resident_bytes for each in self.cards if each.resident}
