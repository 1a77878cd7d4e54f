"""Two to four works of one brief, shown blind: run, kept, voted on, ranked."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass

from studio.archive import Archive
from studio.history.records import DuelArm, DuelRecord
from studio.history.standings import StandingsTable
from studio.merging import merged
from studio.works import Arm, DuelProgress, Progress, Reveal, Standing, Standings, Work


@dataclass(frozen=True, slots=True)
class DuelView:
    """A duel of one person as it stands, everything in the order shown."""

    id: str
    craft: str
    works: tuple[Work, ...]
    labels: tuple[str, ...]
    """What the arms were: not to be shown before the vote."""
    choice: str = ""
    """The person's vote; "" before it."""


Run = Callable[[Arm], AsyncGenerator[Progress, None]]


@dataclass(frozen=True, slots=True)
class DuelBrief:
    """What is compared: one form, filled differently by each arm."""

    craft: str
    inputs: Mapping[str, object]
    arms: Sequence[Arm]


class Duels:
    """Draws the sides before anything is shown, so that even the previews are blind."""

    def __init__(self, archive: Archive, sides: random.Random | None = None) -> None:
        self._archive = archive
        self._sides = sides or random.SystemRandom()

    async def run(
        self, brief: DuelBrief, run: Run, user: str
    ) -> AsyncGenerator[DuelProgress, None]:
        """All arms at once, in the order shown. The last progress has the duel's id."""
        arms = self._sides.sample(list(brief.arms), len(brief.arms))
        latest = [Progress("waiting") for _ in arms]
        async with aclosing(merged([run(arm) for arm in arms])) as batches:
            async for batch in batches:
                for index, progress in batch:
                    latest[index] = progress
                yield _shown(latest)
        works = tuple(each.work for each in latest if each.work is not None)
        duel = await asyncio.to_thread(self._keep, brief, arms, works, user)
        yield DuelProgress("done", _shown(latest).previews, 1.0, duel.id, works)

    def vote(self, duel_id: str, choice: str, user: str) -> Reveal:
        """The person's one vote. Raises InvalidInput for a second one, or an unknown duel."""
        duel = self._archive.store.vote(user, duel_id, choice)
        return Reveal(tuple(arm.label for arm in duel.arms), self.standings(duel.craft))

    def view(self, duel_id: str, user: str) -> DuelView:
        """A duel of the person, with its works. Raises InvalidInput for an unknown one."""
        duel = self._archive.store.duel(user, duel_id)
        works = tuple(self._archive.work(arm.work, user) for arm in duel.arms)
        labels = tuple(arm.label for arm in duel.arms)
        return DuelView(duel.id, duel.craft, works, labels, duel.choice)

    def standings(self, craft: str) -> Standings:
        """Everybody's votes on a craft's arms."""
        return _standings(self._archive.store.standings(craft))

    def _keep(
        self, brief: DuelBrief, arms: Sequence[Arm], works: Sequence[Work], user: str
    ) -> DuelRecord:
        kept = tuple(
            DuelArm(
                label=arm.label,
                work=work.id,
                settings=arm.settings,
                card=arm.card,
                adapter=arm.adapter or "",
            )
            for arm, work in zip(arms, works, strict=True)
        )
        record = DuelRecord(craft=brief.craft, inputs=brief.inputs, arms=kept)
        return self._archive.store.add_duel(user, record)


def _shown(latest: Sequence[Progress]) -> DuelProgress:
    waiting = all(each.stage == "waiting" for each in latest)
    places = [each.position for each in latest if each.position is not None]
    estimates = [each.estimate_s for each in latest if each.estimate_s is not None]
    return DuelProgress(
        stage="waiting" if waiting else "running",
        previews=tuple(each.preview for each in latest),
        fraction=sum(each.fraction for each in latest) / len(latest),
        position=max(places, default=None) if waiting else None,
        estimate_s=max(estimates, default=None) if waiting else None,
    )


def _standings(table: StandingsTable) -> Standings:
    rows = tuple(
        Standing(place.label, place.rating, place.low, place.high, place.votes)
        for place in table.places
    )
    return Standings(rows, table.votes, table.more_votes)
