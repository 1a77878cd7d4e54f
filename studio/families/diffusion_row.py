"""One picture on its way: its noise, its place in the schedule, its latents."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Any

import torch

from studio.families.diffusion_order import DiffusionOrder


@dataclass(slots=True)
class DiffusionRow:
    """A row keeps a scheduler and a generator of its own, so a batch changes nothing for it."""

    order: DiffusionOrder
    scheduler: Any
    generator: torch.Generator
    """On the CPU: the same noise on every device."""
    latents: torch.Tensor | None = None
    """[1, ...] as the pipeline holds them; None before the first step."""
    next_step: int = 0
    """Index of the timestep that comes next."""
    turn: int = -1
    """When it was stepped last."""

    @classmethod
    def of(cls, order: DiffusionOrder, scheduler: Any) -> DiffusionRow:
        """A row that has not begun."""
        return cls(order, scheduler, torch.Generator().manual_seed(order.seed % 2**63))

    @property
    def key(self) -> tuple[object, ...]:
        """Rows of one key can go through the pipeline in one call."""
        return (self.order.settings, self.latents is None, self.next_step)

    def tried(self) -> DiffusionRow:
        """A copy to step: when the device runs out of memory, the row itself has not changed."""
        scheduler = copy.deepcopy(self.scheduler)
        return replace(self, scheduler=scheduler, generator=self.generator.clone_state())

    @property
    def steps_left(self) -> int:
        """Steps until the picture is there; only known after the first."""
        return len(self.scheduler.timesteps) - self.next_step
