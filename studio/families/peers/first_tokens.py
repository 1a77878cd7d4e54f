"""When the rows of a batch had their first tokens, and when the last was written."""

from __future__ import annotations

import time

from studio.families.peers.peer import Timed


class FirstTokens:
    """A stopwatch that begins when it is made. Rows that began early write on while others are
    still read, so what was written by then is counted."""

    def __init__(self, rows: int, tokens: int) -> None:
        """`tokens` that each row will write."""
        self._missing = set(range(rows))
        self._left = rows * tokens
        self._rest = 0
        self._begun = time.perf_counter()
        self._first_s = 0.0

    def saw(self, row: int, tokens: int = 1) -> None:
        """The row has so many tokens more."""
        self._left -= tokens
        if row in self._missing:
            self._missing.remove(row)
            if not self._missing:
                self._first_s, self._rest = self._now(), self._left

    def saw_all(self) -> None:
        """Every row has a token more."""
        for row in list(self._missing):
            self.saw(row)

    @property
    def complete(self) -> bool:
        """Whether every row has its first token."""
        return not self._missing

    def timed(self) -> Timed:
        """The last token was written just now."""
        return Timed(self._first_s, max(1e-9, self._now() - self._first_s), self._rest)

    def _now(self) -> float:
        return time.perf_counter() - self._begun
