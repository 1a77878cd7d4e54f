"""Every living request, and the one place where tickets end."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from studio.engine.family import Stepped
from studio.engine.job import Job
from studio.engine.metrics import Metrics
from studio.engine.scheduler import Scheduler
from studio.errors import Cancelled, ModelFailed, StudioError
from studio.requests import Chunk, Usage

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

    def add(self, job: Job) -> None:
        """Queue a job and tell its place. Raises Busy when the queue is full."""
        request = job.ticket.request
        with self._changed:
            position = self._scheduler.submit(
                job.key, request.card, request.user, job.submitted_at, request.deadline_s
            )
            self._by_key[job.key] = job
            self._metrics.count("submitted")
            job.ticket.offer(Chunk(queue_position=position))
            self._changed.notify_all()

    def get(self, key: int) -> Job | None:
        """The job, if it has not ended."""
        return self._by_key.get(key)

    def tell_positions(self) -> None:
        """Say their new place to those whose place in the queue has changed."""
        with self._changed:
            moved = [(self._by_key[key], place) for key, place in self._scheduler.moved()]
        for job, place in moved:
            job.ticket.offer(Chunk(queue_position=place))

    def deliver(self, key: int, stepped: Stepped, lane: str, now: float) -> int:
        """Hand one row's news to its ticket; returns the tokens it made."""
        job = self.get(key)
        if job is None:  # cancelled during the step
            return 0
        if stepped.error is not None:
            self.fail(key, stepped.error)
            return 0
        if stepped.chunk is not None and job.first_at is None:
            job.first_at = now
            with self._changed:
                self._metrics.first_token(lane, now - job.submitted_at)
        made = _made(job, stepped.chunk)
        job.tokens += made
        if stepped.chunk is not None:
            self._pass_on(job, stepped.chunk, now)
        return made

    def _pass_on(self, job: Job, chunk: Chunk, now: float) -> None:
        if chunk.finish is None:
            job.ticket.offer(chunk)
        elif self._take(job.key, "completed") is not None:
            job.ticket.offer(replace(chunk, usage=job.usage(chunk.usage, now)))

    def cancel(self, key: int) -> None:
        """The person stopped it; harmless after the end."""
        self.end(key, Cancelled(), "cancelled")

    def fail(self, key: int, error: Exception) -> None:
        """End it with a StudioError; anything else is logged and shown as ModelFailed."""
        job = self.get(key)
        if job is not None and not isinstance(error, StudioError):
            logger.error("Request %s failed", job.ticket.request_id, exc_info=error)
            error = ModelFailed(job.ticket.request_id, f"({type(error).__name__})")
        self.end(key, error, "failed")

    def fail_all(self, error: Exception) -> None:
        """End every job."""
        for key in list(self._by_key):
            self.fail(key, error)

    def end(self, key: int, error: Exception, event: str) -> None:
        """End it with this error, counted as this event; harmless after the end."""
        job = self._take(key, event)
        if job is not None:
            job.ticket.fail(error)

    def _take(self, key: int, event: str) -> Job | None:
        with self._changed:
            job = self._by_key.pop(key, None)
            if job is not None:
                self._scheduler.end(key)
                self._metrics.count(event)
                self._changed.notify_all()
            return job


def _made(job: Job, chunk: Chunk | None) -> int:
    """A chunk is about one token; the family's own count settles it."""
    if chunk is not None and chunk.finish is not None:
        return max(0, (chunk.usage or Usage()).output_tokens - job.tokens)
    return int(chunk is not None)
