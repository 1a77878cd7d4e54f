"""Looks at a studio again and again over HTTP, and remembers what it saw."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Mapping

import httpx

from studio.top.reading import Reading, reading_of
from studio.top.scrape import Scrape, read_exposition

_KEPT = 30
"""Scrapes of the past: latencies are of what happened since the oldest."""


class Away(Exception):
    """Nobody answers, or not as a studio would."""


class Watching:
    """One studio. Raises Away from `look` when it does not answer; the next look may succeed."""

    def __init__(
        self, url: str, client: httpx.Client, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.url = url.rstrip("/")
        self._client = client
        self._clock = clock
        self._scrapes: deque[Scrape] = deque(maxlen=_KEPT)
        self.speeds: deque[float] = deque(maxlen=_KEPT)

    def look(self) -> Reading:
        """What the studio does now."""
        try:
            told = self._asked("/metrics")
            told.raise_for_status()
            ready = self._asked("/readyz").json()
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise Away(_reason(error)) from error
        self._scrapes.append(read_exposition(told.text, self._clock()))
        facts: Mapping[str, object] = ready if isinstance(ready, dict) else {}
        again = len(self._scrapes) > 1
        reading = reading_of(self.url, self._scrapes, facts, per_wall=again)
        self.speeds.append(reading.tokens_per_s if again else 0.0)
        return reading

    def _asked(self, path: str) -> httpx.Response:
        return self._client.get(self.url + path)


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.HTTPStatusError):
        return f"/metrics answered {error.response.status_code}"
    return type(error).__name__
