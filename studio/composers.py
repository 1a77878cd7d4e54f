"""Who composes a melody: the studio's own model, which writes notes, or a composer of sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from studio.catalog import Card, Catalog
from studio.crafts.craft import Craft, Inputs
from studio.crafts.melody_composers import (
    OWN,
    chosen_composer,
    composes_from_words,
    with_composers,
)
from studio.errors import InvalidInput
from studio.works import Arm

FOREIGN = "music_gen"
"""The family of composers that give sound and no notes."""


class Composers:
    """Of one studio."""

    def __init__(
        self, catalog: Catalog, usable: Callable[[Card], bool], *, composer: str = ""
    ) -> None:
        """`composer`: the card of STUDIO_COMPOSER; "" leaves melodies to the own model."""
        self._catalog = catalog
        self._usable = usable
        self._composer = composer

    def craft(self, craft: Craft) -> Craft:
        """The craft with the composers' fields on its page, once there is a composer of sound."""
        composers = [card for card in self._catalog if _gives_sound(card)]
        if not self._composer and not any(self._usable(card) for card in composers):
            return craft
        composers.sort(key=lambda card: not self._usable(card))
        return with_composers(craft, [card.name for card in composers])

    def resolved(self, inputs: Inputs, arm: Arm) -> tuple[Inputs, Arm]:
        """The form with the name of who composes in it, and the arm with that card.

        What needs notes stays with the own model. Raises NotReady for a card that does not exist;
        InvalidInput for one that composes nothing, or an arm that can not do what is asked.
        """
        if "composer" not in inputs:
            return inputs, arm
        named = arm.card or chosen_composer(inputs) or self._composer or OWN
        if named == OWN:
            return {**inputs, "composer": OWN}, arm
        card = self._catalog.card(named)
        if "melody" not in card.roles:
            raise _no_composer(named)
        if not _gives_sound(card):
            return {**inputs, "composer": OWN}, replace(arm, card=named)
        if composes_from_words(inputs):
            return {**inputs, "composer": named}, replace(arm, card=named)
        if arm.card:
            raise _only_from_words(named)
        return {**inputs, "composer": OWN}, arm


def _gives_sound(card: Card) -> bool:
    return card.family == FOREIGN


def _no_composer(card: str) -> InvalidInput:
    return InvalidInput(
        "composer", f"{card} composes no melodies.", code="not_a_composer", card=card
    )


def _only_from_words(card: str) -> InvalidInput:
    return InvalidInput(
        "composer",
        f"{card} composes from a description alone; it can not do this.",
        "Leave the composer to the studio for this.",
        code="composer_only_from_words",
        card=card,
    )
