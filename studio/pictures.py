"""What is done with pictures around a run: who paints them, what they are painted over, what was
painted lately, and the filter that looks at what foreign pipelines paint."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Lock

from studio.catalog import Card, Catalog
from studio.crafts.craft import Craft, Inputs, Order, Output, Roster
from studio.crafts.image_painters import (
    chosen_painter,
    composition_request,
    painter_request,
    repaints,
    with_painters,
    works_from_words,
)
from studio.engine.painted import Painted
from studio.engine.ticket import Ticket
from studio.errors import InvalidInput, NotReady
from studio.recipes import START_CARD, version_of
from studio.requests import Completion, Picture, Request
from studio.safety.picture_filter import PictureFilter
from studio.works import Arm

FOREIGN = "diffusion"
"""The family of painters that the studio did not train: their pictures go through the filter."""
Submit = Callable[[Request], Ticket]


class Pictures:
    """Of one studio. Only the verbs that say so wait for a model."""

    def __init__(
        self,
        catalog: Catalog,
        usable: Callable[[Card], bool],
        open_filter: Callable[[], PictureFilter | None],
        *,
        painter: str = "",
    ) -> None:
        """`painter`: the card of STUDIO_PAINTER; "" leaves pictures to the own generator.
        `open_filter` is called once, when a foreign painter is first asked; it raises NotReady."""
        self._catalog = catalog
        self._usable = usable
        self._open_filter = open_filter
        self._painter = painter
        self._painted = Painted()
        self._filter: PictureFilter | None = None
        self._filter_opened = False
        self._lock = Lock()

    def craft(self, craft: Craft) -> Craft:
        """The craft with the painters' fields on its page, once there is a foreign painter."""
        painters = [card for card in self._catalog if _paints(card)]
        foreign = [card for card in painters if card.family == FOREIGN]
        if not self._painter and not any(self._usable(card) for card in foreign):
            return craft
        painters.sort(key=lambda card: not self._usable(card))
        return with_painters(craft, [card.name for card in painters])

    def arm(self, inputs: Inputs, arm: Arm) -> Arm:
        """The arm with the card that shall paint; "" leaves it to the roster.

        Verbs that need layouts stay with the own generator. Raises NotReady for a card that does
        not exist, or when nobody can paint over a picture; InvalidInput for one that paints not.
        """
        if "painter" not in inputs:
            return arm
        named = arm.card or chosen_painter(inputs) or self._painter
        if named and not _paints(self._catalog.card(named)):
            raise _no_painter(named)
        foreign = bool(named) and self._is_foreign(named)
        if foreign and not works_from_words(inputs):
            if arm.card:
                raise _only_from_words(named)
            named = ""
        elif repaints(inputs) and not foreign:
            named = self._any_foreign()
        return replace(arm, card=named)

    def asked(self, order: Order) -> Order:
        """The order as its painter understands it. Raises NotReady without the filter that a
        foreign painter needs."""
        cards = {each.card for each in order.requests}
        if "painter" not in order.inputs or not any(map(self._is_foreign, cards)):
            return order
        self._ready_filter()
        requests = tuple(painter_request(each, order.inputs) for each in order.requests)
        (card,) = cards
        return replace(order, requests=requests, inputs={**order.inputs, "painter": card})

    async def started(self, order: Order, roster: Roster, submit: Submit) -> Order:
        """The order with the composition that its pictures are painted over, made again where it
        is not remembered. Raises what a generation does."""
        if "painter" not in order.inputs or not repaints(order.inputs):
            return order
        card, adapter = roster.choose("picture", order.lang)
        request = composition_request(order.inputs, card, adapter)
        made = await self.ticket(request, submit).completion()
        self._remember(request, made)
        start = {"start": made.picture, START_CARD: card}
        requests = (replace(each, condition={**each.condition, **start}) for each in order.requests)
        return replace(order, requests=tuple(requests))

    def ticket(self, request: Request, submit: Submit) -> Ticket:
        """A composition that was painted lately needs no model for another finish."""
        if not request.condition:
            return submit(request)
        found = self._painted.ticket(_named(request), version_of(self._catalog, request.card))
        return found or submit(request)

    def judged(
        self, order: Order, completions: Sequence[Completion], outputs: Sequence[Output]
    ) -> tuple[Output, ...]:
        """What foreign painters made, with the filter's verdict, blurred where it must be; the
        others as they are. What was not blurred is remembered."""
        if not any(each.condition for each in order.requests):
            return tuple(outputs)
        judged, blurred = list(outputs), set()
        for place, request in enumerate(order.requests):
            if self._is_foreign(request.card):
                judged[place] = self._judged(request, outputs[place])
                blurred |= {place} if _is_blurred(judged[place]) else set()
        for place, (request, made) in enumerate(zip(order.requests, completions, strict=True)):
            if place not in blurred:
                self._remember(request, made)
        return tuple(judged)

    def veil(self, order: Order) -> Veil:
        """For the previews of one run."""
        foreign = any(self._is_foreign(each.card) for each in order.requests)
        return Veil(self._ready_filter() if foreign else None)

    def check_upload(self, picture: Picture) -> None:
        """Raises Refused(rule) for a picture that the studio must not work on; NotReady without
        the filter."""
        judge = self._ready_filter()
        if judge is not None:
            judge.check_upload(picture)

    def _judged(self, request: Request, output: Output) -> Output:
        told = {**output.data, "painter": request.card, "prompt": request.prompt}
        judge, named = self._ready_filter(), replace(output, data=told)
        return judge.judged(named) if judge else named

    def _remember(self, request: Request, made: Completion) -> None:
        if request.condition:
            self._painted.keep(_named(request), made, version_of(self._catalog, request.card))

    def _ready_filter(self) -> PictureFilter | None:
        with self._lock:
            if not self._filter_opened:
                self._filter, self._filter_opened = self._open_filter(), True
            return self._filter

    def _is_foreign(self, card: str) -> bool:
        return self._catalog.card(card).family == FOREIGN

    def _any_foreign(self) -> str:
        for card in self._catalog:
            if _paints(card) and card.family == FOREIGN and self._usable(card):
                return card.name
        raise NotReady(
            "picture",
            "No painter is installed that could paint over a picture.",
            "Fetch one where a hub is reachable, for example: studio models fetch hub/sd-turbo",
            code="no_painter",
        )


class Veil:
    """Hides previews that meet the filter's rule; each is looked at once."""

    def __init__(self, judge: PictureFilter | None) -> None:
        self._judge = judge
        self._seen: dict[int, tuple[Picture, Picture]] = {}

    async def over(self, pictures: Sequence[Picture]) -> tuple[Picture, ...]:
        """The pictures as they may be shown."""
        if self._judge is None:
            return tuple(pictures)
        new = [each for each in pictures if id(each) not in self._seen]
        shown = await asyncio.to_thread(self._judge.veiled, new) if new else ()
        known = self._seen | {id(a): (a, b) for a, b in zip(new, shown, strict=True)}
        # The picture itself is kept beside its id: an id is only unique while its object lives.
        self._seen = {id(each): known[id(each)] for each in pictures}
        return tuple(self._seen[id(each)][1] for each in pictures)


def _paints(card: Card) -> bool:
    return "picture" in card.roles and card.kind != "lora"


def _is_blurred(output: Output) -> bool:
    verdict = output.data.get("filter")
    return isinstance(verdict, dict) and bool(verdict["blurred"])


def _named(request: Request) -> Request:
    """The request with its start picture's hash for the picture: what it is remembered by."""
    start = request.condition.get("start")
    if not isinstance(start, Picture):
        return request
    digest = hashlib.sha256(start.rgb).hexdigest()
    return replace(request, condition={**request.condition, "start": digest})


def _no_painter(card: str) -> InvalidInput:
    return InvalidInput("painter", f"{card} paints no pictures.", code="not_a_painter", card=card)


def _only_from_words(card: str) -> InvalidInput:
    return InvalidInput(
        "painter",
        f"{card} paints from words, or over a picture; it can not do this.",
        "Leave the painter to the studio for this.",
        code="only_from_words",
        card=card,
    )
