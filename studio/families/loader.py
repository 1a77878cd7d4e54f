"""From a card's name to a loaded family."""

from __future__ import annotations

from dataclasses import replace

from studio.catalog import Card, Catalog
from studio.engine.family import Family
from studio.families import FamilyClass, family_class
from studio.families.device import device_budget_bytes, pick_device
from studio.settings import Settings
from studio.sources import installed, located
from studio.terms import AcceptedTerms, not_accepted

__all__ = ["CardLoader", "device_budget_bytes", "pick_device"]


class CardLoader:
    """Loads the cards of a catalog on one device; with `settings.fake` the fake plays them all."""

    def __init__(self, catalog: Catalog, settings: Settings, *, device: str) -> None:
        self._catalog = catalog
        self._settings = settings
        self._device = device

    def footprint(self, card: str) -> int:
        """Bytes the card will need. Raises NotReady for unknown cards."""
        known = self._here(self._catalog.card(card))
        dtype = self._settings.dtype
        return self._family(known).estimate(known, self._catalog, self._device, dtype)

    def load(self, card: str) -> Family:
        """Load the card.

        Raises NotReady when its weights are missing or damaged, or when its terms of use are not
        accepted here; OutOfMemory.
        """
        known = self._catalog.card(card)
        family, catalog = self._family(known), self._catalog
        if not self._settings.fake:
            self._check_terms(known)
            known = located(known, self._settings.cache_dir)
            catalog = self._located().with_card(known)
        return family.open(known, catalog, self._device, self._settings.dtype)

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
