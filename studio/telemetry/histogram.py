"""How values are spread: counts up to fixed bounds, as Prometheus keeps them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often a value was at most each bound; the last count is for all values."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    """Cumulative, one more than `bounds`."""
    total: float = 0.0
    """The sum of the values, in their unit."""

    @property
    def number(self) -> int:
        """How many values there were."""
        return self.counts[-1] if self.counts else 0

    @property
    def mean(self) -> float:
        return self.total / self.number if self.number else 0.0

    def quantile(self, share: float) -> float:
        """The value that this share (0 to 1) stays under, straight lines between the bounds as in
        https://prometheus.io/docs/prometheus/latest/querying/functions/#histogram_quantile.
        Past the last bound it is the last bound; 0 without values."""
        if not self.number:
            return 0.0
        rank = share * self.number
        at = bisect_left(self.counts, rank)
        if at >= len(self.bounds):
            return self.bounds[-1]
        below, start = (self.counts[at - 1], self.bounds[at - 1]) if at else (0, 0.0)
        inside = self.counts[at] - below
        return start + (self.bounds[at] - start) * ((rank - below) / inside if inside else 1.0)


def together(histograms: Sequence[Histogram]) -> Histogram:
    """Histograms of the same bounds as one. Raises ValueError for none, or for other bounds."""
    bounds = {each.bounds for each in histograms}
    if len(bounds) != 1:
        raise ValueError("histograms of one kind are needed")
    columns = zip(*(each.counts for each in histograms), strict=True)
    counts = tuple(sum(column) for column in columns)
    return Histogram(bounds.pop(), counts, sum(each.total for each in histograms))
