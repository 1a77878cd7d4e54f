"""How fast tokens come, window by window: what a small curve of the last minutes is drawn from."""

from __future__ import annotations

from collections import deque

WINDOW_S = 4.0
WINDOWS = 30


class Pace:
    """Tokens per second of wall time, idle time included. Not thread-safe: its owner guards it."""

    def __init__(self) -> None:
        self._made: deque[tuple[int, int]] = deque(maxlen=WINDOWS + 1)
        """(window, tokens) of the windows in which something was made."""

    def add(self, tokens: int, now: float) -> None:
        """So many tokens were made until now (seconds of any clock)."""
        window = int(now // WINDOW_S)
        if self._made and self._made[-1][0] == window:
            tokens += self._made.pop()[1]
        self._made.append((window, tokens))

    def windows(self, now: float) -> tuple[float, ...]:
        """Tokens per second of each whole window, oldest first, always as many."""
        made, last = dict(self._made), int(now // WINDOW_S)
        return tuple(made.get(each, 0) / WINDOW_S for each in range(last - WINDOWS, last))
