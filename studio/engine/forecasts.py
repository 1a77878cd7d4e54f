"""What is told to those who wait: how long until they begin to get something, and until the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from studio.engine.asked_before import AskedBefore
from studio.engine.correction import Correction
from studio.engine.estimate import Batch, Forecast, forecast, shared, work_s
from studio.engine.job import Job
from studio.engine.lengths import Lengths
from studio.engine.scene import Scene, Scenery
from studio.engine.turn_taking import BULK_PRICE

_UNKNOWN_S = 5.0
"""After how long it is worth trying again when nothing is known."""
_LONG, _RUSH_S = 24, 0.05
"""A queue so long is not worked out anew for each of those who come within so many seconds."""


class Forecasts:
    """Puts together what the queues are and what was learnt of the cards. Forecasts need no lock;
    who learns holds the engine's."""

    def __init__(self) -> None:
        self.lengths = Lengths()
        self.asked = AskedBefore()
        self._load_s: dict[str, float] = {}
        self._latest: dict[str, tuple[float, Mapping[int, Forecast]]] = {}
        self._first, self._done = Correction(), Correction()

    def loaded(self, card: str, seconds: float) -> None:
        """The card was put on the device in so long."""
        self._load_s[card] = seconds

    def of(self, card: str, scene: Scene) -> Mapping[int, Forecast]:
        """Of every request of the card, in seconds from then, before any correction; {} while too
        little is known of it."""
        own = scene.cards.get(card)
        if own is None or (batch := self._batch(own)) is None:
            return {}
        if own.shape is None and card not in self._load_s:
            return {}
        turn = scene.under_way
        if turn is not None and turn.card == card and not turn.load:
            batch = replace(batch, since_s=scene.now - turn.since)
        others = self._others(own, scene)
        start_s, step_s = self._start_s(own, scene), _step_s(batch)

        def told(own_s: float) -> float:
            return start_s + shared(own_s, others, step_s)

        return {
            job.key: Forecast(told(each.first_s), told(each.done_s))
            for job, each in zip((*own.running, *own.waiting), forecast(batch), strict=True)
        }

    def is_rush(self, card: str, now: float) -> bool:
        """Whether so many wait for the card, and were told just now, that who comes is told what
        the last of them was."""
        at, before = self._latest.get(card, (-_RUSH_S, {}))
        return len(before) > _LONG and 0 <= now - at < _RUSH_S

    def newest(self, cards: Iterable[str], scene: Scene) -> Mapping[str, Mapping[int, Forecast]]:
        """Of everybody who waits for these cards, as some have just come."""
        found = {card: self.of(card, scene) for card in cards}
        self._latest.update({card: (scene.now, known) for card, known in found.items()})
        return found

    def rushed(self, card: str) -> Forecast | None:
        """What the last of the queue was told when it was worked out; None: nothing."""
        _, before = self._latest.get(card, (0.0, {}))
        return max(before.values(), key=lambda each: each.done_s, default=None)

    def corrected(self, card: str, forecast: Forecast) -> Forecast:
        """As it should be told, with what such forecasts were wrong by."""
        return Forecast(
            self._first.corrected(card, forecast.first_s),
            self._done.corrected(card, forecast.done_s),
        )

    def completed(self, job: Job, now: float) -> None:
        """Learn from a request that has ended by itself."""
        card, foretold = job.ticket.request.card, job.foretold
        self.lengths.observe(job)
        if foretold is not None and job.first_at is not None:
            self._first.observe(card, foretold.first_s, job.first_at - job.submitted_at)
            self._done.observe(card, foretold.done_s, now - job.submitted_at)

    def room_s(self, card: str, scene: Scene, user: str = "") -> float:
        """Seconds until an eighth of those who wait for the card (of one user's) has left."""
        own = scene.cards.get(card)
        theirs = {job.key: job.ticket.request.user for job in own.waiting} if own else {}
        waiting = sorted(
            each.first_s
            for key, each in self.of(card, scene).items()
            if key in theirs and (not user or theirs[key] == user)
        )
        return waiting[len(waiting) // 8] if waiting else _UNKNOWN_S

    def _batch(self, own: Scenery) -> Batch | None:
        """None while its prices are not known, or where it does not work here."""
        if own.prices is None or (own.shape is not None and own.shape.outside):
            return None
        need = self.lengths.need
        batch = Batch(
            running=[need(job) for job in own.running],
            waiting=[need(job) for job in own.waiting],
            slots=own.slots or max(len(own.waiting), 1),
            prices=own.prices,
            shares=own.shares,
        )
        return batch if own.shape is None else replace(batch, pieces=own.shape.pieces)

    def _others(self, own: Scenery, scene: Scene) -> list[tuple[float, float]]:
        """The other cards at work, and how much of a second of this one's each has."""
        at_work = [each for each in scene.cards.values() if each.busy and each.shape is not None]
        batches = [(each, self._batch(each)) for each in at_work if each is not own]
        busy = [(each, batch) for each, batch in batches if batch is not None]
        lanes = Counter(each.lane for each, _ in busy)
        cards = 1 + lanes[own.lane]
        return [(work_s(batch), _share(own, each, cards, lanes)) for each, batch in busy]

    def _start_s(self, own: Scenery, scene: Scene) -> float:
        """Before the step that is under way, or the next: what others do, what loads or lingers."""
        turn = scene.under_way
        if turn is not None and turn.card == own.card and not turn.load:
            return 0.0
        rest_s = self._rest_s(scene)
        if own.shape is None:
            loading = turn is not None and turn.load and turn.card == own.card
            return rest_s if loading else rest_s + self._load_s[own.card]
        return max(rest_s, 0.0 if own.running else own.shape.linger_s)

    def _rest_s(self, scene: Scene) -> float:
        """Seconds that the turn under way still takes."""
        turn = scene.under_way
        if turn is None:
            return 0.0
        whole_s = 0.0
        at = scene.cards.get(turn.card)
        if turn.load:
            whole_s = self._load_s.get(turn.card, 0.0)
        elif at is not None and (batch := self._batch(at)) is not None:
            whole_s = _turn_s(batch)
        return max(0.0, whole_s - (scene.now - turn.since))


def _share(own: Scenery, other: Scenery, cards: int, lanes: Mapping[str, int]) -> float:
    share = 1.0 if other.lane == own.lane else cards / lanes[other.lane]
    if other.only_bulk == own.only_bulk:
        return share
    return share / BULK_PRICE if other.only_bulk else share * BULK_PRICE


def _turn_s(batch: Batch) -> float:
    """Of the turn that the rows which run are in."""
    writing = sum(each.work for each in batch.running if not each.tokens)
    held = sum(each.held and not each.tokens for each in batch.running)
    unread = sum(each.tokens for each in batch.running)
    tokens = min(unread, batch.pieces[0 if writing else 1])
    return batch.prices.seconds(writing, tokens, held)


def _step_s(batch: Batch) -> float:
    needs = batch.needs[: batch.slots]
    return batch.prices.seconds(sum(each.work for each in needs))
