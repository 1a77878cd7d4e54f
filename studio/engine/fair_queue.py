"""Who is next among those who wait for one card."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterator
from itertools import zip_longest


class FairQueue:
    """Users take turns; one user's own requests stay in order.

    Keys are numbers that grow with every request, so a smaller key is an older request.
    """

    def __init__(self) -> None:
        self._by_user: OrderedDict[str, deque[int]] = OrderedDict()
        """In the order of the next round; a user without requests is not in it."""

    def __len__(self) -> int:
        return sum(len(keys) for keys in self._by_user.values())

    def push(self, user: str, key: int) -> None:
        """Queue a request behind the user's others."""
        self._by_user.setdefault(user, deque()).append(key)

    def pop(self, newest: int | None = None) -> int | None:
        """Take the next request, no newer than `newest` when given; None when there is none.

        Its user goes to the end of the round; users that are passed over keep their place.
        """
        for user, keys in self._by_user.items():
            if newest is None or keys[0] <= newest:
                return self._take(user)
        return None

    def _take(self, user: str) -> int:
        keys = self._by_user[user]
        key = keys.popleft()
        if keys:
            self._by_user.move_to_end(user)
        else:
            del self._by_user[user]
        return key

    def remove(self, user: str, key: int) -> None:
        """Take out one request, wherever it is. Raises KeyError or ValueError if it is not."""
        keys = self._by_user[user]
        keys.remove(key)
        if not keys:
            del self._by_user[user]

    def oldest(self) -> int | None:
        """The request that has waited longest."""
        return min((keys[0] for keys in self._by_user.values()), default=None)

    def order(self) -> Iterator[int]:
        """All requests in the order in which `pop` would give them."""
        for turn in zip_longest(*self._by_user.values()):
            yield from (key for key in turn if key is not None)
