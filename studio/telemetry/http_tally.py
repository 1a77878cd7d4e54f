"""What became of HTTP requests: how many by route and status, how long they took."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from studio.telemetry.counter import Counter
from studio.telemetry.metric import Metric, Sample
from studio.telemetry.tally import Tally

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0)
"""Bounds from a look-up to a whole kit, in seconds."""
NAMES = ("method", "route", "status")


class HttpTally:
    """Counted from any thread. Routes are templates, so there are as many as there is code."""

    def __init__(self) -> None:
        self._number = Counter()
        self._lock = threading.Lock()
        self._seconds = Tally(SECONDS)

    def add(self, method: str, route: str, status: int, seconds: float) -> None:
        """One answer, from its request to its last byte."""
        self._number.add(method, route, str(status))
        with self._lock:
            self._seconds.add(f"{status // 100}xx {route}", seconds)

    def metrics(self) -> Iterator[Metric]:
        """What was counted."""
        numbers = self._number.numbers().items()
        samples = tuple(Sample(n, dict(zip(NAMES, each, strict=True))) for each, n in numbers)
        yield Metric("studio_http_requests_total", "counter", "HTTP requests answered.", samples)
        with self._lock:
            histograms = sorted(self._seconds.histograms().items())
        times = tuple(
            Sample(histogram, {"route": route, "status_class": kind})
            for (kind, _, route), histogram in ((name.partition(" "), h) for name, h in histograms)
        )
        about = "Time from an HTTP request to the last byte of its answer."
        yield Metric("studio_http_request_seconds", "histogram", about, times)
