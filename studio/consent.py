"""Terms of use on the command line: shown, asked for once, or accepted beforehand by name."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator, Sequence

from studio.catalog import Card, Catalog, Terms
from studio.settings import Settings
from studio.terms import AcceptedTerms, not_accepted


class Consent:
    """What this person lets the studio fetch. `said`: the names given with `--accept`."""

    def __init__(self, catalog: Catalog, settings: Settings, said: Collection[str]) -> None:
        self._catalog = catalog
        self._accepted = AcceptedTerms(settings.accepted_terms)
        self._said = settings.accept | frozenset(said)

    def among(self, cards: Sequence[Card]) -> Iterator[Card]:
        """The cards that may be used; a sentence on stderr for each that may not."""
        for card in cards:
            terms = self._catalog.terms(card)
            if terms is None or self._covered(terms):
                yield card
            else:
                _tell(
                    f"{card.name} is left out: nobody here has accepted the {terms.title} yet."
                    f" To read and accept them: studio models fetch {card.name}"
                )

    def require(self, cards: Sequence[Card]) -> None:
        """Ask for what is not accepted yet. Raises NotReady when there is no yes."""
        for card in cards:
            terms = self._catalog.terms(card)
            if terms is None or self._covered(terms):
                continue
            if not _asked(card, terms):
                raise not_accepted(card, terms)
            self._accepted.accept(terms)

    def _covered(self, terms: Terms) -> bool:
        if terms.name in self._said and not self._accepted.cover(terms):
            self._accepted.accept(terms)
        return self._accepted.cover(terms)


def _asked(card: Card, terms: Terms) -> bool:
    """Show the terms, and ask where somebody can answer."""
    _tell(f"{card.name} comes under the {terms.title}, version of {terms.version}. In short:")
    _tell("\n".join(terms.summary.values()))
    _tell(f"The terms themselves count: {terms.url}\nProhibited uses: {terms.policy_url}")
    if not sys.stdin.isatty():
        return False
    return input(f"Do you accept the {terms.title}? [yes/no] ").strip().lower() in ("y", "yes")


def _tell(text: str) -> None:
    print(text, file=sys.stderr)
