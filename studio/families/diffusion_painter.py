"""One denoising step of a batch of rows, by the pipeline's own code."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from studio.families.diffusion_pipelines import DiffusionPipelines
from studio.families.diffusion_row import DiffusionRow
from studio.families.latent_view import LatentView
from studio.families.row_schedulers import RowSchedulers, StepDone
from studio.requests import Picture


class DiffusionPainter:
    """Both pipelines, driven step by step."""

    def __init__(self, pipelines: DiffusionPipelines, *, offloaded: bool) -> None:
        self._pipelines = pipelines
        self._offloaded = offloaded
        self._view = LatentView(pipelines.from_words)

    def step(self, rows: Sequence[DiffusionRow]) -> list[Picture | None]:
        """Advance rows of one key by one step: previews, or at the last step the pictures.

        The first step reads the words and starts from noise, or from the row's picture; the next
        ones give the pipeline the latents where they were.
        """
        begun = rows[0].latents is not None
        if self._offloaded and not begun:
            self._pipelines.free_offloaded()
        pipeline = self._pipeline(rows[0])
        schedulers = RowSchedulers(rows)
        _wear(pipeline, schedulers)
        try:
            images = pipeline(**_known(pipeline, _asked(rows))).images
        except StepDone:
            return self._previews(rows, schedulers)
        finally:
            _wear(pipeline, self._pipelines.own_scheduler)
        return [_picture(each) for each in np.asarray(images)]

    def _pipeline(self, row: DiffusionRow) -> Any:
        starting = row.order.start is not None and row.latents is None
        return self._pipelines.from_picture if starting else self._pipelines.from_words

    def _previews(
        self, rows: Sequence[DiffusionRow], schedulers: RowSchedulers
    ) -> list[Picture | None]:
        settings = rows[0].order.settings
        assert schedulers.guesses is not None
        return self._view.pictures(schedulers.guesses, settings.width, settings.height)


def _wear(pipeline: Any, scheduler: Any) -> None:
    """Past the pipeline's `__setattr__`, which would write the stand-in into its config."""
    object.__setattr__(pipeline, "scheduler", scheduler)


def _asked(rows: Sequence[DiffusionRow]) -> dict[str, Any]:
    """The arguments of the call. Lists keep their length in a batch of one."""
    settings = rows[0].order.settings
    asked = {
        "prompt": [row.order.prompt for row in rows],
        "num_inference_steps": settings.planned_steps,
        "guidance_scale": settings.guidance,
        "width": settings.width,
        "height": settings.height,
        "generator": [row.generator for row in rows],
        "output_type": "np",
        # Sana would paint the nearest size of its table and cut; sizes are asked as they are.
        "use_resolution_binning": False,
    }
    if any(row.order.negative for row in rows):
        asked["negative_prompt"] = [row.order.negative for row in rows]
        # FLUX heeds it only with a second guidance, which is the one that is meant.
        asked["true_cfg_scale"] = settings.guidance
    return asked | _where_from(rows)


def _where_from(rows: Sequence[DiffusionRow]) -> dict[str, Any]:
    latents = [row.latents for row in rows if row.latents is not None]
    if latents:
        return {"latents": torch.cat(latents)}
    starts = [row.order.start for row in rows]
    if starts[0] is None:
        return {}
    return {"image": starts, "strength": rows[0].order.settings.strength}


def _known(pipeline: Any, asked: dict[str, Any]) -> dict[str, Any]:
    """What this pipeline's call takes: not all have a size, or words to avoid."""
    takes = inspect.signature(pipeline.__call__).parameters
    return {name: value for name, value in asked.items() if name in takes}


def _picture(rgb: NDArray[np.floating[Any]]) -> Picture:
    levels = np.clip(np.asarray(rgb, np.float32) * 255, 0, 255).round().astype(np.uint8)
    return Picture(levels.shape[1], levels.shape[0], levels.tobytes())
