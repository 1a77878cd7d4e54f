"""What one row of a diffusion pipeline was asked, read from its request and checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from studio.errors import InvalidInput
from studio.families.diffusion_habits import DiffusionHabits
from studio.families.start_picture import start_picture
from studio.requests import Request

STEPS = (1, 100)
GUIDANCE = (0.0, 20.0)
STRENGTH = (0.05, 1.0)
ADAPTER_SCALE = (0.0, 2.0)
EDGES = (64, 2048)
ASPECTS = (0.25, 4.0)
_MOST_CHARACTERS = 1000
_STRENGTH = 0.6


@dataclass(frozen=True, slots=True)
class DiffusionSettings:
    """What rows must share to go through the pipeline in one call."""

    steps: int
    """Steps that are made, whatever the strength."""
    guidance: float
    scheduler: str
    """A name of `SCHEDULERS`; "" is the pipeline's own."""
    width: int
    height: int
    strength: float
    """How far from the start picture, 0 to 1; 0 when there is none."""
    adapter: str
    adapter_scale: float

    @property
    def planned_steps(self) -> int:
        """Steps of the whole schedule, of which image-to-image makes the last `strength` part."""
        if not self.strength:
            return self.steps
        planned = math.ceil(self.steps / self.strength)
        return planned + (int(planned * self.strength) < self.steps)


@dataclass(frozen=True, slots=True)
class DiffusionOrder:
    """One row: its words, its seed, its start picture (RGB, of the asked size) and its settings."""

    seed: int
    prompt: str
    negative: str
    start: Image.Image | None
    settings: DiffusionSettings

    @classmethod
    def read(cls, request: Request, habits: DiffusionHabits) -> DiffusionOrder:
        """Raises InvalidInput naming the condition's field.

        `condition`: steps, guidance, negative, scheduler, width, height (or edge for both, or
        aspect: width / height), start (a Picture, or an image file in base64), strength,
        adapter_scale. What is missing is as the pipeline's `habits` say; other keys are left alone.
        """
        asked = request.condition
        width, height = _size(asked, habits)
        start = asked.get("start")
        settings = DiffusionSettings(
            steps=_whole(asked, "steps", habits.steps, STEPS),
            guidance=_number(asked, "guidance", habits.guidance, GUIDANCE),
            scheduler=_scheduler(asked, habits),
            width=width,
            height=height,
            strength=_number(asked, "strength", _STRENGTH, STRENGTH) if start is not None else 0.0,
            adapter=request.adapter or "",
            adapter_scale=_number(asked, "adapter_scale", 1.0, ADAPTER_SCALE),
        )
        _check_plan(settings, habits)
        return cls(
            seed=request.seed,
            prompt=request.prompt,
            negative=_negative(asked, settings, habits),
            start=None if start is None else _fitted(start, width, height, habits),
            settings=settings,
        )


def _wrong(field: str, message: str, hint: str = "", **facts: object) -> InvalidInput:
    return InvalidInput(field, message, hint, code=f"bad_{field}", **facts)


def _number(
    asked: Mapping[str, object], name: str, default: float, span: tuple[float, float]
) -> float:
    given: Any = asked.get(name, default)
    low, high = span
    number = isinstance(given, int | float) and not isinstance(given, bool)
    if not number or not low <= given <= high:
        raise _wrong(name, f"{name} must be a number from {low} to {high}.", low=low, high=high)
    return float(given)


def _whole(asked: Mapping[str, object], name: str, default: int, span: tuple[int, int]) -> int:
    number = _number(asked, name, default, span)
    if number != int(number):
        raise _wrong(name, f"{name} must be a whole number.", low=span[0], high=span[1])
    return int(number)


def _size(asked: Mapping[str, object], habits: DiffusionHabits) -> tuple[int, int]:
    """Width and height in pixels, to the nearest that the networks can do."""
    both = {name: asked["edge"] for name in ("width", "height") if "edge" in asked}
    edges = []
    for name, habit in zip(("width", "height"), _habitual(asked, habits), strict=True):
        pixels = _whole({**both, **asked}, name, habit, EDGES)
        edges.append(max(1, round(pixels / habits.multiple)) * habits.multiple)
    return edges[0], edges[1]


def _habitual(asked: Mapping[str, object], habits: DiffusionHabits) -> tuple[int, int]:
    """As many pixels as the networks were made for, in the asked shape."""
    if "aspect" not in asked:
        return habits.width, habits.height
    aspect = _number(asked, "aspect", 1.0, ASPECTS)
    pixels, (low, high) = habits.width * habits.height, EDGES
    width, height = (
        min(high, max(low, round(math.sqrt(pixels * each)))) for each in (aspect, 1 / aspect)
    )
    return width, height


def _scheduler(asked: Mapping[str, object], habits: DiffusionHabits) -> str:
    name = str(asked.get("scheduler", "") or "")
    if name == "auto":
        return ""
    if name and name not in habits.schedulers:
        known = ", ".join(habits.schedulers) or "none but its own"
        raise _wrong(
            "scheduler", f"This painter can not use the scheduler {name}.", f"It knows: {known}."
        )
    return name


def _check_plan(settings: DiffusionSettings, habits: DiffusionHabits) -> None:
    most = habits.most_steps(settings.scheduler)
    if settings.planned_steps > most:
        raise _wrong(
            "steps",
            f"So many steps are more than the schedule has ({most}).",
            "Ask for fewer steps, or for more strength.",
            low=1,
            high=most,
        )


def _negative(
    asked: Mapping[str, object], settings: DiffusionSettings, habits: DiffusionHabits
) -> str:
    words = str(asked.get("negative", "") or "").strip()
    if not words:
        return ""
    if len(words) > _MOST_CHARACTERS:
        raise _wrong("negative", f"What to avoid is at most {_MOST_CHARACTERS} characters.")
    if not habits.avoids or settings.guidance <= 1:
        raise _wrong(
            "negative",
            "Words to avoid do nothing here.",
            "They need a guidance above 1, and a painter that can be guided."
            if habits.avoids
            else "This painter can not be guided; leave the field empty.",
        )
    return words


def _fitted(start: object, width: int, height: int, habits: DiffusionHabits) -> Image.Image:
    """The start picture cut to the shape and size of the asked one."""
    picture = start_picture(start)
    if not habits.starts:
        raise _wrong(
            "start",
            "This painter can not start from a picture.",
            "Choose another painter, or take the picture away.",
        )
    return ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS)
