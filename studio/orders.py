"""From a filled form to what is asked of the models."""

from __future__ import annotations

from studio.availability import Availability
from studio.catalog import Catalog
from studio.composers import Composers
from studio.crafts.craft import Craft, Inputs, Order
from studio.crafts.guesses import GUESSES
from studio.families.plan_reader import PlanReader
from studio.families.remote_errors import constraint_remote
from studio.pictures import Pictures
from studio.works import Arm


class Orders:
    """Reads descriptions, chooses the cards, and lets the craft order."""

    def __init__(
        self,
        catalog: Catalog,
        available: Availability,
        pictures: Pictures,
        plans: PlanReader | None,
        composers: Composers,
    ) -> None:
        """`plans` guesses for crafts that read a description; None leaves that out."""
        self._catalog = catalog
        self._available = available
        self._pictures = pictures
        self._plans = plans
        self._composers = composers

    def order(self, craft: Craft, filled: Inputs, arm: Arm) -> Order:
        """What this form asks for with this arm. Raises InvalidInput, NotReady, Refused."""
        arm = self._pictures.arm(filled, arm)
        filled, arm = self._composers.resolved(filled, arm)
        order = self._held(craft, self._with_guesses(craft, filled), arm)
        return self._pictures.asked(order)

    def _with_guesses(self, craft: Craft, filled: Inputs) -> Inputs:
        """The form and, beside it, what the craft's reader card guesses of its text."""
        if self._plans is None or craft.reading is None:
            return filled
        text = craft.reading.text(filled)
        guesses = self._plans.read(craft.reading.card, text, craft.reading.concepts(text))
        return filled if guesses is None else {**filled, GUESSES: guesses}

    def _held(self, craft: Craft, filled: Inputs, arm: Arm) -> Order:
        """The order. A form that nothing but a constraint keeps is not left to an endpoint: what
        STUDIO_WRITER prefers gives way to a card of this machine, what the person chose does not.
        """
        name = craft.writes_as or craft.name
        order = craft.order(filled, self._available.roster(name, arm))
        remote = self._unheld(order)
        if remote and not arm.card:
            order = craft.order(filled, self._available.roster(name, arm, on_device=True))
            remote = self._unheld(order)
        if remote:
            raise constraint_remote(remote)
        return order

    def _unheld(self, order: Order) -> str:
        """The endpoint's card that was asked for a form it can not hold; "" when there is none."""
        formed = (each for each in order.requests if each.constraint is not None and each.must_hold)
        return next(
            (each.card for each in formed if self._catalog.card(each.card).kind == "remote"), ""
        )
