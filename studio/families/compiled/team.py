"""The threads that go through a step together."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor

from studio.families.compiled.machine_code import compiled_step
from studio.families.compiled.parts import Adapters, Desk, Model, Plan, Slots

MOST_THREADS = 8
"""A stage of a small model has no more parts to give."""


class Team:
    """The calling thread and its helpers. A helper that comes late to a step finds it done."""

    def __init__(self, size: int) -> None:
        self.size = max(1, min(size, MOST_THREADS))
        self._step = compiled_step()
        self._helpers = [
            ThreadPoolExecutor(1, thread_name_prefix="step") for _ in range(self.size - 1)
        ]
        self._busy: list[Future[None]] = []

    def run(self, model: Model, slots: Slots, adapters: Adapters, plan: Plan, desk: Desk) -> None:
        """One step; returns when all of it is done."""
        given = (self.size, model, slots, adapters, plan, desk)
        if all(each.done() for each in self._busy):
            self._busy = [helper.submit(self._step, *given) for helper in self._helpers]
        self._step(*given)
