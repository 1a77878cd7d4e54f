"""The facade that the page, the command line, the API and Ray call; the composition root."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace

from studio.archive import Archive, Finished
from studio.catalog import Card, Catalog
from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Inputs, Order
from studio.crafts.form import fill
from studio.duels import DuelBrief, Duels
from studio.engine.manager import Manager
from studio.errors import InvalidInput, NotReady
from studio.families.loader import CardLoader, device_budget_bytes, pick_device
from studio.gathering import Gathering
from studio.history.store import Store
from studio.recipes import recipe_of_order
from studio.render.recipe import recipe_of
from studio.roster import CatalogRoster, with_writer
from studio.safety.filter import Filter
from studio.settings import Settings
from studio.sources import installed
from studio.works import Arm, DuelProgress, Progress, Reveal, Standings, Status, Work

AS_ASKED = Arm(label="as asked")
MAX_SEED = 2**31 - 1


class Studio:
    """Generate, duel, vote, history, status. Safe to use from one event loop."""

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        manager: Manager,
        archive: Archive,
        *,
        crafts: Mapping[str, Craft] = CRAFTS,
    ) -> None:
        self.settings = settings
        self.catalog, self._writer = with_writer(catalog, settings.writer)
        self.crafts = crafts
        self._manager = manager
        self._archive = archive
        self._duels = Duels(archive)
        self._filter = Filter()
        self._draw = random.SystemRandom()
        self._keeping: set[asyncio.Task[Work]] = set()

    @classmethod
    def open(cls, settings: Settings, crafts: Mapping[str, Craft] = CRAFTS) -> Studio:
        """The studio of these settings, with its database and its device thread."""
        catalog = Catalog.read(settings.models_dir)
        full, _ = with_writer(catalog, settings.writer)
        device = pick_device(settings.device)
        loader = CardLoader(full, settings, device=device)
        budget = settings.budget_mb * 10**6 or device_budget_bytes(device)
        manager = Manager(loader, budget_bytes=budget, max_queue=settings.max_queue, device=device)
        archive = Archive(Store(settings.database), settings.works_dir)
        return cls(settings, full, manager, archive, crafts=crafts)

    def close(self) -> None:
        """Stop the device thread; every open ticket ends."""
        self._manager.close()

    async def generate(
        self, craft: str, inputs: Mapping[str, object], *, user: str, arm: Arm = AS_ASKED
    ) -> AsyncGenerator[Progress, None]:
        """One work, as it comes. Close the iterator to stop: what there is of a text is kept.

        Raises InvalidInput, NotReady, Busy, Refused, ModelFailed, DeadlineExceeded.
        """
        declared = self._declared(craft)
        order = await asyncio.to_thread(self._order, declared, inputs, arm)
        gathering = self._submit(order, user)
        try:
            async with aclosing(gathering.changes()) as changes:
                async for _ in changes:
                    yield _progress(declared, order, gathering)
        except (GeneratorExit, asyncio.CancelledError):
            self._keep_what_there_is(declared, order, gathering, user)
            raise
        yield replace(_progress(declared, order, gathering), stage="finishing", fraction=1.0)
        work = await asyncio.to_thread(self._finish, declared, order, gathering, user)
        yield Progress(
            "done", preview=_preview(declared, order, gathering), fraction=1.0, work=work
        )

    async def duel(
        self, craft: str, inputs: Mapping[str, object], arms: Sequence[Arm], *, user: str
    ) -> AsyncGenerator[DuelProgress, None]:
        """Two to four works of one brief, sides random and stored. See `generate` for errors."""
        if not 2 <= len(arms) <= 4:
            raise InvalidInput("arms", "A duel needs two to four arms.", code="arms")
        seeded = {"seed": self._new_seed(), **_without_zero_seed(inputs)}

        def run(arm: Arm) -> AsyncGenerator[Progress, None]:
            return self.generate(craft, seeded, user=user, arm=arm)

        brief = DuelBrief(craft, seeded, arms)
        async with aclosing(self._duels.run(brief, run, user)) as progress:
            async for each in progress:
                yield each

    async def vote(self, duel_id: str, choice: str, *, user: str) -> Reveal:
        """The person's one vote; tells who was who. Raises InvalidInput for a second vote."""
        return await asyncio.to_thread(self._duels.vote, duel_id, choice, user)

    async def standings(self, craft: str) -> Standings:
        """Bradley-Terry standings of a craft's arms, from everybody's votes."""
        return await asyncio.to_thread(self._duels.standings, craft)

    async def search(
        self,
        *,
        user: str,
        query: str = "",
        craft: str | None = None,
        starred: bool = False,
        limit: int = 50,
        offset: int = 0,
    ) -> Sequence[Work]:
        """The person's own works, newest first."""
        return await asyncio.to_thread(
            self._archive.search, user, query, craft, starred, limit, offset
        )

    async def work(self, work_id: str, *, user: str) -> Work:
        """One of the person's works. Raises InvalidInput when there is none of that id."""
        return await asyncio.to_thread(self._archive.work, work_id, user)

    async def star(self, work_id: str, starred: bool, *, user: str) -> None:
        """Keep a work among the starred, or not."""
        await asyncio.to_thread(self._archive.star, work_id, starred, user)

    async def recipe_of(self, name: str, content: bytes) -> Mapping[str, object] | None:
        """The recipe inside a file that the studio exported; None when there is none."""
        return await asyncio.to_thread(recipe_of, name, content)

    def status(self) -> Status:
        """What is loaded, waiting and missing."""
        engine = self._manager.status()
        missing = tuple(card.name for card in self.catalog if not self._is_here(card))
        return Status(
            ready=bool(engine.resident) or self.settings.fake,
            device=engine.device,
            waiting=engine.waiting,
            running=engine.running,
            resident=engine.resident,
            budget_bytes=engine.budget_bytes,
            missing=missing,
        )

    def metrics(self) -> str:
        """Prometheus text."""
        return self._manager.prometheus()

    def preload(self) -> None:
        """Start loading what is installed, so that the first person waits less."""
        for role, lang in (("writer", "en"), ("verse", "zh"), ("melody", ""), ("picture", "")):
            try:
                name, _ = self._roster(role, AS_ASKED).choose(role, lang)
            except NotReady:
                continue
            self._manager.preload(name)

    def _declared(self, craft: str) -> Craft:
        if craft not in self.crafts:
            known = ", ".join(self.crafts)
            raise InvalidInput(
                "craft", f"There is no craft {craft}.", f"Crafts: {known}.", code="no_craft"
            )
        return self.crafts[craft]

    def _order(self, craft: Craft, inputs: Mapping[str, object], arm: Arm) -> Order:
        filled = fill(craft, {**inputs, **arm.settings}, self._new_seed)
        self._filter.check_input(_typed(craft, filled))
        order = craft.order(filled, self._roster(craft.name, arm))
        for card in {each.card for each in order.requests}:
            self._manager.check(card)
        return order

    def _roster(self, craft: str, arm: Arm) -> CatalogRoster:
        card = arm.card or self._writer
        return CatalogRoster(self.catalog, craft, self._is_here, card=card, adapter=arm.adapter)

    def _is_here(self, card: Card) -> bool:
        if self.settings.fake:
            # The fake plays what a machine without a model hub has.
            return not card.sources or any(each.kind != "hub" for each in card.sources)
        return installed(card, self.settings.cache_dir) is not None

    def _submit(self, order: Order, user: str) -> Gathering:
        asked = [
            replace(each, user=user, deadline_s=self.settings.deadline_s) for each in order.requests
        ]
        tickets = []
        try:
            for each in asked:
                tickets.append(self._manager.submit(each))
        except Exception:
            for ticket in tickets:
                ticket.cancel()
            raise
        return Gathering(tickets, asked)

    def _finish(self, craft: Craft, order: Order, gathering: Gathering, user: str) -> Work:
        outputs = craft.finish(order, gathering.completions)
        kept = [
            replace(each, checks=each.checks + self._filter.verdicts(each.text)) for each in outputs
        ]
        recipe = recipe_of_order(craft, order, self.catalog)
        usages = [each.usage for each in gathering.completions]
        return self._archive.record(Finished(craft, order, kept, recipe, usages), user)

    def _keep_what_there_is(
        self, craft: Craft, order: Order, gathering: Gathering, user: str
    ) -> None:
        if craft.output == "text" and any(text.strip() for text in gathering.texts):
            keeping = asyncio.to_thread(self._finish, craft, order, gathering, user)
            task = asyncio.get_running_loop().create_task(keeping)
            self._keeping.add(task)
            task.add_done_callback(self._keeping.discard)

    def _new_seed(self) -> int:
        return self._draw.randint(1, MAX_SEED)


def _progress(craft: Craft, order: Order, gathering: Gathering) -> Progress:
    return Progress(
        stage="waiting" if gathering.position is not None else "running",
        position=gathering.position,
        preview=_preview(craft, order, gathering),
        fraction=gathering.fraction,
        pictures=gathering.pictures,
    )


def _preview(craft: Craft, order: Order, gathering: Gathering) -> str:
    if craft.preview is not None:
        return craft.preview(order, gathering.texts)
    return "\n\n".join(text for text in gathering.texts if text)


def _typed(craft: Craft, inputs: Inputs) -> str:
    """Everything the person wrote freely, for the input filter."""
    free = [each.name for each in craft.fields if each.kind in ("paragraph", "text", "lines")]
    values = [inputs[name] for name in free]
    return "\n".join("\n".join(v) if isinstance(v, tuple) else str(v) for v in values)


def _without_zero_seed(inputs: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in inputs.items() if (name, value) != ("seed", 0)}
