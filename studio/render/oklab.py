"""OKLab, the colour space in which distances look as large as they are, on arrays.

After Ottosson 2020, "A perceptual color space for image processing"; sRGB after IEC 61966-2-1.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.floating[Any]]

_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def linear(srgb: ArrayLike) -> Floats:
    """Light of sRGB values, both 0..1."""
    values = np.asarray(srgb, np.float64)
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def companded(light: ArrayLike) -> Floats:
    """sRGB values of light, both 0..1; what is outside is clipped."""
    values = np.clip(np.asarray(light, np.float64), 0, 1)
    return np.where(values <= 0.0031308, 12.92 * values, 1.055 * values ** (1 / 2.4) - 0.055)


def oklab(srgb: ArrayLike) -> Floats:
    """[..., 3] sRGB 0..1 -> [..., 3] lightness 0..1, a, b."""
    return np.asarray(np.cbrt(linear(srgb) @ _TO_CONES.T) @ _TO_LAB.T)


def srgb(lab: ArrayLike) -> Floats:
    """[..., 3] OKLab -> [..., 3] sRGB 0..1, clipped to what a screen shows."""
    cones = (np.asarray(lab, np.float64) @ np.linalg.inv(_TO_LAB).T) ** 3
    return companded(cones @ np.linalg.inv(_TO_CONES).T)
