"""Which cards are on this machine, which may be used, and who serves a role with them."""

from __future__ import annotations

from studio.catalog import Card, Catalog
from studio.roster import CatalogRoster
from studio.settings import Settings
from studio.sources import installed
from studio.terms import AcceptedTerms
from studio.works import Arm


class Availability:
    """Looked at anew each time: cards are fetched and terms accepted while the studio is open."""

    def __init__(
        self, catalog: Catalog, settings: Settings, terms: AcceptedTerms, *, writer: str = ""
    ) -> None:
        """`writer`: the card that STUDIO_WRITER prefers; "" prefers none."""
        self._catalog = catalog
        self._settings = settings
        self._terms = terms
        self._writer = writer

    def is_here(self, card: Card) -> bool:
        """Whether its weights are on this machine."""
        if self._settings.fake:
            # The fake plays what a machine without a model hub has.
            return not card.sources or any(each.kind != "hub" for each in card.sources)
        return installed(card, self._settings.cache_dir) is not None

    def is_accepted(self, card: Card) -> bool:
        """Whether its terms of use are accepted here, where it has any."""
        return self._terms.cover(self._catalog.terms(card))

    def is_usable(self, card: Card) -> bool:
        """Whether it can be loaded as it is."""
        return self.is_here(card) and self.is_accepted(card)

    def is_missing(self, card: Card) -> bool:
        """Whether nothing but fetching it stands in the way."""
        return not self.is_here(card) and self.is_accepted(card)

    def roster(self, craft: str, arm: Arm, *, on_device: bool = False) -> CatalogRoster:
        """Who serves the craft for this arm. `on_device`: no endpoint, and nobody is preferred."""
        return CatalogRoster(
            self._catalog,
            craft,
            self._is_on_device if on_device else self.is_here,
            accepted=self._terms.cover,
            card="" if on_device else arm.card or self._writer,
            adapter=arm.adapter,
        )

    def _is_on_device(self, card: Card) -> bool:
        return card.kind != "remote" and self.is_here(card)
