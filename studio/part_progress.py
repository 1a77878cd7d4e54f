"""How far the parts of a whole are: what of it can be shown already."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from studio.crafts.craft import Order, OrderPart
from studio.gathering import Gathered, Gathering
from studio.works import PartProgress


def parts_of(order: Order, gathering: Gathering) -> tuple[PartProgress, ...]:
    """Part after part of an order, as far as its requests are; () of a craft without parts."""
    return tuple(_parts(order, gathering))


def _parts(order: Order, gathering: Gathering) -> Iterator[PartProgress]:
    start = 0
    for part in order.parts:
        stop = start + len(part.order.requests)
        yield _part(part, gathering.part(start, stop))
        start = stop


def _part(part: OrderPart, gathered: Gathered) -> PartProgress:
    return PartProgress(
        part.name,
        part.kind,
        _state(gathered),
        gathered.fraction,
        _shown(part, gathered),
        gathered.pictures,
    )


def _state(gathered: Gathered) -> Literal["waiting", "running", "done"]:
    if gathered.done:
        return "done"
    return "waiting" if gathered.waiting else "running"


def _shown(part: OrderPart, gathered: Gathered) -> str:
    """Only words are worth reading before they are finished."""
    return part.preview(gathered.texts) if part.preview else ""
