"""What the worker keeps about one request while it lives."""

from __future__ import annotations

from dataclasses import dataclass, replace

from studio.engine.estimate import Forecast
from studio.engine.ticket import Ticket
from studio.requests import Usage


@dataclass(slots=True)
class Job:
    """One request: its ticket, and when what happened (seconds of the worker's clock)."""

    key: int
    ticket: Ticket
    submitted_at: float
    admitted_at: float | None = None
    admitting_s: float = 0.0
    """What it took the device to admit it."""
    first_at: float | None = None
    tokens: int = 0
    prompt: int = 0
    """Characters of its prompt."""
    unlike: int = 0
    """Those from where it differs from those that were asked before."""
    read: int = 0
    """Prompt tokens that went through the model for it."""
    reading: bool = False
    """It has a slot, and not all of its prompt is read."""
    steps: int = 0
    """Of the device in which it was written, or painted."""
    lead: int = 0
    """The step with which its first piece came."""
    foretold: Forecast | None = None
    """What was expected of it at its submission, before any correction."""
    place: int = -1
    """In the queue, while it waits."""
    told: tuple[int, float | None, float | None] | None = None
    """What was last said of its place: the place and the two estimates, rounded."""
    lane: str = ""
    last_at: float = 0.0
    prompt_tokens: int = 0

    def usage(self, reported: Usage | None, now: float) -> Usage:
        """What the family says it cost, with the times that only the worker knows."""
        admitted = self.admitted_at if self.admitted_at is not None else now
        first = self.first_at if self.first_at is not None else now
        return replace(
            reported or Usage(),
            wait_ms=1000 * (admitted - self.submitted_at),
            first_token_ms=1000 * (first - self.submitted_at),
            total_ms=1000 * (now - self.submitted_at),
        )
