"""What a pipeline does when nothing is asked, and what it can be asked at all."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.catalog import Card
from studio.families.diffusion_schedulers import LCM_STEPS, usable_schedulers

_MOST_STEPS, _STEPS, _GUIDANCE, _EDGE = 1000, 25, 5.0, 512


@dataclass(frozen=True, slots=True)
class DiffusionHabits:
    """Read once from the loaded pipelines and from the `defaults` table of the card."""

    steps: int
    guidance: float
    width: int
    height: int
    multiple: int
    """Width and height are multiples of this many pixels."""
    schedulers: tuple[str, ...]
    avoids: bool
    """Whether a negative prompt does something."""
    starts: bool
    """Whether it can start from a picture."""

    def most_steps(self, scheduler: str) -> int:
        """Steps of the longest schedule."""
        return LCM_STEPS if scheduler == "lcm" else _MOST_STEPS

    @classmethod
    def of(cls, text_pipeline: Any, image_pipeline: Any | None, card: Card) -> DiffusionHabits:
        """The card's defaults stand over what the pipeline itself would do."""
        told: Mapping[str, Any] = card.extra.get("defaults", {})
        asks = inspect.signature(text_pipeline.__call__).parameters
        edge = _native_edge(text_pipeline)
        steps = min(_STEPS, _default(asks, "num_inference_steps", _STEPS))
        return cls(
            steps=int(told.get("steps", steps)),
            guidance=float(told.get("guidance", _default(asks, "guidance_scale", _GUIDANCE))),
            width=int(told.get("width", edge)),
            height=int(told.get("height", edge)),
            multiple=max(8, 2 * int(getattr(text_pipeline, "vae_scale_factor", 8))),
            schedulers=usable_schedulers(text_pipeline.scheduler),
            avoids="negative_prompt" in asks and bool(told.get("negative", True)),
            starts=image_pipeline is not None,
        )


def _default(asks: Mapping[str, inspect.Parameter], name: str, fallback: float) -> float:
    default = asks[name].default if name in asks else None
    return default if isinstance(default, int | float) else fallback


def _native_edge(pipeline: Any) -> int:
    """Pixels of the edge that the network was trained for."""
    cells = getattr(pipeline, "default_sample_size", None)
    for name in ("unet", "transformer"):
        network = getattr(pipeline, name, None)
        cells = cells or getattr(getattr(network, "config", None), "sample_size", None)
    factor = int(getattr(pipeline, "vae_scale_factor", 8))
    return cells * factor if isinstance(cells, int) else _EDGE
