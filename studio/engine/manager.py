"""The engine's front door: requests in, tickets out."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from functools import partial
from types import MappingProxyType

from studio.engine.doorbell import Doorbell
from studio.engine.family import CountsTokens, Loader
from studio.engine.measures import prometheus
from studio.engine.scheduler import Scheduler
from studio.engine.status import CardStatus, Status
from studio.engine.ticket import Ticket
from studio.engine.worker import Worker
from studio.errors import StudioError
from studio.requests import Request
from studio.telemetry.request_id import current_request_id, new_request_id

_NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})


class Manager:
    """Keeps cards resident within a budget and batches everybody's requests on one device.

    All methods may be called from any thread. With `threaded=False` there is no device thread:
    `drain()` does the work in the caller's. Nothing is shared between two managers.
    """

    def __init__(
        self,
        loader: Loader,
        *,
        budget_bytes: int,
        max_queue: int = 256,
        device: str = "",
        clock: Callable[[], float] = time.monotonic,
        threaded: bool = True,
        idle_unload_s: float = 0.0,
        max_per_user: int = 0,
        weights: Mapping[str, float] = _NO_WEIGHTS,
    ) -> None:
        """`idle_unload_s`: cards that nobody has used for so long leave by themselves; 0: never.
        `max_per_user`: how many of one user's requests may wait; 0: as many as the queue takes.
        `weights`: turns a user has while others have one."""
        scheduler = Scheduler(max_queue, max_per_user, weights)
        self._worker = Worker(loader, budget_bytes, scheduler, clock, idle_unload_s)
        self._max_queue = max_queue
        self._device = device
        self._threaded = threaded
        self._keys = itertools.count(1)
        self._doorbell = Doorbell()

    def submit(self, request: Request, *, tell: bool = True) -> Ticket:
        """Queue a request and tell it its place and when it will have what; whoever asks several
        at once has them told together (`tell` False, then `tell_new`), as each knows of all then.

        Raises NotReady (unknown card) and OutOfMemory (a card that can never fit) before any
        queue, Busy when the queue is full (or full of this user's), StudioError after `close`.
        """
        self.check(request.card)
        key = next(self._keys)
        stop = partial(self._worker.jobs.cancel, key)
        ticket = Ticket(request, _ticket_id(key), stop, self._doorbell)
        self._worker.submit(key, ticket, tell=tell)
        self._start()
        return ticket

    def tell_new(self) -> None:
        """Tell everybody who was not told a place yet."""
        self._worker.jobs.tell_new()

    def refused(self, reason: str) -> None:
        """Count a request that was turned away before it came here; `reason` is an error's code."""
        with self._worker.changed:
            self._worker.metrics.refused(reason)

    def check(self, card: str) -> None:
        """Raises NotReady and OutOfMemory as `submit` would.

        The first time it may import what runs the card, which takes seconds.
        """
        self._worker.residency.check(card)

    def footprint(self, card: str) -> int:
        """Bytes the card takes, or would take when it is loaded. Raises NotReady."""
        resident = self._worker.residency.residents.get(card)
        return resident.family.footprint() if resident else self._worker.residency.need(card)

    def preload(self, card: str) -> Future[None]:
        """Make the card resident before anybody asks; the future fails as `submit` would,
        and with StudioError when busy cards leave no room just now.

        It stays until the budget is needed for others: `lease` keeps it.
        """
        done = self._worker.errand(lambda: self._load(card))
        self._start()
        return done

    def _load(self, card: str) -> None:
        if not self._worker.load(card):
            raise StudioError(
                f"There is no room for {card} while other models work.",
                "Try again when they are done.",
                code="no_room_now",
                card=card,
            )

    def count_tokens(self, card: str, text: str) -> Future[int | None]:
        """Tokens of a text by the card's own tokenizer; None when it is not loaded or has none."""
        counted: Future[int | None] = Future()
        if card not in self._worker.residency.residents:
            counted.set_result(None)
        else:
            self._worker.errand(lambda: counted.set_result(self._count(card, text)))
            self._start()
        return counted

    def _count(self, card: str, text: str) -> int | None:
        resident = self._worker.residency.residents.get(card)
        family = resident.family if resident else None
        return family.tokens_in(text) if isinstance(family, CountsTokens) else None

    def unload(self, card: str) -> Future[None]:
        """Give the card's memory back; the future fails with StudioError while it is in use."""
        done = self._worker.errand(lambda: self._unload(card))
        self._start()
        return done

    def _unload(self, card: str) -> None:
        residency = self._worker.residency
        if residency.in_use(card):
            raise StudioError(
                f"{card} is in use.", "Try again when it is done.", code="in_use", card=card
            )
        if card in residency.residents:
            residency.evict(card)

    @contextmanager
    def lease(self, card: str) -> Iterator[None]:
        """While inside, the card is not evicted once it is loaded (it is not loaded by this)."""
        self._worker.lease(card, 1)
        try:
            yield
        finally:
            self._worker.lease(card, -1)

    def drain(self) -> None:
        """Without a device thread: work here until nothing waits and nothing runs."""
        self._worker.drain()

    def status(self) -> Status:
        """The engine at this moment."""
        worker, residents = self._worker, self._worker.residency.residents
        with worker.changed:
            scheduler = worker.scheduler
            cards = tuple(self._card(card) for card in sorted({*residents, *scheduler.cards()}))
            return Status(
                cards=cards,
                resident_bytes=sum(each.resident_bytes for each in cards),
                budget_bytes=worker.residency.budget_bytes,
                waiting=scheduler.waiting,
                running=scheduler.running,
                max_queue=self._max_queue,
                counts=worker.metrics.snapshot(),
                device=self._device,
                closed=worker.closed,
            )

    def _card(self, card: str) -> CardStatus:
        scheduler, resident = self._worker.scheduler, self._worker.residency.residents.get(card)
        return CardStatus(
            card=card,
            resident=resident is not None,
            lane=resident.family.lane if resident else "",
            resident_bytes=resident.family.footprint() if resident else 0,
            slots_used=scheduler.used(card),
            slots=scheduler.capacity(card),
            waiting=scheduler.queued(card),
            in_use=self._worker.residency.in_use(card),
            waiting_by_priority={
                "interactive": scheduler.queued(card) - scheduler.queued_bulk(card),
                "bulk": scheduler.queued_bulk(card),
            },
        )

    def prometheus(self) -> str:
        """The status as Prometheus text."""
        return prometheus(self.status())

    def close(self) -> None:
        """End every ticket, give all memory back, stop the thread. Idempotent."""
        self._worker.close()

    def __enter__(self) -> Manager:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _start(self) -> None:
        if self._threaded:
            self._worker.start()


def _ticket_id(key: int) -> str:
    """The id of the request that came in, and which of its questions to a model this is."""
    return f"{current_request_id() or new_request_id()}.{key}"
