"""The threads that go through a step together."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, wait
from typing import Any

from studio.families.compiled.machine_code import compiled_step
from studio.families.compiled.parts import Adapters, Desk, Model, Plan, Slots


class Team:
    """The calling thread and as many helpers as the processor has cores for."""

    def __init__(self, size: int) -> None:
        self.size = max(1, size)
        self._step = compiled_step()
        self._helpers = (
            ThreadPoolExecutor(self.size - 1, thread_name_prefix="step") if self.size > 1 else None
        )

    def run(self, model: Model, slots: Slots, adapters: Adapters, plan: Plan, desk: Desk) -> None:
        """One step; returns when all of it is done."""
        rest: list[Any] = []
        if self._helpers is not None:
            rest = [
                self._helpers.submit(self._step, i, self.size, model, slots, adapters, plan, desk)
                for i in range(1, self.size)
            ]
        self._step(0, self.size, model, slots, adapters, plan, desk)
        wait(rest)
