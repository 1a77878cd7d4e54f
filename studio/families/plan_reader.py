"""Reads descriptions for the crafts: what a reader card guesses of a text's plan.

Like the draft reader no family: it holds nothing on the device and answers in some hundredths of a
second on the CPU, in the thread that makes the order.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

from studio.catalog import Catalog
from studio.crafts.guesses import Guesses
from studio.errors import NotReady
from studio.families.plan_heads import PlanHeads
from studio.families.text_encoder import TextEncoder

_KEPT = 256
"""Texts whose guesses are remembered: people change a form many times and its text seldom."""


class PlanReader:
    """Opens the encoder and the cards at the first reading. Safe from any thread; blocks, so never
    on an event loop."""

    def __init__(self, catalog: Catalog, open_encoder: Callable[[], TextEncoder]) -> None:
        self._catalog = catalog
        self._open = open_encoder
        self._heads: dict[str, PlanHeads | None] = {}
        self._kept: OrderedDict[tuple[str, str], Guesses] = OrderedDict()
        self._one_at_a_time = threading.Lock()

    def read(self, card: str, text: str, concepts: frozenset[str]) -> Guesses | None:
        """The card's guesses; the same text gives the same. None for an empty text, or without
        the card or the encoder: then the craft's own words are all there is."""
        with self._one_at_a_time:
            if not text.strip():
                return None
            if (card, text) not in self._kept:
                made = self._made(card, text, concepts)
                if made is None:
                    return None
                self._kept[card, text] = made
                if len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
            self._kept.move_to_end((card, text))
            return self._kept[card, text]

    def _made(self, card: str, text: str, concepts: frozenset[str]) -> Guesses | None:
        if card not in self._heads:
            self._heads[card] = self._loaded(card)
        heads = self._heads[card]
        if heads is None:
            return None
        try:
            (vector,) = self._open().encode([text])
        except NotReady:
            self._heads[card] = None
            return None
        return heads.guesses(text, vector, concepts)

    def _loaded(self, card: str) -> PlanHeads | None:
        try:
            return PlanHeads.load(self._catalog.card(card).folder)
        except (NotReady, FileNotFoundError):
            return None
