"""From a card's name to a loaded family."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from safetensors import SafetensorError

from studio.catalog import Card, Catalog
from studio.engine.family import Family
from studio.errors import NotReady
from studio.families import FamilyClass, family_class
from studio.families.device import device_budget_bytes, pick_device
from studio.families.device_memory import device_memory
from studio.settings import Settings
from studio.sources import installed, located
from studio.terms import AcceptedTerms, not_accepted

__all__ = ["CardLoader", "device_budget_bytes", "pick_device"]


class CardLoader:
    """Loads the cards of a catalog on one device; with `settings.fake` the fake plays them all."""

    def __init__(
        self, catalog: Catalog, settings: Settings, *, device: str, budget_bytes: int = 0
    ) -> None:
        """`budget_bytes`: what all cards may take together; a language model gets as many slots
        as half of what it leaves of that has room for. 0 sets no bounds."""
        self._catalog = catalog
        self._budget_bytes = budget_bytes
        self._settings = settings
        self._device = device

    def footprint(self, card: str) -> int:
        """Bytes the card will need. Raises NotReady for unknown cards."""
        return self._estimate(self._within_budget(self._here(self._catalog.card(card))))

    def load(self, card: str) -> Family:
        """Load the card.

        Raises NotReady when its weights are missing or damaged, or when its terms of use are not
        accepted here; DeviceOutOfMemory when the device has no room for it.
        """
        known = self._catalog.card(card)
        family, catalog = self._family(known), self._catalog
        if not self._settings.fake:
            self._check_terms(known)
            known = located(known, self._settings.cache_dir)
            catalog = self._located().with_card(known)
            known = self._within_budget(known)
        try:
            with device_memory():
                return family.open(known, catalog, self._device, self._settings.dtype)
        except SafetensorError as error:
            raise _damaged(known) from error

    def _estimate(self, card: Card) -> int:
        return self._family(card).estimate(card, self._catalog, self._device, self._settings.dtype)

    def _within_budget(self, card: Card) -> Card:
        """The card, told how much the keys and values of its rows may take."""
        if not self._budget_bytes or card.family != "causal_lm":
            return card
        fewest = replace(card, extra=MappingProxyType({**card.extra, "most_cache_bytes": 0}))
        left = max(0, self._budget_bytes - self._estimate(fewest)) // 2
        return replace(card, extra=MappingProxyType({**card.extra, "most_cache_bytes": left}))

    def _check_terms(self, card: Card) -> None:
        terms = self._catalog.terms(card)
        accepted = AcceptedTerms(self._settings.accepted_terms, self._settings.accept)
        if terms is not None and not accepted.cover(terms):
            raise not_accepted(card, terms)

    def _family(self, card: Card) -> FamilyClass:
        return family_class("fake" if self._settings.fake else card.family)

    def _located(self) -> Catalog:
        """The catalog with each installed card's folder where its weights lie."""
        return Catalog([self._here(card) for card in self._catalog])

    def _here(self, card: Card) -> Card:
        return replace(card, folder=installed(card, self._settings.cache_dir) or card.folder)


def _damaged(card: Card) -> NotReady:
    """A file that is no safetensors, in a folder whose hashes nobody has written down."""
    return NotReady(
        card.name,
        f"The weights of {card.name} are damaged.",
        f"Get them again with: studio models fetch {card.name}",
        code="card_corrupt",
        problem="safetensors",
    )
