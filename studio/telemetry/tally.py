"""Histograms that are being filled, one for each value of a label."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType

from studio.telemetry.histogram import Histogram


class Tally:
    """Counts values by label, a lane or a card. Not thread-safe: its owner guards it."""

    def __init__(self, bounds: tuple[float, ...]) -> None:
        self._bounds = bounds
        self._counts: dict[str, list[int]] = {}
        self._totals: dict[str, float] = {}

    def add(self, label: str, value: float) -> None:
        """One more value."""
        counts = self._counts.get(label)
        if counts is None:
            counts = self._counts[label] = [0] * (len(self._bounds) + 1)
            self._totals[label] = 0.0
        counts[bisect_left(self._bounds, value)] += 1
        self._totals[label] += value

    def histograms(self) -> Mapping[str, Histogram]:
        """All of them now."""
        return MappingProxyType(
            {
                label: Histogram(self._bounds, tuple(accumulate(counts)), self._totals[label])
                for label, counts in self._counts.items()
            }
        )
