"""What a finish is: its name, what can be tuned about it, and how it paints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from studio.errors import InvalidInput
from studio.render.finishes.window import Window

Floats = NDArray[np.floating[Any]]
Painter = Callable[[Window], Floats]
"""Paints any part of a planned picture: [height, width, 3] in 0..1 (sRGB)."""
Planner = Callable[[Image.Image, int, Mapping[str, float]], Painter]
"""Composition (RGB), seed and tuning -> the painter. All that is random is settled here."""


@dataclass(frozen=True, slots=True)
class Tuning:
    """One thing that a person may turn, 0..1."""

    name: str
    default: float = 0.5


@dataclass(frozen=True, slots=True)
class Finish:
    """A way to paint a composition."""

    name: str
    plan: Planner
    tunings: tuple[Tuning, ...] = ()

    def tuned(self, tuning: Mapping[str, float]) -> dict[str, float]:
        """Every tuning's value; the default where `tuning` is silent. Raises InvalidInput."""
        known = {each.name: each.default for each in self.tunings}
        for name, value in tuning.items():
            if name not in known or not 0 <= value <= 1:
                raise InvalidInput(
                    "tuning",
                    f"{self.name} has no tuning {name} of {value}.",
                    f"It has {', '.join(known) or 'none'}, each 0 to 1.",
                    code="bad_tuning",
                    finish=self.name,
                    name=name,
                )
        return {**known, **tuning}
