"""The engine painted: how fast, how full, what is loaded, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from markupsafe import Markup

from studio.engine.status import CardStatus, Counts, Mishap, Status
from studio.errors import StudioError
from studio.ui.markup import NOTHING, fragment, joined
from studio.ui.sparkline import sparkline
from studio.ui.strings import Tongue

MOST_SQUARES = 32
"""A card with more slots shows a bar instead."""
MOST_ERRORS = 5


def engine_markup(
    status: Status, missing: Sequence[str], tongue: Tongue, may_unload: bool
) -> Markup:
    """All of it. With `may_unload` every idle card has a button that gives its memory back."""
    return fragment(
        '<div class="engine-sheet"><dl class="gauges">{gauges}</dl>{memory}{cards}{errors}'
        "{missing}</div>",
        gauges=joined(_gauges(status, tongue)),
        memory=_memory(status, tongue),
        cards=_cards(status.cards, tongue, may_unload),
        errors=_errors(status.counts.mishaps, tongue),
        missing=_missing(missing, tongue),
    )


def bytes_in_words(size: int) -> str:
    """ "412 MB", "12.2 GB"."""
    megabytes = size / 1e6
    return f"{megabytes:.0f} MB" if megabytes < 1000 else f"{megabytes / 1000:.1f} GB"


def _gauges(status: Status, tongue: Tongue) -> Iterable[Markup]:
    counts = status.counts
    yield _gauge(tongue("engine.tokens_per_s"), _speed(counts), beside=_curve(counts, tongue))
    yield _first_words(counts, tongue)
    yield _gauge(tongue("engine.running"), str(status.running), _fill(counts, tongue))
    yield _gauge(tongue("engine.waiting"), str(status.waiting), _queues(status, tongue))


def _gauge(
    name: str, value: str, note: str = "", *, unit: str = "", beside: Markup = NOTHING
) -> Markup:
    return fragment(
        "<div><dt>{name}</dt><dd><b>{value}<em>{unit}</em></b>{beside}<small>{note}</small></dd></div>",
        name=name,
        value=value,
        unit=unit,
        beside=beside,
        note=note,
    )


def _speed(counts: Counts) -> str:
    now = counts.pace[-1] if counts.pace else 0.0
    return f"{now:.0f}" if now >= 10 or now == 0 else f"{now:.1f}"


def _curve(counts: Counts, tongue: Tongue) -> Markup:
    most = max(counts.pace, default=0.0)
    return sparkline(counts.pace, tongue("engine.pace", most=f"{most:.0f}"))


def _first_words(counts: Counts, tongue: Tongue) -> Markup:
    name = tongue("engine.first_token")
    latest = counts.latest.get("text") or next(iter(counts.latest.values()), None)
    if latest is None:
        return _gauge(name, "–", tongue("engine.nothing_yet"))
    note = tongue("engine.most_within", seconds=_seconds(latest.p95))
    return _gauge(name, _seconds(latest.p50), note, unit=tongue("engine.second"))


def _seconds(value: float) -> str:
    return f"{value:.1f}" if value >= 0.095 else f"{value:.2f}"


def _fill(counts: Counts, tongue: Tongue) -> str:
    shares = counts.fill.values()
    if not shares:
        return ""
    return tongue("engine.batch_fill", percent=round(100 * max(shares)))


def _queues(status: Status, tongue: Tongue) -> str:
    return tongue("engine.of_most", most=status.max_queue)


def _memory(status: Status, tongue: Tongue) -> Markup:
    """One bar of the budget, a piece for each card."""
    budget = max(1, status.budget_bytes, status.resident_bytes)
    pieces = joined(
        fragment('<i style="width:{share:.2f}%"></i>', share=max(0.4, 100 * size / budget))
        for size in status.resident.values()
    )
    of_all = tongue(
        "engine.memory_of",
        used=bytes_in_words(status.resident_bytes),
        budget=bytes_in_words(status.budget_bytes),
    )
    return fragment(
        '<div class="memory"><p><span>{name}</span> <b>{of_all}</b> <code>{device}</code></p>'
        '<div class="memory-bar" aria-hidden="true">{pieces}</div></div>',
        name=tongue("engine.memory"),
        of_all=of_all,
        device=status.device,
        pieces=pieces,
    )


def _cards(cards: Sequence[CardStatus], tongue: Tongue, may_unload: bool) -> Markup:
    if not cards:
        return fragment('<p class="note">{text}</p>', text=tongue("engine.nothing_loaded"))
    shown = sorted(cards, key=lambda each: (not each.resident, -each.resident_bytes, each.card))
    return fragment(
        '<ul class="resident">{rows}</ul>',
        rows=joined(_card(each, tongue, may_unload) for each in shown),
    )


def _card(card: CardStatus, tongue: Tongue, may_unload: bool) -> Markup:
    return fragment(
        '<li class="{state}"><code>{name}</code><span class="lane">{lane}</span>'
        '<span class="places">{slots}</span><span class="queue">{queue}</span>'
        '<span class="size">{size}</span><span class="do">{button}</span></li>',
        state="loaded" if card.resident else "away",
        name=card.card,
        lane=tongue(f"engine.lane_{card.lane}") if card.lane else "",
        slots=_slots(card, tongue) if card.resident else tongue("engine.to_be_loaded"),
        queue=tongue("engine.card_waiting", number=card.waiting) if card.waiting else "",
        size=bytes_in_words(card.resident_bytes) if card.resident else "",
        button=_unload_button(card, tongue) if may_unload and card.resident else NOTHING,
    )


def _slots(card: CardStatus, tongue: Tongue) -> Markup:
    told = tongue("engine.slots", used=card.slots_used, all=card.slots)
    return fragment(
        '<i class="drawn" aria-hidden="true">{drawn}</i>'
        '<span aria-hidden="true">{used}/{all}</span><span class="unseen">{told}</span>',
        drawn=_squares(card) if card.slots <= MOST_SQUARES else _bar(card),
        used=card.slots_used,
        all=card.slots,
        told=told,
    )


def _squares(card: CardStatus) -> Markup:
    return Markup('<i class="on"></i>' * card.slots_used) + Markup("<i></i>") * max(
        0, card.slots - card.slots_used
    )


def _bar(card: CardStatus) -> Markup:
    share = 100 * card.slots_used / card.slots
    return fragment('<i class="long"><i style="width:{share:.0f}%"></i></i>', share=share)


def _unload_button(card: CardStatus, tongue: Tongue) -> Markup:
    return fragment(
        '<button type="button" class="tool" data-do="unload" data-id="{name}" '
        'aria-label="{label}: {name}"{state}>{label}</button>',
        name=card.card,
        label=tongue("engine.unload"),
        state=Markup(" disabled") if card.in_use or card.waiting else NOTHING,
    )


def _errors(mishaps: Sequence[Mishap], tongue: Tongue) -> Markup:
    if not mishaps:
        return NOTHING
    return fragment(
        '<section class="mishaps"><h3>{title}</h3><ul>{rows}</ul></section>',
        title=tongue("engine.last_errors"),
        rows=joined(_error(each, tongue) for each in mishaps[:MOST_ERRORS]),
    )


def _error(mishap: Mishap, tongue: Tongue) -> Markup:
    at, sentence = datetime.fromtimestamp(mishap.at, UTC), error_sentence(mishap, tongue)
    return fragment(
        '<li><time datetime="{moment}">{clock}</time><span>{sentence}</span>'
        "<code>{card}{request_id}</code></li>",
        moment=at.isoformat(timespec="seconds"),
        clock=f"{at:%H:%M}",
        sentence=sentence,
        card=mishap.card,
        request_id="" if mishap.request_id in sentence else f" · {mishap.request_id}",
    )


def error_sentence(mishap: Mishap, tongue: Tongue) -> str:
    """What the code means, with the facts that hold no text of a person."""
    error = StudioError(mishap.code, code=mishap.code)
    error.facts.update({"reason": "", "request_id": mishap.request_id, **mishap.facts})
    return tongue.sentence(error)


def _missing(missing: Sequence[str], tongue: Tongue) -> Markup:
    if not missing:
        return NOTHING
    told = tongue("engine.missing", cards=", ".join(missing))
    return fragment('<p class="note">{text}</p>', text=told)
