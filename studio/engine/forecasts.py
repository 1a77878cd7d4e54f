"""What is told to those who wait: how long until they begin to get something, and until the end."""

from __future__ import annotations

from collections.abc import Mapping

from studio.engine.correction import Correction
from studio.engine.estimate import Batch, Forecast, forecast, shared, work_s
from studio.engine.job import Job
from studio.engine.lengths import Lengths
from studio.engine.line import Line
from studio.engine.scheduler import BULK_PRICE, Scheduler

_UNKNOWN_S = 5.0
"""After how long it is worth trying again when nothing is known."""
_LONG, _RUSH_S = 24, 0.05
"""A queue so long is not worked out anew for each of those who come within so many seconds."""


class Forecasts:
    """Puts together what the scheduler knows of the queues and what was learnt of the cards."""

    def __init__(self, scheduler: Scheduler, jobs: Mapping[int, Job]) -> None:
        self.lengths = Lengths()
        self._scheduler = scheduler
        self._jobs = jobs
        self._load_s: dict[str, float] = {}
        self._latest: dict[str, tuple[float, Mapping[int, Forecast]]] = {}
        self._first, self._done = Correction(), Correction()

    def loaded(self, card: str, seconds: float) -> None:
        """The card was put on the device in so long."""
        self._load_s[card] = seconds

    def of(self, card: str, now: float) -> Mapping[int, Forecast]:
        """Of every request that waits for the card, in seconds from now, before any correction;
        {} while too little is known of it."""
        line = next((each for each in self._scheduler.lines() if each.card == card), None)
        if line is None or not self._known(line):
            return {}
        keys = list(line.queue.order())
        batch = self._batch(line, keys)
        others = self._others(line)
        start_s, step_s = self._start_s(line, now), _step_s(batch)

        def told(own_s: float) -> float:
            return start_s + shared(own_s, others, step_s)

        return {
            key: Forecast(told(each.first_s), told(each.done_s))
            for key, each in zip(keys, forecast(batch), strict=True)
        }

    def newest(self, card: str, key: int, now: float) -> tuple[Forecast | None, bool]:
        """Of one that has just joined the queue, and whether it was worked out for it: in a rush
        on a long queue all are told the same for a moment."""
        at, before = self._latest.get(card, (-_RUSH_S, {}))
        if len(before) > _LONG and 0 <= now - at < _RUSH_S:
            return max(before.values(), key=lambda each: each.done_s), False
        known = self.of(card, now)
        self._latest[card] = (now, known)
        return known.get(key), True

    def corrected(self, card: str, forecast: Forecast) -> Forecast:
        """As it should be told, with what such forecasts were wrong by."""
        return Forecast(
            self._first.corrected(card, forecast.first_s),
            self._done.corrected(card, forecast.done_s),
        )

    def completed(self, job: Job, now: float) -> None:
        """Learn from a request that has ended by itself."""
        request, foretold = job.ticket.request, job.foretold
        self.lengths.observe(request, job.steps, job.lead)
        if foretold is not None and job.first_at is not None:
            self._first.observe(request.card, foretold.first_s, job.first_at - job.submitted_at)
            self._done.observe(request.card, foretold.done_s, now - job.submitted_at)

    def room_s(self, card: str, now: float, user: str = "") -> float:
        """Seconds until an eighth of those who wait for the card (of one user's) has left."""
        waiting = sorted(
            each.first_s
            for key, each in self.of(card, now).items()
            if not user or self._jobs[key].ticket.request.user == user
        )
        return waiting[len(waiting) // 8] if waiting else _UNKNOWN_S

    def _known(self, line: Line) -> bool:
        if line.shape is not None and line.shape.outside:
            return False
        loads = line.shape is not None or line.card in self._load_s
        return loads and self._scheduler.times.known(line.card)

    def _batch(self, line: Line, keys: list[int]) -> Batch:
        running = [self._jobs[key] for key in line.seats if key in self._jobs]
        expected = self.lengths.expected
        return Batch(
            running=[self.lengths.remaining(job.ticket.request, job.steps) for job in running],
            waiting=[expected(self._jobs[key].ticket.request) for key in keys],
            slots=line.capacity or max(len(keys), 1),
            prices=self._scheduler.times.prices(line.card),
            lead_steps=self.lengths.lead(line.card),
        )

    def _others(self, line: Line) -> list[tuple[float, float]]:
        """The other cards at work, and how much of a second of this one's each has."""
        lines = [each for each in self._scheduler.lines() if each.seats or each.queue]
        busy = [
            each
            for each in lines
            if each is not line
            and each.shape is not None
            and not each.shape.outside
            and self._scheduler.times.known(each.card)
        ]
        cards = 1 + sum(each.lane == line.lane for each in busy)
        lanes = {each.lane: sum(other.lane == each.lane for other in busy) for each in busy}
        return [(self._work_s(each), self._share(line, each, cards, lanes)) for each in busy]

    def _work_s(self, line: Line) -> float:
        return work_s(self._batch(line, list(line.queue.order())))

    def _share(self, line: Line, other: Line, cards: int, lanes: Mapping[str, int]) -> float:
        share = 1.0 if other.lane == line.lane else cards / lanes[other.lane]
        if other.only_bulk == line.only_bulk:
            return share
        return share / BULK_PRICE if other.only_bulk else share * BULK_PRICE

    def _start_s(self, line: Line, now: float) -> float:
        """Before the next step: what is under way, what loads, what lingers."""
        rest_s = self._rest_s(now)
        if line.shape is None:
            return rest_s if self._is_loading(line.card) else rest_s + self._load_s[line.card]
        return max(rest_s, 0.0 if line.seats else line.shape.linger_s)

    def _is_loading(self, card: str) -> bool:
        turn = self._scheduler.under_way
        return turn is not None and turn.load and turn.card == card

    def _rest_s(self, now: float) -> float:
        """Seconds that the turn under way still takes."""
        turn = self._scheduler.under_way
        if turn is None:
            return 0.0
        whole_s = 0.0
        if turn.load:
            whole_s = self._load_s.get(turn.card, 0.0)
        elif self._scheduler.times.known(turn.card):
            rows = self._scheduler.used(turn.card)
            whole_s = self._scheduler.times.seconds(turn.card, rows, turn.joining)
        return max(0.0, whole_s - (now - turn.since))


def _step_s(batch: Batch) -> float:
    turn_s, row_s, new_s = batch.prices
    rows = min(batch.slots, len(batch.running) + len(batch.waiting))
    return turn_s + row_s * rows + new_s
