"""How a request ended: what the counters, the log and the list of the last errors keep of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.engine.job import Job
from studio.errors import StudioError
from studio.telemetry.logs import tell

logger = logging.getLogger("studio.engine")

SAFE_FACTS = frozenset({"card", "adapter", "need_mb", "have_mb", "waited_s", "position"})
"""Facts of an error that hold no text of a person."""


@dataclass(frozen=True, slots=True)
class Ending:
    """One request that has ended. Times in seconds from its submission."""

    request_id: str
    card: str
    adapter: str
    lane: str
    """"" when it never ran."""
    priority: str
    how: str
    """completed, cancelled, failed or expired."""
    total_s: float
    wait_s: float | None = None
    first_s: float | None = None
    prompt_tokens: int = 0
    tokens: int = 0
    error: str = ""
    """The code of the error it failed with."""
    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    """What of the error may be shown to anybody."""


def ending_of(job: Job, how: str, error: Exception | None, now: float) -> Ending:
    """The ending of a job at this moment of the worker's clock."""
    request = job.ticket.request
    return Ending(
        request_id=job.ticket.request_id,
        card=request.card,
        adapter=request.adapter or "",
        lane=job.lane,
        priority=request.priority,
        how=how,
        total_s=now - job.submitted_at,
        wait_s=_since(job, job.admitted_at),
        first_s=_since(job, job.first_at),
        prompt_tokens=job.prompt_tokens,
        tokens=job.tokens,
        error=error.code if isinstance(error, StudioError) else "",
        facts=_safe(error),
    )


def log_ending(ending: Ending) -> None:
    """One line about the request. Nothing of what it asked or got is in it."""
    facts = {
        "request_id": ending.request_id,
        "how": ending.how,
        "error": ending.error,
        "card": ending.card,
        "adapter": ending.adapter,
        "lane": ending.lane,
        "priority": ending.priority,
        "wait_ms": _ms(ending.wait_s),
        "first_ms": _ms(ending.first_s),
        "total_ms": _ms(ending.total_s),
        "prompt_tokens": ending.prompt_tokens,
        "tokens": ending.tokens,
    }
    tell(logger, "request", facts)


def log_load(card: str, lane: str, size: int, seconds: float) -> None:
    """One line about a card that was put on the device."""
    facts = {"card": card, "lane": lane, "bytes": size, "load_ms": _ms(seconds)}
    tell(logger, "load", facts)


def log_eviction(card: str) -> None:
    """One line about a card that left the device."""
    tell(logger, "evict", {"card": card})


def _since(job: Job, moment: float | None) -> float | None:
    return None if moment is None else moment - job.submitted_at


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else round(1000 * seconds, 1)


def _safe(error: Exception | None) -> Mapping[str, object]:
    facts = error.facts if isinstance(error, StudioError) else {}
    return MappingProxyType({name: each for name, each in facts.items() if name in SAFE_FACTS})
