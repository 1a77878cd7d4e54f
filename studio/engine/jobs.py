"""Every living request, and the one place where tickets end."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace

from studio.engine.ending import ending_of, log_ending
from studio.engine.estimate import Forecast
from studio.engine.family import Stepped
from studio.engine.forecasts import Forecasts
from studio.engine.job import Job
from studio.engine.line import Claim
from studio.engine.metrics import Metrics
from studio.engine.scene import Scene, scene_of
from studio.engine.scheduler import Scheduler
from studio.engine.step_times import Step
from studio.errors import Busy, Cancelled, DeadlineExceeded, ModelFailed, StudioError
from studio.requests import Chunk, Request, Usage

CROWD = 16
MOVED_S = 0.25
"""Where more than a crowd waits, everybody moves at every turn: they are told no oftener."""
RETELL_S = 1.0
"""How old a told estimate may get: time passes for those whose place stays the same, too."""

logger = logging.getLogger(__name__)


class Jobs:
    """Whoever takes a job out of the table ends its ticket: so each ends exactly once.

    `changed` guards the table, the scheduler and the metrics; cancels come from any thread.
    """

    def __init__(
        self, changed: threading.Condition, scheduler: Scheduler, metrics: Metrics
    ) -> None:
        self._changed = changed
        self._scheduler = scheduler
        self._metrics = metrics
        self._by_key: dict[int, Job] = {}
        self._forecasts = Forecasts()
        self._new: list[Job] = []
        """Nobody has told them a place yet."""
        self._moved_at = -MOVED_S
        self._told_at = -RETELL_S

    def add(self, job: Job) -> None:
        """Queue a job. Raises Busy when the queue is full."""
        with self._changed:
            request = job.ticket.request
            job.place = self._scheduler.submit(
                job.key, request.card, request.user, job.submitted_at, _claim(request)
            )
            self._by_key[job.key] = job
            self._new.append(job)
            self._metrics.count("submitted")
            self._changed.notify_all()

    def tell_new(self) -> None:
        """Tell those that were added since their place, and when they will have what."""
        with self._changed:
            new, self._new = self._new, []
        now = self._metrics.now()
        rush = {card for card in _cards(new) if self._forecasts.is_rush(card, now)}
        for job in new:
            job.prompt, job.unlike = self._forecasts.asked.unlike(job.ticket.request)
        scene = self._scene() if len(rush) < len(_cards(new)) else None
        expected = self._forecasts.newest(_cards(new) - rush, scene) if scene else {}
        with self._changed:
            for job in new:
                card = job.ticket.request.card
                job.foretold = expected[card].get(job.key) if card in expected else None
                job.ticket.offer(self._told(job, job.foretold or self._forecasts.rushed(card)))

    def advised(self, busy: Busy, request: Request) -> Busy:
        """The refusal with the time after which it is worth trying again."""
        own = request.user if busy.code == "busy_user" else ""
        retry_s = self._forecasts.room_s(request.card, self._scene(), own)
        return Busy(busy.position, code=busy.code, retry_s=retry_s)

    def get(self, key: int) -> Job | None:
        """The job, if it has not ended."""
        return self._by_key.get(key)

    def request(self, key: int) -> Request | None:
        """What was asked; None after its end."""
        job = self.get(key)
        return None if job is None else job.ticket.request

    def tell_positions(self) -> None:
        """Say their new place to those whose place in the queue has changed, and the new estimate
        to everybody once in a while."""
        now = self._metrics.now()
        with self._changed:
            moved = self._moved(now)
            retold = self._is_time_to_retell(now)
        if not moved and not retold:
            return
        scene = self._scene()
        cards = scene.cards if retold else _cards(moved)
        expected = {card: self._forecasts.of(card, scene) for card in cards}
        with self._changed:
            waiting = [job for each in scene.cards.values() for job in each.waiting]
            news = [self._news(job, expected) for job in (waiting if retold else moved)]
        for job, chunk in news:
            if chunk is not None:
                job.ticket.offer(chunk)

    def _news(
        self, job: Job, expected: Mapping[str, Mapping[int, Forecast]]
    ) -> tuple[Job, Chunk | None]:
        """What there is to say to one that waits; nothing before its first place was told."""
        before, own = job.told, expected.get(job.ticket.request.card, {})
        if before is None:
            return job, None
        chunk = self._told(job, own.get(job.key))
        return job, chunk if job.told != before else None

    def _told(self, job: Job, expected: Forecast | None) -> Chunk:
        """The news of a place in the queue; the job remembers it."""
        first_s = done_s = None
        if expected is not None:
            likely = self._forecasts.corrected(job.ticket.request.card, expected)
            first_s, done_s = round(likely.first_s, 3), round(likely.done_s, 3)
        job.told = (job.place, first_s, done_s)
        return Chunk(queue_position=job.place, first_s=first_s, estimate_s=done_s)

    def _scene(self) -> Scene:
        with self._changed:
            return scene_of(self._scheduler, self._by_key, self._metrics.now())

    def _moved(self, now: float) -> list[Job]:
        """Those whose place has changed, with the new one."""
        if self._scheduler.waiting > CROWD and now - self._moved_at < MOVED_S:
            return []
        self._moved_at = now
        moved = []
        for key, place in self._scheduler.moved():
            self._by_key[key].place = place
            moved.append(self._by_key[key])
        return moved

    def _is_time_to_retell(self, now: float) -> bool:
        if now - self._told_at < RETELL_S or not self._scheduler.waiting:
            return False
        self._told_at = now
        return True

    def stepped(self, card: str, step: Step, seconds: float) -> None:
        """A turn of the card is over: its step, and what all of it took."""
        with self._changed:
            self._scheduler.spent(card, step, seconds)

    def loaded(self, card: str, seconds: float) -> None:
        """The card was put on the device."""
        with self._changed:
            self._scheduler.spent_loading(card, seconds)
            self._forecasts.loaded(card, seconds)

    def deliver(self, key: int, stepped: Stepped, lane: str, now: float) -> int:
        """Hand one row's news to its ticket; returns the tokens it made."""
        job = self.get(key)
        if job is None:  # cancelled during the step
            return 0
        job.lane = lane
        if stepped.error is not None:
            self.fail(key, stepped.error)
            return 0
        job.read, job.reading = job.read + stepped.read, stepped.reading
        if stepped.reading:
            return 0
        job.steps += 1
        if job.steps == 1:
            with self._changed:
                self._forecasts.lengths.read(job)
        if stepped.chunk is not None:
            self._clock_chunk(job, now)
        made = _made(job, stepped.chunk)
        job.tokens += made
        if stepped.chunk is not None:
            self._pass_on(job, stepped.chunk, now)
        return made

    def _clock_chunk(self, job: Job, now: float) -> None:
        """Count how long this chunk took, since the one before or since the submission."""
        with self._changed:
            if job.first_at is None:
                job.first_at, job.lead = now, job.steps
                self._metrics.first_token(job.lane, now - job.submitted_at)
            else:
                self._metrics.next_token(job.lane, now - job.last_at)
        job.last_at = now

    def _pass_on(self, job: Job, chunk: Chunk, now: float) -> None:
        if chunk.finish is None:
            job.ticket.offer(chunk)
            return
        job.prompt_tokens = (chunk.usage or Usage()).prompt_tokens
        if self._take(job.key, "completed") is not None:
            with self._changed:
                self._forecasts.completed(job, now)
            job.ticket.offer(replace(chunk, usage=job.usage(chunk.usage, now)))

    def cut(self, key: int, now: float) -> None:
        """It ran past its deadline: a text ends with what there is of it (finish "deadline"),
        anything else fails with DeadlineExceeded. Harmless after the end."""
        job = self.get(key)
        if job is None:
            return
        if job.lane == "text" and job.ticket.so_far.text.strip():
            usage = job.usage(Usage(output_tokens=job.tokens), now)
            if self._take(key, "completed") is not None:
                job.ticket.offer(Chunk(finish="deadline", usage=usage))
            return
        ran_s = now - (job.admitted_at if job.admitted_at is not None else now)
        self.end(key, DeadlineExceeded(ran_s, code="run_deadline"), "expired")

    def cancel(self, key: int) -> None:
        """The person stopped it; harmless after the end."""
        self.end(key, Cancelled(), "cancelled")

    def fail(self, key: int, error: Exception) -> None:
        """End it with a StudioError; anything else is logged and shown as ModelFailed."""
        job = self.get(key)
        if job is not None and not isinstance(error, StudioError):
            logger.error("Request %s failed", job.ticket.request_id, exc_info=error)
            error = ModelFailed(job.ticket.request_id)
        self.end(key, error, "failed")

    def fail_all(self, error: Exception) -> None:
        """End every job."""
        for key in list(self._by_key):
            self.fail(key, error)

    def end(self, key: int, error: Exception, event: str) -> None:
        """End it with this error, counted as this event; harmless after the end."""
        job = self._take(key, event, error)
        if job is not None:
            job.ticket.fail(error)

    def _take(self, key: int, event: str, error: Exception | None = None) -> Job | None:
        with self._changed:
            job = self._by_key.pop(key, None)
            if job is None:
                return None
            self._scheduler.end(key)
            ending = ending_of(job, event, error, self._metrics.now())
            self._metrics.ended(ending)
            self._changed.notify_all()
        log_ending(ending)
        return job


def _made(job: Job, chunk: Chunk | None) -> int:
    """A chunk is about one token; the family's own count settles it."""
    if chunk is not None and chunk.finish is not None:
        return max(0, (chunk.usage or Usage()).output_tokens - job.tokens)
    return int(chunk is not None)


def _cards(jobs: Iterable[Job]) -> set[str]:
    return {job.ticket.request.card for job in jobs}


def _claim(request: Request) -> Claim:
    return Claim(
        bulk=request.priority == "bulk",
        weight=request.weight,
        deadline_s=request.deadline_s,
        run_deadline_s=request.run_deadline_s,
        work=request.work,
    )
