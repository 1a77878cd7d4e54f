"""Reading plan-sized planes at unit coordinates, by torch's grid_sample (fast on one core)."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]


def sampled(
    planes: Floats, x: Floats, y: Floats, mode: Literal["bilinear", "bicubic"] = "bilinear"
) -> Floats:
    """[k, p, q] planes (longer edge = 1 unit) at x, y [h, w] -> [k, h, w]; edges go on outside."""
    long = max(planes.shape[1:])
    grid = np.empty((*x.shape, 2), np.float32)
    np.multiply(x, 2 * long / planes.shape[2], out=grid[..., 0])
    np.multiply(y, 2 * long / planes.shape[1], out=grid[..., 1])
    grid -= 1
    found = F.grid_sample(
        torch.from_numpy(np.ascontiguousarray(planes, np.float32))[None],
        torch.from_numpy(grid)[None],
        mode=mode,
        padding_mode="border",
        align_corners=False,
    )
    return np.asarray(found[0].numpy())
