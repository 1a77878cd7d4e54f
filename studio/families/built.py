"""What constraints build over a vocabulary: tries, tables, masks; the last used are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")

KEPT = 48
"""Things at a time. A lexicon is one; each key, range and length of melody has its own masks."""


class Built:
    """Things by key, the least recently used given up first. Used from any thread."""

    def __init__(self, kept: int = KEPT) -> None:
        self._kept = kept
        self._things: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, build: Callable[[], T]) -> T:
        """What was built under the key, or else `build()`, which holds nobody up."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
                return cast(T, self._things[key])
        built = build()
        with self._lock:
            kept = cast(T, self._things.setdefault(key, built))
            self._things.move_to_end(key)
            if len(self._things) > self._kept:
                self._things.popitem(last=False)
        return kept
