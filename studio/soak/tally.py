"""What happened to every request of a soak, counted once for all people."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

MOST_NOTES = 40
"""Broken promises that are told in words; all are counted."""


@dataclass(slots=True)
class Tally:
    """Every request that begins ends as exactly one of: served, refused, erred, stopped, lost."""

    begun: Counter[str] = field(default_factory=Counter)
    served: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    """Busy and the like, by code."""
    erred: Counter[str] = field(default_factory=Counter)
    """An error sentence, by "status code"."""
    stopped: Counter[str] = field(default_factory=Counter)
    """By the person's own will."""
    broken: Counter[str] = field(default_factory=Counter)
    """Promises that were not kept: "lost", "crossed", "failed", "unclear", "changed"."""
    notes: list[str] = field(default_factory=list)
    first_s: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    total_s: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def break_promise(self, promise: str, note: str) -> None:
        """Count it, and keep the first few in words."""
        self.broken[promise] += 1
        if len(self.notes) < MOST_NOTES:
            self.notes.append(f"{promise}: {note}"[:400])

    @property
    def ended(self) -> int:
        """Requests that ended in any way that a person understands."""
        return sum(map(Counter.total, (self.served, self.refused, self.erred, self.stopped)))
