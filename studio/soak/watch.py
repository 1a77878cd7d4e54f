"""What the server says of itself while people use it: `/metrics`, every few moments."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

import httpx

DRAIN_S = 60.0
"""What is under way when everybody has left may take so long to end."""
LEAST_S, LEAST_SAMPLES = 60.0, 8
"""With less to look at, and fewer in each third of it, nothing is said about a trend."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at one moment."""

    at: float
    """Seconds since the soak began."""
    resident_bytes: float
    threads: float
    open_files: float
    waiting: float
    running: float
    slots_used: float

    @property
    def idle(self) -> bool:
        """Whether nothing waits, nothing runs, and every slot is free."""
        return not (self.waiting or self.running or self.slots_used)


class Watch:
    """Samples of one server."""

    def __init__(self, client: httpx.AsyncClient, every_s: float) -> None:
        self.samples: list[Sample] = []
        self._client = client
        self._every_s = every_s
        self._begun = time.monotonic()

    async def look(self) -> Sample | None:
        """One sample; None when the server did not answer in time."""
        try:
            told = (await self._client.get("/metrics")).text
        except httpx.TransportError:
            return None
        sample = _sample(time.monotonic() - self._begun, _numbers(told))
        self.samples.append(sample)
        return sample

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            await self.look()
            await asyncio.sleep(self._every_s)

    async def drained(self) -> bool:
        """Whether the engine comes to rest by itself."""
        until = time.monotonic() + DRAIN_S
        while time.monotonic() < until:
            sample = await self.look()
            if sample is not None and sample.idle:
                return True
            await asyncio.sleep(0.2)
        return False


def rise(samples: Sequence[Sample], name: str) -> tuple[float, float] | None:
    """(how much more of something stays in the last third of the time than in the middle third,
    how much in the middle one); None when there is too little to look at. The first third is for
    caches to fill. What stays is the lower quartile: above it is work under way."""
    if not samples:
        return None
    begin, third = samples[0].at, (samples[-1].at - samples[0].at) / 3
    middle = [each for each in samples if begin + third <= each.at < begin + 2 * third]
    last = [each for each in samples if each.at >= begin + 2 * third]
    if 3 * third < LEAST_S or min(len(middle), len(last)) < LEAST_SAMPLES:
        return None
    before, now = (_stays([getattr(each, name) for each in part]) for part in (middle, last))
    return now - before, before


def _stays(values: Sequence[float]) -> float:
    """The lower quartile."""
    return float(quantiles(values, n=4)[0])


def _sample(at: float, numbers: Mapping[str, float]) -> Sample:
    return Sample(
        at=at,
        resident_bytes=numbers.get("process_resident_memory_bytes", 0.0),
        threads=numbers.get("process_threads", 0.0),
        open_files=numbers.get("process_open_fds", 0.0),
        waiting=numbers.get("studio_queue_length", 0.0),
        running=numbers.get("studio_running", 0.0),
        slots_used=numbers.get("studio_slots_used", 0.0),
    )


def _numbers(told: str) -> dict[str, float]:
    """Sums over the labels, by name."""
    sums: dict[str, float] = {}
    for name, value in _lines(told):
        sums[name] = sums.get(name, 0.0) + value
    return sums


def _lines(told: str) -> Iterator[tuple[str, float]]:
    for line in told.splitlines():
        if line and not line.startswith("#"):
            name, _, value = line.rpartition(" ")
            yield name.partition("{")[0], float(value)
