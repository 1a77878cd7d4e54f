"""The threads that go through a step together, and how many of them pay.

A thread more is not always time less: two that share a core take its arithmetic from each other,
and few rows wait for memory, not for threads. So a machine is asked once, when a model is loaded.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from studio.families.compiled.machine_code import compiled_step
from studio.families.compiled.parts import Adapters, Desk, Model, Plan, Slots

MOST_THREADS = 8
"""A stage of a small model has no more parts to give."""
ROWS_TRIED = (1, 8, 32)
LEAST_ROUNDS, MOST_ROUNDS, ENOUGH_S = 2, 7, 0.2
"""How often each number of threads is tried with so many rows, and the time that is spent on it."""
WORTH = 0.95
"""More threads are taken when a step needs at most this share of its time with fewer."""


class Team:
    """The calling thread and its helpers. A helper that comes late to a step finds it done."""

    def __init__(self, size: int) -> None:
        self.size = max(1, min(size, MOST_THREADS))
        self._step = compiled_step()
        self._helpers = [
            ThreadPoolExecutor(1, thread_name_prefix="step") for _ in range(self.size - 1)
        ]
        self._busy: list[Future[None]] = []
        self._threads = [(1, self.size)]
        """(from so many rows, threads), most rows first."""

    def run(self, model: Model, slots: Slots, adapters: Adapters, plan: Plan, desk: Desk) -> None:
        """One step; returns when all of it is done."""
        threads = self._threads_for(len(plan.positions))
        given = (threads, model, slots, adapters, plan, desk)
        if all(each.done() for each in self._busy):
            helpers = self._helpers[: threads - 1]
            self._busy = [helper.submit(self._step, *given) for helper in helpers]
        self._step(*given)

    def tune(self, step: Callable[[int], None]) -> None:
        """Give steps as many threads as pay on this machine; `step(rows)` runs one here."""
        if self.size > 1:
            step(max(ROWS_TRIED))  # what is compiled or made room for once
            found = [(rows, self._best(rows, step)) for rows in ROWS_TRIED]
            self._threads = found[::-1]

    def _threads_for(self, rows: int) -> int:
        return next(threads for least, threads in self._threads if rows >= least)

    def _best(self, rows: int, step: Callable[[int], None]) -> int:
        sizes = [size for size in (1, 2, 4, MOST_THREADS) if size <= self.size]
        took: dict[int, list[float]] = {size: [] for size in sizes}
        until = time.monotonic() + ENOUGH_S
        for number in range(MOST_ROUNDS):
            if number >= LEAST_ROUNDS and time.monotonic() > until:
                break
            for size in sizes:
                took[size].append(self._timed(size, rows, step))
        return fewest_that_pay({size: statistics.median(each) for size, each in took.items()})

    def _timed(self, threads: int, rows: int, step: Callable[[int], None]) -> float:
        self._threads = [(1, threads)]
        begun = time.perf_counter()
        step(rows)
        return time.perf_counter() - begun


def fewest_that_pay(seconds: dict[int, float]) -> int:
    """Of numbers of threads and what a step takes with them: more only where it is worth it."""
    best = min(seconds)
    for threads in sorted(seconds):
        if seconds[threads] <= WORTH * seconds[best]:
            best = threads
    return best
