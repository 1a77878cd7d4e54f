"""From a card's name to a loaded family."""

from __future__ import annotations

from dataclasses import replace

from studio.catalog import Card, Catalog
from studio.engine.family import Family
from studio.families import FamilyClass, family_class
from studio.families.device import device_budget_bytes, pick_device
from studio.settings import Settings
from studio.sources import installed, located

__all__ = ["CardLoader", "device_budget_bytes", "pick_device"]


class CardLoader:
    """Loads the cards of a catalog on one device; with `settings.fake` the fake plays them all."""

    def __init__(self, catalog: Catalog, settings: Settings, *, device: str) -> None:
        self._catalog = catalog
        self._settings = settings
        self._device = device

    def footprint(self, card: str) -> int:
        """Bytes the card will need. Raises NotReady for unknown cards."""
        known = self._catalog.card(card)
        return self._family(known).estimate(known, self._catalog)

    def load(self, card: str) -> Family:
        """Load the card. Raises NotReady when its weights are missing or damaged, OutOfMemory."""
        known = self._catalog.card(card)
        family, catalog = self._family(known), self._catalog
        if not self._settings.fake:
            known = located(known, self._settings.cache_dir)
            catalog = self._located().with_card(known)
        return family.open(known, catalog, self._device, self._settings.dtype)

    def _family(self, card: Card) -> FamilyClass:
        return family_class("fake" if self._settings.fake else card.family)

    def _located(self) -> Catalog:
        """The catalog with each installed card's folder where its weights lie."""
        cache = self._settings.cache_dir
        return Catalog(
            [replace(card, folder=installed(card, cache) or card.folder) for card in self._catalog]
        )
