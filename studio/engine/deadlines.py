"""Moments by which something must have happened to a request."""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable


class Deadlines:
    """Of one kind. `matters` says whether a request can still miss its own."""

    def __init__(self, matters: Callable[[int], bool]) -> None:
        self._matters = matters
        self._heap: list[tuple[float, int]] = []

    def add(self, at: float, key: int) -> None:
        """The request's deadline."""
        heapq.heappush(self._heap, (at, key))

    def missed(self, now: float) -> list[int]:
        """The requests that have missed theirs; each is told once."""
        late = []
        while self._heap and self._heap[0][0] <= now:
            key = heapq.heappop(self._heap)[1]
            if self._matters(key):
                late.append(key)
        return late

    def next(self) -> float:
        """When the next one is missed; `math.inf` for never."""
        while self._heap and not self._matters(self._heap[0][1]):
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else math.inf
