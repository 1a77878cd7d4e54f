"""`studio bench estimate`: what people are told when they ask, against what then comes true.

People ask for mixed works one after another; the engine's first word to each request is kept
beside the times that the request then took. A work has its first piece when any of its requests
has one, and is done (before its files are made) with the last.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from statistics import median
from typing import Any

from studio.archive import Archive
from studio.batch import finished
from studio.catalog import Catalog
from studio.engine.manager import Manager
from studio.engine.ticket import Ticket
from studio.errors import StudioError
from studio.families.bench_goals import goals_of
from studio.families.loader import CardLoader, device_budget_bytes, pick_device
from studio.history.store import Store
from studio.requests import Request
from studio.service import Studio
from studio.settings import Settings
from studio.soak.briefs import a_form
from studio.telemetry.request_id import carried, current_request_id

_GOALS = (("done", 0.3, "at most"),)
"""Median relative errors of works: of the end, which is what people are shown. First pieces come
within tenths of a second, of which an estimate in whole seconds can say nothing."""
THINK_S = 2.0
"""How long a person looks at a work before the next, on average."""
WARM_WORKS = 8
"""Works at the beginning that do not count: cards are loaded, first prices are learnt."""

_LEAST_S = 0.001


@dataclass(frozen=True, slots=True)
class EstimateRun:
    """How many works are counted, of how many people."""

    works: int = 60
    people: int = 4
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Foretold:
    """Seconds from the submission to the first piece and to the end, as told and as come true."""

    first_s: float
    done_s: float
    true_first_s: float
    true_done_s: float

    @classmethod
    def of(cls, ticket: Ticket) -> Foretold | None:
        """None when nothing could be told, or it did not end by itself."""
        told, usage = ticket.first_place, ticket.so_far.usage
        if told is None or told.first_s is None or told.estimate_s is None or not usage.total_ms:
            return None
        return cls(
            told.first_s, told.estimate_s, usage.first_token_ms / 1000, usage.total_ms / 1000
        )

    @property
    def first_error(self) -> float:
        """Relative to what came true."""
        return abs(self.first_s - self.true_first_s) / max(self.true_first_s, _LEAST_S)

    @property
    def done_error(self) -> float:
        """Relative to what came true."""
        return abs(self.done_s - self.true_done_s) / max(self.true_done_s, _LEAST_S)


class _Watched(Manager):
    """Remembers the tickets of each work."""

    tickets: dict[str, list[Ticket]]

    def submit(self, request: Request, *, tell: bool = True) -> Ticket:
        ticket = super().submit(request, tell=tell)
        self.tickets.setdefault(current_request_id(), []).append(ticket)
        return ticket


def bench_estimate(settings: Settings, run: EstimateRun | None = None) -> dict[str, Any]:
    """Medians and 90th percentiles of the relative errors of first piece and end, of works, of
    single requests and by craft; `goals` says what is asked and whether it is met."""
    run = run or EstimateRun()
    with _studio(settings) as (studio, manager):
        crafts = asyncio.run(_asked(studio, run))
    counted = list(crafts.items())[WARM_WORKS:]
    return estimate_numbers([(craft, manager.tickets.get(id, [])) for id, craft in counted], run)


@contextmanager
def _studio(settings: Settings) -> Iterator[tuple[Studio, _Watched]]:
    """A studio with a history of its own, gone afterwards, on the models that are there."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "cache").symlink_to(settings.cache_dir)
        own = replace(settings, data_dir=Path(folder))
        catalog, device = Catalog.read(own.models_dir), pick_device(own.device)
        budget = own.memory_budget_bytes or device_budget_bytes(device)
        loader = CardLoader(catalog, own, device=device, budget_bytes=budget)
        manager = _Watched(loader, budget_bytes=budget, max_queue=own.max_queue, device=device)
        manager.tickets = {}
        studio = Studio(own, catalog, manager, Archive(Store(own.database), own.works_dir))
        try:
            yield studio, manager
        finally:
            studio.close()


async def _asked(studio: Studio, run: EstimateRun) -> dict[str, str]:
    """The craft of each work that was asked for, by the id that its requests carry."""
    crafts: dict[str, str] = {}
    people = [_person(studio, run, number, crafts) for number in range(run.people)]
    await asyncio.gather(*people)
    return crafts


async def _person(studio: Studio, run: EstimateRun, number: int, crafts: dict[str, str]) -> None:
    draw = random.Random(f"{run.seed} {number}")
    while len(crafts) < run.works + WARM_WORKS:
        craft, inputs = a_form(draw, f"no {len(crafts)}")
        crafts[name := f"estimate-{len(crafts)}"] = craft
        with carried(name), suppress(StudioError):
            await finished(studio, craft, inputs, f"person {number}")
        await asyncio.sleep(draw.expovariate(1 / THINK_S))


def estimate_numbers(
    works: Sequence[tuple[str, Sequence[Ticket]]], run: EstimateRun
) -> dict[str, Any]:
    """`bench_estimate` of the crafts and tickets of works that have ended."""
    told = [(craft, [Foretold.of(each) for each in tickets]) for craft, tickets in works if tickets]
    known = [(craft, [each for each in every if each]) for craft, every in told if all(every)]
    whole = [(craft, _together(every)) for craft, every in known]
    single = list(chain.from_iterable(every for _, every in known))
    crafts = sorted({craft for craft, _ in whole})
    numbers: dict[str, Any] = {
        "people": run.people,
        "seed": run.seed,
        "works_not_told": len(told) - len(known),
        "works": _errors([each for _, each in whole]),
        "requests": _errors(single),
        "crafts": {name: _errors([e for craft, e in whole if craft == name]) for name in crafts},
    }
    return {**numbers, "goals": goals_of(_medians(numbers["works"]), _GOALS)}


def _together(requests: Sequence[Foretold]) -> Foretold:
    """A work: the first of the first pieces, the last of the ends."""
    return Foretold(
        min(each.first_s for each in requests),
        max(each.done_s for each in requests),
        min(each.true_first_s for each in requests),
        max(each.true_done_s for each in requests),
    )


def _errors(told: Sequence[Foretold]) -> dict[str, Any]:
    if not told:
        return {"number": 0}
    return {
        "number": len(told),
        "first": _spread([each.first_error for each in told]),
        "done": _spread([each.done_error for each in told]),
        "first_told_by_true": round(median(e.first_s / e.true_first_s for e in told), 3),
        "done_told_by_true": round(median(e.done_s / e.true_done_s for e in told), 3),
        "true_first_s": round(median(each.true_first_s for each in told), 3),
        "true_done_s": round(median(each.true_done_s for each in told), 3),
    }


def _spread(errors: Sequence[float]) -> dict[str, float]:
    ordered = sorted(errors)
    ninetieth = ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))]
    return {"median": round(median(ordered), 3), "p90": round(ninetieth, 3)}


def _medians(works: dict[str, Any]) -> dict[str, float | None]:
    return {name: works[name]["median"] if works["number"] else None for name, _, _ in _GOALS}
