"""A number for each set of labels, that only grows."""

from __future__ import annotations

import threading
from collections import Counter as Numbers
from collections.abc import Mapping

Labels = tuple[str, ...]


class Counter:
    """Counts by labels, from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: Numbers[Labels] = Numbers()

    def add(self, *labels: str) -> None:
        """One more of these labels."""
        with self._lock:
            self._numbers[labels] += 1

    def numbers(self) -> Mapping[Labels, int]:
        """All of them now, labels in alphabetical order."""
        with self._lock:
            return dict(sorted(self._numbers.items()))
