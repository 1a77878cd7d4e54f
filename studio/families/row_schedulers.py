"""The scheduler that a pipeline sees: one per row behind it, and one step per call.

A pipeline's call is a loop over all timesteps. Here it is stopped after one: the schedule shows it
only the timestep whose turn it is, and before the last one `step` raises `StepDone`. So a row can
be cancelled, joined or shown between any two steps, whatever the architecture of the pipeline.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor

from studio.families.diffusion_row import DiffusionRow


class StepDone(Exception):
    """One step of the loop is done and kept in the rows; there are more to come."""


class RowSchedulers:
    """Stands in for `pipeline.scheduler` during one call with these rows (all at one step)."""

    def __init__(self, rows: Sequence[DiffusionRow]) -> None:
        self._rows = tuple(rows)
        self._first = rows[0].scheduler
        self._begun = rows[0].latents is not None
        self._begin: int | None = None
        self.guesses: Tensor | None = None
        """After a step: what the finished latents will be about, [rows, ...]."""
        # Pipelines look at its signature to see which schedules they may give.
        self.set_timesteps = functools.wraps(self._first.set_timesteps)(
            lambda *given, **named: self._set_timesteps(*given, **named)
        )

    def __getattr__(self, name: str) -> Any:
        """Whatever else a pipeline asks is the same for every row."""
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(self._first, name)

    @property
    def timesteps(self) -> Any:
        """All at the first call (image-to-image takes the last part), then the one that is due."""
        due = self._rows[0].next_step
        return self._first.timesteps[due : due + 1] if self._begun else self._first.timesteps

    @property
    def init_noise_sigma(self) -> Any:
        """Latents that are on their way are not scaled again."""
        return 1.0 if self._begun else self._first.init_noise_sigma

    def _set_timesteps(self, *given: Any, **named: Any) -> None:
        if not self._begun:
            for row in self._rows:
                row.scheduler.set_timesteps(*given, **named)

    def set_begin_index(self, begin_index: int = 0) -> None:
        """Where image-to-image enters the schedule."""
        if self._begun:
            return
        self._begin = begin_index
        for row in self._rows:
            if hasattr(row.scheduler, "set_begin_index"):
                row.scheduler.set_begin_index(begin_index)

    def scale_model_input(self, sample: Tensor, timestep: Any) -> Tensor:
        """The same scale for every row of a step; each scheduler must have seen the call."""
        for row in self._rows[1:]:
            row.scheduler.scale_model_input(sample[:1], timestep)
        scaled: Tensor = self._first.scale_model_input(sample, timestep)
        return scaled

    def step(
        self, model_output: Tensor, timestep: Any, sample: Tensor, return_dict: bool = True
    ) -> Any:
        """One step of each row with its own noise. Raises StepDone unless it was the last.

        The guess follows what `scheduler.step` itself takes as the clean sample.
        """
        index = self._index_of(timestep)
        outputs, guesses = [], []
        for number, row in enumerate(self._rows):
            one = slice(number, number + 1)
            output = row.scheduler.step(
                model_output[one], timestep, sample[one], **_noise(row.scheduler, row.generator)
            )
            guesses.append(_clean_guess(row.scheduler, output, model_output[one], sample[one]))
            row.latents, row.next_step = output.prev_sample, index + 1
            outputs.append(output.prev_sample)
        self.guesses = torch.cat(guesses)
        if self._rows[0].steps_left:
            raise StepDone
        latents = torch.cat(outputs)
        return output.__class__(prev_sample=latents) if return_dict else (latents,)

    def _index_of(self, timestep: Any) -> int:
        if self._begun:
            return self._rows[0].next_step
        if self._begin is not None:
            return self._begin
        return int((self._first.timesteps == timestep).nonzero()[0])


def _noise(scheduler: Any, generator: torch.Generator) -> dict[str, torch.Generator]:
    takes = "generator" in inspect.signature(scheduler.step).parameters
    return {"generator": generator} if takes else {}


def _clean_guess(scheduler: Any, output: Any, model_output: Tensor, sample: Tensor) -> Tensor:
    """What a scheduler expects at the end: said by itself, kept by multistep solvers, or on the
    straight line of flow matching (x0 = x - sigma v)."""
    said = getattr(output, "pred_original_sample", None)
    said = getattr(output, "denoised", None) if said is None else said
    if isinstance(said, Tensor):
        return said
    kept = getattr(scheduler, "model_outputs", None)
    last = kept[-1] if kept else None
    if isinstance(last, Tensor):
        return last
    if not hasattr(scheduler, "sigmas") or scheduler.step_index is None:
        latents: Tensor = output.prev_sample
        return latents
    sigma: Tensor = scheduler.sigmas[scheduler.step_index - 1].to(sample)
    return sample - sigma * model_output
