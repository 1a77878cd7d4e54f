"""What the engine looks like from outside at one moment: frozen, safe to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often a value was at most each bound; the last count is for all values."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    """Cumulative, one more than `bounds`."""
    total: float = 0.0
    """The sum of the values, in their unit."""

    @property
    def mean(self) -> float:
        return self.total / self.counts[-1] if self.counts[-1] else 0.0


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything counted since the start."""

    events: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    """submitted, completed, failed, cancelled, expired, refused (the queue was full), loads,
    evictions, out_of_memory (steps that were split)."""
    tokens: int = 0
    tokens_per_s: float = 0.0
    """Over the last seconds of work."""
    step_s: Mapping[str, Histogram] = field(default_factory=lambda: MappingProxyType({}))
    """Seconds of one step, by lane."""
    batch_rows: Mapping[str, Histogram] = field(default_factory=lambda: MappingProxyType({}))
    """Rows of one step, by lane."""
    first_token_s: Mapping[str, Histogram] = field(default_factory=lambda: MappingProxyType({}))
    """Seconds from submission to the first chunk, by lane."""


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
