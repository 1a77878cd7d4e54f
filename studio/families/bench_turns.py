"""Engines that take turns: in each round every one does the same, one after the other.

Machines are noisy, so ratios are taken round by round, of turns that were neighbours.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from studio.families.peers.peer import Peer
from studio.families.peers.peer_process import PeerFailed

T = TypeVar("T")
Found = dict[str, dict[int, T]]
"""Engine -> round -> what it measured."""
SLOW_S = 8.0
"""A slow engine whose turn takes longer is asked once."""
BUDGET_S = 400.0
"""After this everything still runs, but in one round: a whole report fits into twelve minutes."""


class Turns:
    """The engines, those that failed on the way, and the rounds."""

    def __init__(
        self,
        engines: Mapping[str, Peer],
        rounds: int,
        slow: frozenset[str] = frozenset(),
        budget_s: float = BUDGET_S,
    ) -> None:
        self._engines, self._slow = engines, slow
        self._until = time.monotonic() + budget_s
        self.rounds = rounds
        self.failed: dict[str, str] = {}

    def take(self, act: Callable[[Peer, int], T], names: Sequence[str] | None = None) -> Found[T]:
        """`act` of each engine in each round; an engine that is not able to is left out.

        One that fails is out for good. Who begins changes from round to round.
        """
        found: Found[T] = {}
        left = [name for name in names or self._engines if name in self._engines]
        for number in range(self.rounds):
            if number and time.monotonic() > self._until:
                break
            for name in _turned([name for name in left if name not in self.failed], number):
                begun = time.perf_counter()
                went = self._one(act, name, number, found)
                if not went or (name in self._slow and time.perf_counter() - begun > SLOW_S):
                    left.remove(name)
        return found

    def _one(self, act: Callable[[Peer, int], T], name: str, number: int, found: Found[T]) -> bool:
        try:
            found.setdefault(name, {})[number] = act(self._engines[name], number)
        except NotImplementedError:
            found.pop(name, None)
            return False
        except PeerFailed as error:
            self.failed[name] = str(error)
            return False
        return True


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, lowest and highest, with four digits that count."""
    numbers = {"median": statistics.median(values), "low": min(values), "high": max(values)}
    return {name: float(f"{value:.4g}") for name, value in numbers.items()}


def ratios(over: Mapping[int, float], under: Mapping[int, float]) -> dict[str, float] | None:
    """Round by round, of the rounds that both have; None without any."""
    shared = sorted(over.keys() & under.keys())
    return spread([over[each] / under[each] for each in shared]) if shared else None


def each_round(measured: Mapping[int, T], value: Callable[[T], float]) -> dict[int, float]:
    """A number of each round's measure."""
    return {number: value(one) for number, one in measured.items()}


def _turned(names: Sequence[str], number: int) -> list[str]:
    first = number % len(names) if names else 0
    return [*names[first:], *names[:first]]
