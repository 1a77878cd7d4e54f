"""What a picture measures against what it was asked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from studio.crafts.craft import Check
from studio.crafts.image_measure import measured, shrunk, to_lab
from studio.crafts.image_plan import ImagePlan
from studio.crafts.palette import hex_to_lab
from studio.requests import Picture

_NEAR_LAB = 18.0
"""Lab distance within which a pixel counts as a colour (its tints included)."""
_SEEN_SHARE = 0.004
_STRAY_SHARE = 0.25
_SIDE = 128
TOLERANCES: Mapping[str, float] = MappingProxyType(
    {"warmth": 0.15, "density": 0.25, "movement": 0.3, "brightness": 0.2}
)
"""How far a measure may be off its plan, on its scale of 0..1."""


def image_checks(plan: ImagePlan, picture: Picture) -> tuple[Check, ...]:
    """palette_match, then warmth_match, density_match, movement_match, brightness_match."""
    flat = np.frombuffer(picture.rgb, np.uint8)
    rgb = flat.reshape(picture.height, picture.width, 3)
    found = measured(rgb)
    checks = [
        Check(
            f"{name}_match",
            abs(found[name] - plan.numbers[name]) <= tolerance,
            f"{found[name]:.2f} / {plan.numbers[name]:.2f}",
        )
        for name, tolerance in TOLERANCES.items()
    ]
    return (_palette_check(plan, rgb), *checks)


def _palette_check(plan: ImagePlan, rgb: NDArray[np.uint8]) -> Check:
    """Every asked colour is seen, and few pixels have another (mixes at contours aside)."""
    lab = to_lab(shrunk(rgb, _SIDE)).reshape(-1, 3)
    asked = np.array([hex_to_lab(each) for each in plan.palette])
    far = np.linalg.norm(lab[:, None] - asked, axis=-1)
    seen = int(((far < _NEAR_LAB).mean(0) > _SEEN_SHARE).sum())
    stray = float((far.min(1) > _NEAR_LAB).mean())
    return Check(
        "palette_match",
        seen == len(asked) and stray < _STRAY_SHARE,
        f"{seen}/{len(asked)}",
    )
