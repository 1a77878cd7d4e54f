"""The schedulers a person may choose, and which of them suit a pipeline."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from diffusers import (
    DDIMScheduler,
    DPMSolverMultistepScheduler,
    EulerAncestralDiscreteScheduler,
    EulerDiscreteScheduler,
    LCMScheduler,
    UniPCMultistepScheduler,
)

SCHEDULERS: Mapping[str, type[Any]] = MappingProxyType(
    {
        "euler": EulerDiscreteScheduler,
        "euler_a": EulerAncestralDiscreteScheduler,
        "ddim": DDIMScheduler,
        "dpmpp_2m": DPMSolverMultistepScheduler,
        "unipc": UniPCMultistepScheduler,
        "lcm": LCMScheduler,
    }
)
"""Names as the field writes them. euler_a and lcm draw noise at every step."""
LCM_STEPS = 50
"""Steps of the schedule that consistency models were distilled on."""


_IN_LATENTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"ddim": MappingProxyType({"clip_sample": False, "set_alpha_to_one": False})}
)
"""What latent diffusion needs where the class was first written for pixels."""


def usable_schedulers(own: Any) -> tuple[str, ...]:
    """Which may take the place of the pipeline's own: all where it reads a table of betas.

    Pipelines of flow matching (FLUX, Sana) keep their own.
    """
    reads_betas = {type(own).__name__, *(each.__name__ for each in own.compatibles)}
    return tuple(SCHEDULERS) if reads_betas & {"DDIMScheduler", "LCMScheduler"} else ()


def new_scheduler(own: Any, name: str) -> Any:
    """A fresh scheduler of that name on the pipeline's noise schedule; "" is one like its own."""
    kind = SCHEDULERS[name] if name else type(own)
    latent = {key: it for key, it in _IN_LATENTS.get(name, {}).items() if key not in own.config}
    return kind.from_config(own.config, **latent)
