"""The text of /metrics, read back: values by name and labels, histograms whole.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from studio.telemetry.histogram import Histogram, together

_LINE = re.compile(r"([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)")
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")

Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Scrape:
    """All values of one reading, and when it was taken (seconds of the reader's clock)."""

    at: float
    values: Mapping[str, Mapping[Labels, float]]

    def value(self, name: str) -> float:
        """The sum over all labels; 0 for an unknown name."""
        return sum(self.values.get(name, {}).values())

    def by(self, name: str, label: str) -> Mapping[str, float]:
        """The values of a name by one label; summed over the others."""
        found: dict[str, float] = {}
        for labels, value in self.values.get(name, {}).items():
            key = dict(labels).get(label, "")
            found[key] = found.get(key, 0.0) + value
        return found

    def histogram(self, name: str) -> Histogram:
        """The histogram of a name, all its labels together; empty for an unknown name."""
        buckets: dict[Labels, list[tuple[float, int]]] = {}
        for labels, number in self.values.get(f"{name}_bucket", {}).items():
            rest = tuple(each for each in labels if each[0] != "le")
            buckets.setdefault(rest, []).append((float(dict(labels)["le"]), int(number)))
        if not buckets:
            return Histogram((), (0,))
        return together([_histogram(sorted(each)) for each in buckets.values()])


def read_exposition(text: str, at: float) -> Scrape:
    """Read the text. What is no sample is passed over."""
    values: dict[str, dict[Labels, float]] = {}
    for line in text.splitlines():
        match = None if line.startswith("#") else _LINE.fullmatch(line)
        if match is not None:
            name, labels, value = match.groups()
            values.setdefault(name, {})[_labels(labels or "")] = float(value)
    return Scrape(at, values)


def since(now: Scrape, before: Scrape, name: str) -> Histogram:
    """What was added to a histogram between two readings; all of it when nothing was added, or
    when the server has begun anew."""
    new, old = now.histogram(name), before.histogram(name)
    if new.bounds != old.bounds or new.number <= old.number:
        return new
    counts = tuple(b - a for a, b in zip(old.counts, new.counts, strict=True))
    return Histogram(new.bounds, counts, new.total - old.total)


def _labels(text: str) -> Labels:
    return tuple((name, _ESCAPED.sub(_unescaped, value)) for name, value in _LABEL.findall(text))


def _unescaped(match: re.Match[str]) -> str:
    return "\n" if match[1] == "n" else match[1]


def _histogram(buckets: list[tuple[float, int]]) -> Histogram:
    bounds = tuple(bound for bound, _ in buckets if not math.isinf(bound))
    return Histogram(bounds, tuple(number for _, number in buckets))
