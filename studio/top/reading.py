"""What one look at a studio found: the numbers that a frame shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from studio.top.scrape import Scrape, since


@dataclass(frozen=True, slots=True)
class CardRow:
    """One card."""

    card: str
    resident_bytes: int
    slots_used: int
    slots: int
    waiting: int


@dataclass(frozen=True, slots=True)
class ErrorRow:
    """One request that failed."""

    at: float
    code: str
    card: str
    request_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Times in seconds, memory in bytes."""

    url: str
    version: str = ""
    device: str = ""
    uptime_s: float = 0.0
    tokens_per_s: float = 0.0
    first_token_p50_s: float = 0.0
    first_token_p95_s: float = 0.0
    running: int = 0
    waiting: int = 0
    queue_limit: int = 0
    batch_fill: float = 0.0
    resident_bytes: int = 0
    budget_bytes: int = 0
    process_bytes: int = 0
    threads: int = 0
    open_files: int = 0
    completed: int = 0
    cancelled: int = 0
    failed: int = 0
    cards: tuple[CardRow, ...] = ()
    errors: tuple[ErrorRow, ...] = ()
    missing: tuple[str, ...] = field(default=())


def reading_of(
    url: str, scrapes: Sequence[Scrape], ready: Mapping[str, object], *, per_wall: bool
) -> Reading:
    """The last of some scrapes, with rates and latencies since the first of them. `per_wall`:
    tokens per second of the time between the last two; else of the studio's time at work."""
    now, before = scrapes[-1], scrapes[0]
    first = since(now, before, "studio_first_token_seconds")
    return Reading(
        url=url,
        version=next(iter(now.by("studio_build_info", "version")), ""),
        device=str(ready.get("device", "")),
        uptime_s=now.value("studio_uptime_seconds"),
        tokens_per_s=_speed(scrapes) if per_wall else now.value("studio_tokens_per_second"),
        first_token_p50_s=first.quantile(0.5),
        first_token_p95_s=first.quantile(0.95),
        running=int(now.value("studio_running")),
        waiting=int(now.value("studio_queue_length")),
        queue_limit=int(now.value("studio_queue_limit")),
        batch_fill=_fill(now, before),
        resident_bytes=int(now.value("studio_resident_bytes")),
        budget_bytes=int(now.value("studio_budget_bytes")),
        process_bytes=int(now.value("process_resident_memory_bytes")),
        threads=int(now.value("process_threads")),
        open_files=int(now.value("process_open_fds")),
        completed=int(now.value("studio_completed_total")),
        cancelled=int(now.value("studio_cancelled_total")),
        failed=int(now.value("studio_failures_total")),
        cards=_cards(now),
        errors=_errors(ready),
        missing=_words(ready.get("missing")),
    )


def _speed(scrapes: Sequence[Scrape]) -> float:
    now, before = scrapes[-1], scrapes[-2]
    made = now.value("studio_tokens_total") - before.value("studio_tokens_total")
    return max(0.0, made) / max(0.001, now.at - before.at)


def _fill(now: Scrape, before: Scrape) -> float:
    name = "studio_batch_fill_ratio"
    steps = now.value(f"{name}_count") - before.value(f"{name}_count")
    total = now.value(f"{name}_sum") - before.value(f"{name}_sum")
    if steps <= 0:
        steps, total = now.value(f"{name}_count"), now.value(f"{name}_sum")
    return total / steps if steps else 0.0


def _cards(now: Scrape) -> tuple[CardRow, ...]:
    held, used = now.by("studio_card_bytes", "card"), now.by("studio_slots_used", "card")
    slots, queued = now.by("studio_slots", "card"), now.by("studio_card_queue_length", "card")
    return tuple(
        CardRow(
            card,
            int(held.get(card, 0)),
            int(used.get(card, 0)),
            int(slots.get(card, 0)),
            int(queued.get(card, 0)),
        )
        for card in sorted({*held, *queued}, key=lambda each: (-held.get(each, 0), each))
    )


def _errors(ready: Mapping[str, object]) -> tuple[ErrorRow, ...]:
    rows = ready.get("errors")
    return tuple(
        ErrorRow(float(each["at"]), each["code"], each["card"], each["request_id"])
        for each in (rows if isinstance(rows, list) else ())
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
