"""Users who wait take turns, by weight: stride scheduling.

Every user has a tag, the moment of a common virtual clock at which they are next; the smallest tag
is served, and moves on by the user's stride, which is 1/weight. Who comes joins at the end of the
round. (C. A. Waldspurger, W. E. Weihl: Stride Scheduling, MIT/LCS/TM-528, 1995, section 2.)
"""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

_STRIDE = 2**20
"""Of a user of weight 1: whole numbers compare exactly."""
_MOST_REMEMBERED = 512


@dataclass(slots=True)
class _Waiting:
    """One user's requests, oldest first, and when they are next: (tag, order of coming)."""

    tag: int
    turn: int
    stride: int
    keys: OrderedDict[int, None] = field(default_factory=OrderedDict)


class FairRound:
    """Users take turns; one user's own requests stay in order. Keys grow with every request."""

    def __init__(self) -> None:
        self._users: dict[str, _Waiting] = {}
        self._owners: OrderedDict[int, str] = OrderedDict()
        self._served: dict[str, int] = {}
        """Tags of users who have had more than their share and have left the round."""
        self._now = 0
        self._turns = 0

    def __len__(self) -> int:
        return len(self._owners)

    def __contains__(self, key: object) -> bool:
        return key in self._owners

    def users(self) -> Iterator[str]:
        """Everybody who waits."""
        return iter(self._users)

    def push(self, user: str, key: int, weight: float = 1.0) -> None:
        """Queue a request behind the user's others; the user has this weight from now on."""
        stride = max(1, round(_STRIDE / weight))
        waiting = self._users.get(user)
        if waiting is None:
            tag = max(self._served.pop(user, 0), self._now + stride)
            waiting = self._users[user] = _Waiting(tag, self._next_turn(), stride)
        waiting.stride = stride
        waiting.keys[key] = None
        self._owners[key] = user

    def pop(self, newest: int | None, may: Callable[[str], bool]) -> int | None:
        """Take the next request, no newer than `newest`, of a user who may; None for none.

        Users that are passed over keep their place.
        """
        those = (
            (waiting.tag, waiting.turn, user)
            for user, waiting in self._users.items()
            if (newest is None or next(iter(waiting.keys)) <= newest) and may(user)
        )
        first = min(those, default=None)
        return None if first is None else self._take(first[2])

    def _take(self, user: str) -> int:
        waiting = self._users[user]
        key, _ = waiting.keys.popitem(last=False)
        del self._owners[key]
        self._now = max(self._now, waiting.tag)
        waiting.tag, waiting.turn = waiting.tag + waiting.stride, self._next_turn()
        if not waiting.keys:
            self._leave(user)
        return key

    def remove(self, key: int) -> None:
        """Take out one request, wherever it is. Raises KeyError if it is not there."""
        user = self._owners.pop(key)
        del self._users[user].keys[key]
        if not self._users[user].keys:
            self._leave(user)

    def _leave(self, user: str) -> None:
        tag = self._users.pop(user).tag
        if not self._users:
            self._served.clear()
        elif tag > self._now:
            self._served[user] = tag
        if len(self._served) > _MOST_REMEMBERED:
            self._served = {name: tag for name, tag in self._served.items() if tag > self._now}

    def oldest(self) -> int | None:
        """The request that has waited longest."""
        return next(iter(self._owners), None)

    def order(self) -> Iterator[int]:
        """All requests in the order in which `pop` would give them to users who all may."""
        turn = self._turns
        heap = [(w.tag, w.turn, iter(w.keys), w.stride) for w in self._users.values()]
        heapq.heapify(heap)
        while heap:
            tag, _, keys, stride = heap[0]
            key = next(keys, None)
            if key is None:
                heapq.heappop(heap)
                continue
            turn += 1
            heapq.heapreplace(heap, (tag + stride, turn, keys, stride))
            yield key

    def _next_turn(self) -> int:
        self._turns += 1
        return self._turns
