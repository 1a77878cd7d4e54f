"""Who has had the least of the device: those who are ready take turns by seconds, not by steps.

A step that paints takes as long as sixty that write, so turns by step would leave the writers one
token every two seconds. Here each has its seconds counted, and the least is next; who was idle
joins where the others are, so idleness saves nothing up. (Start-time fair queueing: P. Goyal,
H. M. Vin, H. Cheng, IEEE/ACM Transactions on Networking 5(5), 1997, section II.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection


class TimeShares:
    """Shares of one device among names. Equals alternate."""

    def __init__(self) -> None:
        self._had_s: defaultdict[str, float] = defaultdict(float)
        self._turn: dict[str, int] = {}
        self._turns = 0
        self._now_s = 0.0
        self._ready: frozenset[str] = frozenset()

    def next(self, ready: Collection[str]) -> str:
        """Whose turn it is among those who have something to do; at least one."""
        for name in ready:
            if name not in self._ready:
                self._had_s[name] = max(self._had_s[name], self._now_s)
        self._ready = frozenset(ready)
        chosen = min(ready, key=lambda name: (self._had_s[name], self._turn.get(name, 0)))
        self._now_s = max(self._now_s, self._had_s[chosen])
        self._turns += 1
        self._turn[chosen] = self._turns
        return chosen

    def idle(self) -> None:
        """Nobody has anything to do."""
        self._ready = frozenset()

    def spent(self, name: str, seconds: float) -> None:
        """It had the device for so long."""
        self._had_s[name] += seconds
