"""The one device thread: everything that touches a loaded model happens here.

Others talk to it through one condition variable: they queue requests and errands, it wakes. A turn
is: let go of what has ended, ask the scheduler, then load a card, or admit and step. Without a
thread, `drain` does the same in the caller's (ZeroGPU: one engine inside each decorated call).
"""

from __future__ import annotations

import logging
import math
import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from functools import partial

from studio.engine.ending import log_eviction, log_load
from studio.engine.family import (
    DeviceOutOfMemory,
    Family,
    Loader,
    Outside,
    ReadsPrompts,
    Stepped,
)
from studio.engine.job import Job
from studio.engine.jobs import Jobs
from studio.engine.line import Seat, Shape
from studio.engine.metrics import Metrics
from studio.engine.postponed import Postponed
from studio.engine.residency import Residency
from studio.engine.scheduler import Scheduler
from studio.engine.step_times import Step
from studio.engine.stepping import Shortage, step_together
from studio.engine.ticket import Ticket
from studio.engine.turn import Turn
from studio.errors import Busy, DeadlineExceeded, NotReady, OutOfMemory, StudioError
from studio.requests import Request

logger = logging.getLogger(__name__)


class Worker:
    """Runs turns on the device thread. The rest of it may be called from any thread."""

    def __init__(
        self,
        loader: Loader,
        budget_bytes: int,
        scheduler: Scheduler,
        clock: Callable[[], float],
        idle_unload_s: float = 0.0,
    ) -> None:
        """`idle_unload_s`: a card that nobody has used for so long gives its memory back; 0 lets
        it stay."""
        self.changed = threading.Condition()
        """Guards the scheduler, the metrics, the jobs and the errands; rung at every change."""
        self.scheduler = scheduler
        self.metrics = Metrics(clock)
        self.residency = Residency(loader, budget_bytes, self._running, self._evicted, clock)
        self.jobs = Jobs(self.changed, self.scheduler, self.metrics)
        self.closed = False
        self._clock = clock
        self._idle_unload_s = idle_unload_s
        self._postponed = Postponed()
        self._errands: deque[tuple[Callable[[], None], Future[None]]] = deque()
        self._thread: threading.Thread | None = None

    # from any thread

    def start(self) -> None:
        """Start the device thread, once."""
        with self.changed:
            if self._thread is None and not self.closed:
                self._thread = threading.Thread(target=self._run, name="device", daemon=True)
                self._thread.start()

    def submit(self, key: int, ticket: Ticket, *, tell: bool = True) -> None:
        """Queue a request, and `tell` it its place. Raises Busy when the queue is full,
        StudioError after `close`."""
        job = Job(key, ticket, submitted_at=self._clock())
        try:
            with self.changed:
                self._refuse_if_closed()
                self.jobs.add(job)
        except Busy as busy:
            with self.changed:
                self.metrics.refused(busy.code)
            raise self.jobs.advised(busy, ticket.request) from None
        if tell:
            self.jobs.tell_new()

    def errand(self, task: Callable[[], None]) -> Future[None]:
        """Have the device thread do something between two steps. StudioError after `close`."""
        done: Future[None] = Future()
        with self.changed:
            self._refuse_if_closed()
            self._errands.append((task, done))
            self.changed.notify_all()
        return done

    def lease(self, card: str, number: int) -> None:
        """Take (1) or give back (-1) a lease."""
        with self.changed:
            self.residency.lease(card, number)
            if number < 0:
                self.scheduler.make_room()
            self.changed.notify_all()

    def close(self) -> None:
        """End every ticket and give all memory back. Waits for the step that runs. Idempotent."""
        with self.changed:
            self.closed = True
            self.changed.notify_all()
            thread = self._thread
        if thread is None:
            self._farewell()
        elif thread is not threading.current_thread():
            thread.join()

    def drain(self) -> None:
        """Without a device thread: take turns here until nothing waits and nothing runs."""
        while True:
            while self.turn():
                pass
            if self.scheduler.due() == math.inf and not self.scheduler.running:
                return
            self._sleep()

    # the device thread

    def _run(self) -> None:
        while not self.closed:
            if not self.turn():
                self._sleep()
        self._farewell()

    def _sleep(self) -> None:
        """Until there is something to do."""
        with self.changed:
            due = min(self.scheduler.due(), self._unload_due())
            if not self._errands and not self.closed and due > (now := self._clock()):
                self.changed.wait(None if due == math.inf else due - now)

    def turn(self) -> bool:
        """Do one thing; False when there is nothing to do now."""
        try:
            return self._errand() or self._serve() or self._unload_unused()
        except Exception as error:  # the thread must outlive any bug, and leave nobody waiting
            logger.exception("The device thread met a bug")
            self.jobs.fail_all(error)
            return True

    def _errand(self) -> bool:
        with self.changed:
            if not self._errands:
                return False
            task, done = self._errands.popleft()
        if not done.set_running_or_notify_cancel():
            return True
        try:
            task()
            done.set_result(None)
        except Exception as error:  # noqa: BLE001 - belongs to whoever asked for it
            done.set_exception(error)
        return True

    def _serve(self) -> bool:
        began = self._clock()
        self._dismiss()
        with self.changed:
            turn = self.scheduler.next_turn(self._clock())
        self.jobs.tell_positions()
        if turn is None:
            return False
        if turn.load:
            self._load_for_waiting(turn.card)
        else:
            self._advance(turn, began)
        return True

    def _dismiss(self) -> None:
        """Release the slots of what has ended, and end what has waited or run too long."""
        with self.changed:
            now = self._clock()
            for key in self.scheduler.overdue(now):
                self.jobs.cut(key, now)
            leaving = self.scheduler.leaving()
            late = [self.jobs.get(key) for key in self.scheduler.expired(now)]
        for seat in leaving:
            self._release(seat)
        for job in late:
            if job is not None:
                self.jobs.end(job.key, DeadlineExceeded(now - job.submitted_at), "expired")

    def _release(self, seat: Seat) -> None:
        try:
            if seat.slot is not None:
                self.residency.residents[seat.card].family.release(seat.slot)
        except Exception:  # a slot that cannot be freed must not stop the others
            logger.exception("Releasing slot %s of %s failed", seat.slot, seat.card)
        with self.changed:
            self.scheduler.vacate(seat.key)

    # loading

    def load(self, card: str) -> bool:
        """Make the card resident (device thread only); False when it must wait for busy cards."""
        if card in self.residency.residents:
            return True
        started = self._clock()
        family = self.residency.load(card)
        if family is None:
            return False
        seconds = self._clock() - started
        with self.changed:
            self.scheduler.open(card, _shape(family))
            self.metrics.loaded(card, seconds)
            self.jobs.loaded(card, seconds)
        log_load(card, family.lane, family.footprint(), seconds)
        if isinstance(family, Outside):
            family.on_news(partial(self._news, card))
        return True

    def _load_for_waiting(self, card: str) -> None:
        try:
            if not self.load(card):
                with self.changed:
                    self.scheduler.hold(card)
        except Exception as error:  # noqa: BLE001 - fails those who wait for it, nobody else
            self._end_waiting(card, error)

    def _end_waiting(self, card: str, error: Exception) -> None:
        if not isinstance(error, StudioError):
            logger.error("Loading %s failed", card, exc_info=error)
            hint = f"Check its files: studio models verify {card}"
            error = NotReady(card, f"{card} could not be loaded.", hint, code="load_failed")
        with self.changed:
            waiting = self.scheduler.waiting_for(card)
        for key in waiting:
            self.jobs.fail(key, error)

    def _running(self, card: str) -> bool:
        with self.changed:
            return self.scheduler.in_use(card)

    def _evicted(self, card: str) -> None:
        with self.changed:
            was_open = self.scheduler.capacity(card) > 0
            self.metrics.count("evictions", int(was_open))
            self.scheduler.shut(card)
        if was_open:
            log_eviction(card)

    def _news(self, card: str) -> None:
        """Somebody who works elsewhere has something to tell (from any thread)."""
        with self.changed:
            self.scheduler.ring(card)
            self.changed.notify_all()

    def _unload_unused(self) -> bool:
        return self._idle_unload_s > 0 and self.residency.evict_unused(
            self._clock() - self._idle_unload_s
        )

    def _unload_due(self) -> float:
        """When the next card will have been unused for too long."""
        if self._idle_unload_s <= 0:
            return math.inf
        return self.residency.unused_since() + self._idle_unload_s

    # stepping

    def _advance(self, turn: Turn, began: float) -> None:
        family = self.residency.use(turn.card)
        with self.changed:
            running = len(self.scheduler.seated(turn.card))
        admitting = self._clock()
        for key in (*self._postponed.due(turn.card, running), *turn.admit):
            self._admit(family, turn.card, key)
        admitted_s = self._clock() - admitting
        with self.changed:
            seated = self.scheduler.seated(turn.card)
            at_most = self.scheduler.capacity(turn.card)
        if not seated:
            self.jobs.stepped(turn.card, Step(0, 0.0), self._clock() - began)
            return
        started = self._clock()
        stepped = step_together(family, list(seated), self._shortage(turn.card), at_most)
        ended, lane = self._clock(), family.lane
        step = self._step(seated, stepped)
        tokens = sum(self.jobs.deliver(seated[each.slot], each, lane, ended) for each in stepped)
        with self.changed:
            self.metrics.step(lane, len(seated), started, ended, family.capacity)
            self.metrics.tokens(tokens, started, ended, turn.card)
        spent_s = self._clock() - began
        self.jobs.stepped(turn.card, replace(step, seconds=spent_s - admitted_s), spent_s)

    def _step(self, seated: Mapping[int, int], stepped: Sequence[Stepped]) -> Step:
        """What the step was, but how long it took: asked before those who are done have left."""
        asked = [self.jobs.request(seated[each.slot]) for each in stepped if not each.reading]
        return Step(
            rows=sum(1.0 if each is None else each.work for each in asked),
            seconds=0.0,
            tokens=sum(each.read for each in stepped),
            held=sum(each is not None and each.constraint is not None for each in asked),
        )

    def _admit(self, family: Family, card: str, key: int) -> None:
        job = self.jobs.get(key)
        if job is None:  # cancelled since the turn was decided
            return
        job.admitted_at = self._clock()
        try:
            slot = self._slot(family, card, job.ticket.request)
        except Exception as error:  # noqa: BLE001 - fails this request only
            self.jobs.fail(key, error)
            return
        job.admitting_s = self._clock() - job.admitted_at
        with self.changed:
            running = len(self.scheduler.seated(card))
            if slot is not None:
                self.scheduler.seat(key, slot)
        if slot is None and running:
            self._postponed.add(card, key, running)
        elif slot is None:
            self.jobs.fail(key, OutOfMemory(family.footprint(), 0))

    def _slot(self, family: Family, card: str, request: Request) -> int | None:
        """A slot for the request; None when there is no memory for it even without idle cards."""
        for _ in range(2):
            try:
                return family.admit(request)
            except DeviceOutOfMemory:  # its traceback holds memory: gone before the next try
                with self.changed:
                    self.metrics.count("out_of_memory")
            self.residency.relieve(keep=card)
        return None

    def _shortage(self, card: str) -> Shortage:
        return Shortage(partial(self._narrow, card), lambda: self.residency.relieve(keep=card))

    def _narrow(self, card: str, rows: int) -> None:
        """So many rows were too many for the device."""
        with self.changed:
            self.metrics.count("out_of_memory")
            self.scheduler.narrow(card, rows // 2)

    # the end

    def _farewell(self) -> None:
        self.jobs.fail_all(_closing())
        while self._errands:
            self._errands.popleft()[1].set_exception(_closing())
        self._dismiss()
        for card in self.residency.residents:
            try:
                self.residency.evict(card)
            except Exception:  # one card that cannot close must not keep the others
                logger.exception("Closing %s failed", card)

    def _refuse_if_closed(self) -> None:
        if self.closed:
            raise _closing()


def _shape(family: Family) -> Shape:
    shape = Shape(
        family.lane, family.capacity, family.linger_ms / 1000, isinstance(family, Outside)
    )
    if isinstance(family, ReadsPrompts):
        shape = replace(shape, pieces=family.prompt_pieces)
    return shape


def _closing() -> StudioError:
    return StudioError(
        "The studio is shutting down.", "Try again in a moment.", code="shutting_down"
    )
