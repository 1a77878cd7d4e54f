"""A writer at work as the studio runs it: its engine family, its batches, its crafts' prompts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from studio.catalog import Catalog
from studio.crafts.craft import Order, Output
from studio.engine.manager import Manager
from studio.errors import InvalidInput
from studio.families.draft_reader import DraftReader
from studio.families.loader import CardLoader, device_budget_bytes, pick_device
from studio.requests import Completion, Request
from studio.settings import Settings
from studio.training.heldout_briefs import HeldoutBrief, with_seed

WAITING = 4096
"""Requests that may wait: an evaluation hands in all of them at once."""
Change = Callable[[Request], Request]


@dataclass(frozen=True, slots=True)
class Writer:
    """A card, and the adapter on it; None writes with the card alone. Serves every role."""

    card: str
    adapter: str | None = None

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:  # noqa: ARG002
        """(card, adapter), whatever is asked."""
        return self.card, self.adapter

    def drafts(self, card: str) -> int:  # noqa: ARG002
        """One, unless a form asks for more: measurements say what they compare."""
        return 1


@dataclass(frozen=True, slots=True)
class Written:
    """What came of one brief."""

    brief: HeldoutBrief
    order: Order
    completions: tuple[Completion, ...]
    output: Output


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of all briefs, and how fast."""

    written: tuple[Written, ...]
    tokens: int
    seconds: float


class WriterBench:
    """Writes held-out briefs in batches."""

    def __init__(self, manager: Manager, reader: DraftReader | None = None) -> None:
        """With a `reader` the drafts of a brief are measured before they are ranked."""
        self._manager, self._reader = manager, reader

    def write(
        self,
        writer: Writer,
        briefs: Sequence[HeldoutBrief],
        *,
        first_seed: int = 1,
        change: Change | None = None,
        **given: object,
    ) -> Batch:
        """One output a brief, seeds counted up. `given` settings go into every form; `change`
        is applied to every request. A brief that its craft refuses is left out."""
        orders = list(self._orders(writer, briefs, first_seed, change, given))
        begun = time.perf_counter()
        tickets = [[self._manager.submit(each) for each in order.requests] for _, order in orders]
        completions = [tuple(ticket.result() for ticket in row) for row in tickets]
        seconds = time.perf_counter() - begun
        written = tuple(
            self._finished(brief, order, done)
            for (brief, order), done in zip(orders, completions, strict=True)
        )
        return Batch(written, sum(c.usage.output_tokens for d in completions for c in d), seconds)

    def _orders(
        self,
        writer: Writer,
        briefs: Sequence[HeldoutBrief],
        first_seed: int,
        change: Change | None,
        given: dict[str, object],
    ) -> Iterator[tuple[HeldoutBrief, Order]]:
        for number, brief in enumerate(briefs):
            known = {name: value for name, value in given.items() if _has(brief, name)}
            try:
                order = brief.craft.order(with_seed(brief, first_seed + number, **known), writer)
            except InvalidInput:
                continue
            if change is not None:
                order = replace(order, requests=tuple(map(change, order.requests)))
            yield brief, order

    def _finished(
        self, brief: HeldoutBrief, order: Order, completions: tuple[Completion, ...]
    ) -> Written:
        if self._reader is not None and len(completions) > 1 and brief.craft.brief is not None:
            texts = [each.text for each in completions]
            near = self._reader.coverage(brief.craft.brief(order.inputs), texts)
            completions = tuple(
                replace(each, coverage=value) for each, value in zip(completions, near, strict=True)
            )
        outputs = brief.craft.finish(order, completions)
        return Written(brief, order, completions, outputs[0] if outputs else Output())


@contextmanager
def opened_bench(
    settings: Settings, catalog: Catalog, reader: DraftReader | None = None
) -> Iterator[WriterBench]:
    """A bench on the device of the settings; closed with its device thread."""
    device = pick_device(settings.device)
    loader = CardLoader(catalog, settings, device=device)
    budget = settings.memory_budget_bytes or device_budget_bytes(device)
    manager = Manager(loader, budget_bytes=budget, max_queue=WAITING, device=device)
    try:
        yield WriterBench(manager, reader)
    finally:
        manager.close()


def free_of_form(request: Request) -> Request:
    """The request without its constraint: what the model alone does."""
    return replace(request, constraint=None)


def _has(brief: HeldoutBrief, name: str) -> bool:
    return any(each.name == name for each in brief.craft.fields)
