"""How many may wait, all cards together."""

from __future__ import annotations

from collections import Counter

from studio.errors import Busy


class QueueBounds:
    """Counts those who wait, by user."""

    def __init__(self, most: int, most_per_user: int) -> None:
        """`most_per_user` 0 leaves only the queue's own bound."""
        self._most = most
        self._most_per_user = most_per_user
        self._waiting: Counter[str] = Counter()
        self.waiting = 0
        """How many wait."""

    def refuse_if_full(self, user: str) -> None:
        """Raise Busy when the queue is full, or full of this user's requests ("busy_user")."""
        if self.waiting >= self._most:
            raise Busy(self.waiting)
        own = self._waiting[user]
        if 0 < self._most_per_user <= own:
            raise Busy(own, code="busy_user")

    def count(self, user: str, number: int) -> None:
        """So many of the user's came (or went, below 0)."""
        self.waiting += number
        self._waiting[user] += number
        if not self._waiting[user]:
            del self._waiting[user]
