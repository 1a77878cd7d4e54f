"""Who is next among those who wait for one card."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from studio.engine.fair_round import FairRound

BULK_EVERY = 8
"""While both kinds wait, one request of so many that are admitted is a bulk one: so bulk waits for
what a person waits for at the screen, but never for ever."""


def _anybody(_: str) -> bool:
    return True


class FairQueue:
    """What a person waits for goes before bulk; within both, users take turns by weight.

    Keys are numbers that grow with every request, so a smaller key is an older request.
    """

    def __init__(self) -> None:
        self._interactive, self._bulk = FairRound(), FairRound()
        self._since_bulk = 0
        """Interactive requests taken while a bulk one waited."""

    def __len__(self) -> int:
        return len(self._interactive) + len(self._bulk)

    @property
    def bulk(self) -> int:
        """How many of those who wait are bulk."""
        return len(self._bulk)

    def users(self) -> frozenset[str]:
        """Everybody who waits."""
        return frozenset((*self._interactive.users(), *self._bulk.users()))

    def push(self, user: str, key: int, *, bulk: bool = False, weight: float = 1.0) -> None:
        """Queue a request behind the user's others of its kind."""
        (self._bulk if bulk else self._interactive).push(user, key, weight)

    def pop(
        self, newest: int | None = None, below_share: Callable[[str], bool] = _anybody
    ) -> int | None:
        """Take the next request, no newer than `newest` when given; None when there is none.

        Within a kind, users below their share come first; nobody waits for a share that nobody
        else wants.
        """
        kinds = (self._bulk, self._interactive) if self._is_bulks_turn() else self._usual()
        for kind in kinds:
            for may in (below_share, _anybody):
                if (key := kind.pop(newest, may)) is not None:
                    self._note(kind)
                    return key
        return None

    def _usual(self) -> tuple[FairRound, FairRound]:
        return self._interactive, self._bulk

    def _is_bulks_turn(self) -> bool:
        return self._since_bulk >= BULK_EVERY - 1

    def _note(self, kind: FairRound) -> None:
        waited = kind is self._interactive and len(self._bulk) > 0
        self._since_bulk = self._since_bulk + 1 if waited else 0

    def remove(self, key: int) -> None:
        """Take out one request, wherever it is. Raises KeyError if it is not there."""
        (self._bulk if key in self._bulk else self._interactive).remove(key)

    def oldest(self) -> int | None:
        """The request that has waited longest."""
        both = (self._interactive.oldest(), self._bulk.oldest())
        return min((key for key in both if key is not None), default=None)

    def order(self) -> Iterator[int]:
        """All requests in the order in which `pop` gives them while nobody is over a share."""
        interactive, bulk = self._interactive.order(), self._bulk.order()
        first, since = next(bulk, None), self._since_bulk
        for key in interactive:
            if first is not None and since >= BULK_EVERY - 1:
                yield first
                first, since = next(bulk, None), 0
            yield key
            since += first is not None
        if first is not None:
            yield first
            yield from bulk
