"""The engine's numbers as metrics, each with one line about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from studio.engine.status import CardStatus, Counts, Status
from studio.telemetry.histogram import Histogram
from studio.telemetry.metric import Metric, Sample, exposition, labelled, single

_EVENTS = (
    ("submitted", "Requests that were queued."),
    ("completed", "Requests that gave their whole result."),
    ("failed", "Requests that failed."),
    ("cancelled", "Requests that were stopped."),
    ("expired", "Requests that waited past their deadline."),
    ("loads", "Cards that were put on the device."),
    ("evictions", "Cards that left the device."),
    ("out_of_memory", "Steps that did not fit the device and were split."),
)


def prometheus(status: Status) -> str:
    """The text that a Prometheus server scrapes of the engine alone."""
    return exposition(engine_metrics(status))


def engine_metrics(status: Status) -> Iterator[Metric]:
    """Everything that the engine tells: gauges, counters, histograms."""
    yield from _gauges(status)
    yield from _card_gauges(status.cards)
    yield from _counters(status.counts)
    yield from _histograms(status.counts)


def _gauges(status: Status) -> Iterator[Metric]:
    resident = len(status.resident)
    yield single("studio_queue_length", "gauge", "Requests that wait.", status.waiting)
    yield single("studio_queue_limit", "gauge", "Most that may wait.", status.max_queue)
    yield single("studio_running", "gauge", "Requests that hold a slot.", status.running)
    yield single("studio_resident_cards", "gauge", "Cards on the device.", resident)
    yield single("studio_resident_bytes", "gauge", "Bytes of all cards.", status.resident_bytes)
    yield single("studio_budget_bytes", "gauge", "Bytes that cards may take.", status.budget_bytes)
    rate = status.counts.tokens_per_s
    yield single("studio_tokens_per_second", "gauge", "Tokens per second of work.", rate)


def _card_gauges(cards: tuple[CardStatus, ...]) -> Iterator[Metric]:
    resident = [each for each in cards if each.resident]
    held = {each.card: each.resident_bytes for each in resident}
    used = {each.card: each.slots_used for each in resident}
    slots = {each.card: each.slots for each in resident}
    yield labelled("studio_card_bytes", "gauge", "Bytes of a card on the device.", "card", held)
    yield labelled("studio_slots_used", "gauge", "Slots in use.", "card", used)
    yield labelled("studio_slots", "gauge", "Slots there are.", "card", slots)
    waiting = tuple(
        Sample(number, {"card": each.card, "priority": priority})
        for each in cards
        for priority, number in each.waiting_by_priority.items()
    )
    about = "Requests that wait, by card and priority."
    yield Metric("studio_card_queue_length", "gauge", about, waiting)


def _counters(counts: Counts) -> Iterator[Metric]:
    for event, about in _EVENTS:
        yield single(f"studio_{event}_total", "counter", about, counts.events.get(event, 0))
    pictures, melodies = counts.made.get("picture", 0), counts.made.get("melody", 0)
    yield single("studio_pictures_total", "counter", "Pictures that were painted.", pictures)
    yield single("studio_melodies_total", "counter", "Melodies that were composed.", melodies)
    by_label = (
        ("studio_tokens_total", "Tokens made.", "card", counts.tokens_by_card),
        ("studio_prompt_tokens_total", "Tokens read.", "card", counts.prompt_tokens_by_card),
        ("studio_failures_total", "Requests that failed, by error.", "code", counts.failures),
        ("studio_refused_total", "Requests turned away, by error.", "reason", counts.refusals),
    )
    for name, about, label, numbers in by_label:
        yield labelled(name, "counter", about, label, numbers)


def _histograms(counts: Counts) -> Iterator[Metric]:
    by_lane: tuple[tuple[str, str, Mapping[str, Histogram]], ...] = (
        ("step_seconds", "Time of one step.", counts.step_s),
        ("batch_rows", "Rows of one step.", counts.batch_rows),
        ("batch_fill_ratio", "Share of the slots that a step advanced.", counts.batch_fill),
        ("wait_seconds", "Time from submission to a slot.", counts.wait_s),
        ("first_token_seconds", "Time from submission to the first chunk.", counts.first_token_s),
        ("inter_token_seconds", "Time between two chunks of a request.", counts.next_token_s),
        ("request_seconds", "Time from submission to the whole result.", counts.total_s),
    )
    for name, about, histograms in by_lane:
        yield labelled(f"studio_{name}", "histogram", about, "lane", histograms)
    about = "Time to put a card on the device."
    yield labelled("studio_load_seconds", "histogram", about, "card", counts.load_s)
