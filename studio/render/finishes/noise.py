"""Procedural noise: the same at any resolution, because it is a function of unit coordinates.

One smooth random table, periodic, is read at scaled, turned and shifted coordinates. Detail finer
than the pixels fades out instead of flickering.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from studio.render.finishes.sampling import sampled

Floats = NDArray[np.floating[Any]]

_CELLS = 192
"""Period of the table in cells; it returns turned, so nobody sees it."""
_TEXELS = 5
"""Table entries per cell."""


@cache
def _table() -> Floats:
    """[1, n, n], unit variance, one cell more than its period on the far sides."""
    lattice = np.random.default_rng(20).standard_normal((_CELLS, _CELLS))
    edge = _CELLS * _TEXELS
    spectrum = np.fft.fft2(np.kron(lattice, np.ones((_TEXELS, _TEXELS))))
    wave = np.fft.fftfreq(edge)
    soft = np.exp(-2 * (np.pi * 0.62 * _TEXELS * wave) ** 2)
    smooth = np.fft.ifft2(spectrum * soft[:, None] * soft[None]).real
    smooth = (smooth - smooth.mean()) / smooth.std()
    return np.pad(smooth, (0, _TEXELS), mode="wrap").astype(np.float32)[None]


def noise(
    x: Floats, y: Floats, frequency: float | tuple[float, float], seed: int, pixel: float = 0.0
) -> Floats:
    """Noise of unit variance at x, y (units); `frequency` in cells per unit, one or (x, y).

    `pixel` is a pixel's size in units: cells smaller than two pixels fade to nothing.
    """
    across, down = frequency if isinstance(frequency, tuple) else (frequency, frequency)
    visible = float(np.clip(1 / max(1e-9, max(across, down) * pixel) / 1.6 - 0.6, 0, 1))
    if not visible:
        return np.zeros(x.shape, np.float32)
    turn, shift_x, shift_y = np.random.default_rng([seed % 2**63, 9]).uniform(0, 1, 3)
    u, v = x * np.float32(across), y * np.float32(down)
    cos, sin = np.float32(np.cos(6.283 * turn)), np.float32(np.sin(6.283 * turn))
    span = _CELLS + 1
    cell_x = np.mod(u * cos - v * sin + np.float32(shift_x * _CELLS), np.float32(_CELLS))
    cell_y = np.mod(u * sin + v * cos + np.float32(shift_y * _CELLS), np.float32(_CELLS))
    found = sampled(_table(), cell_x / span, cell_y / span)[0]
    return np.asarray(found if visible == 1 else found * np.float32(visible))


def fractal(
    x: Floats, y: Floats, frequency: float, seed: int, octaves: int = 4, pixel: float = 0.0
) -> Floats:
    """Sum of octaves, each twice as fine and half as strong; about unit variance."""
    total = noise(x, y, frequency, seed, pixel)
    for octave in range(1, octaves):
        total = (
            total + noise(x, y, frequency * 2.03**octave, seed + 1009 * octave, pixel) * 0.5**octave
        )
    return np.asarray(total / 1.15, np.float32)
