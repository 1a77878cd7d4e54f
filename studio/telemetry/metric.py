"""A number with a name, and its text for Prometheus (exposition format 0.0.4).

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from studio.telemetry.histogram import Histogram

Kind = Literal["gauge", "counter", "histogram"]
EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""The media type of the text."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One value of a metric; a whole histogram counts as one."""

    value: float | Histogram
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Metric:
    """A name with its kind, one line about it, and its values. Without values it is still told:
    who reads the text learns that it exists."""

    name: str
    kind: Kind
    about: str
    samples: tuple[Sample, ...] = ()


def single(name: str, kind: Kind, about: str, value: float) -> Metric:
    """A metric without labels."""
    return Metric(name, kind, about, (Sample(value),))


def labelled(
    name: str, kind: Kind, about: str, label: str, values: Mapping[str, float | Histogram]
) -> Metric:
    """A metric with one label."""
    samples = tuple(Sample(value, {label: each}) for each, value in values.items())
    return Metric(name, kind, about, samples)


def exposition(metrics: Iterable[Metric]) -> str:
    """The text that a Prometheus server scrapes."""
    return "".join(f"{line}\n" for each in metrics for line in _lines(each))


def _lines(metric: Metric) -> Iterator[str]:
    yield f"# HELP {metric.name} {metric.about}"
    yield f"# TYPE {metric.name} {metric.kind}"
    for sample in metric.samples:
        if isinstance(sample.value, Histogram):
            yield from _buckets(metric.name, sample.labels, sample.value)
        else:
            yield f"{metric.name}{_written(sample.labels)} {_number(sample.value)}"


def _buckets(name: str, labels: Mapping[str, str], histogram: Histogram) -> Iterator[str]:
    bounds = [*(f"{bound:g}" for bound in histogram.bounds), "+Inf"]
    for bound, number in zip(bounds, histogram.counts, strict=True):
        yield f"{name}_bucket{_written({**labels, 'le': bound})} {number}"
    yield f"{name}_sum{_written(labels)} {_number(histogram.total)}"
    yield f"{name}_count{_written(labels)} {histogram.number}"


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else str(round(value, 6))


def _written(labels: Mapping[str, str]) -> str:
    quoted = (f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return "{" + ",".join(quoted) + "}" if labels else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
