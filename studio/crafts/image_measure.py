"""What a picture measures on the scales of its plan. One function judges training pictures,
conditions the models and checks results, so "density 0.3" means the same everywhere.

Every measure is in 0..1 and taken at 64 x 64, so it does not depend on the picture's size.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIDE = 64
_EDGE = 0.09
"""Step of stretched luminance across two pixels that the eye reads as an edge."""


def measured(rgb: NDArray[np.uint8]) -> dict[str, float]:
    """warmth, saturation, brightness, contrast, density, movement, angularity of [H, W, 3] bytes.

    warmth: mean over the picture, 0.5 neutral. contrast: spread of lightness. density: how much
    of the surface is edge. movement: edges that are neither upright nor level, weighted by how
    many there are. angularity: how straight the edges run, in how few directions.
    """
    small = shrunk(rgb, SIDE)
    lab = to_lab(small)
    each = np.full((1, SIDE * SIDE), 1 / (SIDE * SIDE))
    colours = colour_numbers(each, lab.reshape(1, -1, 3))
    return {name: float(value[0]) for name, value in colours.items()} | structure(lab[..., 0] / 100)


def shrunk(rgb: NDArray[np.uint8], side: int) -> Floats:
    """[H, W, 3] bytes -> [side, side, 3] area averages in 0..1; the centre square is taken."""
    height, width = rgb.shape[:2]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    square = rgb[top : top + edge, left : left + edge].astype(np.float64) / 255
    if edge < side:
        nearest = np.arange(side) * edge // side
        near: Floats = square[nearest][:, nearest]
        return near
    cuts = np.linspace(0, edge, side + 1).astype(int)[:-1]
    rows = np.add.reduceat(square, cuts, axis=0)
    cells = np.add.reduceat(rows, cuts, axis=1)
    counts = np.diff(np.append(cuts, edge))
    averages: Floats = cells / (counts[:, None, None] * counts[None, :, None])
    return averages


def to_lab(rgb: Floats) -> Floats:
    """sRGB in 0..1, [..., 3] -> CIE Lab (D65)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    matrix = np.array(
        [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    )
    xyz = linear @ matrix.T / np.array([0.95047, 1.0, 1.08883])
    root = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    x, y, z = root[..., 0], root[..., 1], root[..., 2]
    lab: Floats = np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
    return lab


def colour_numbers(areas: Floats, lab: Floats) -> dict[str, Floats]:
    """The four colour measures of pictures given as areas [n, k] (sum 1) of colours [n, k, 3]."""
    angle = np.deg2rad(50.0)
    along = lab[..., 1] * np.cos(angle) + lab[..., 2] * np.sin(angle)
    chroma = np.hypot(lab[..., 1], lab[..., 2])
    light = (areas * lab[..., 0]).sum(-1)
    spread = np.sqrt((areas * (lab[..., 0] - light[..., None]) ** 2).sum(-1))
    return {
        "warmth": np.clip(0.5 + (areas * along).sum(-1) / 110, 0, 1),
        "saturation": np.clip((areas * chroma).sum(-1) / 70, 0, 1),
        "brightness": np.clip(light / 100, 0, 1),
        "contrast": np.clip(spread / 32, 0, 1),
    }


def structure(luminance: Floats) -> dict[str, float]:
    """density, movement, angularity of a [64, 64] luminance in 0..1.

    The luminance is stretched first: a pale picture may be as crowded as a bold one.
    """
    low, high = np.quantile(luminance, (0.01, 0.99))
    luminance = luminance / max(0.3, float(high - low))
    across = (np.roll(luminance, -1, 1) - np.roll(luminance, 1, 1))[1:-1, 1:-1]
    down = (np.roll(luminance, -1, 0) - np.roll(luminance, 1, 0))[1:-1, 1:-1]
    strength = np.hypot(across, down)
    edges = float((strength > _EDGE).mean())
    slanted = 2 * np.abs(across * down) / np.maximum(strength, 1e-9)
    lean = float(slanted.sum() / max(strength.sum(), 1e-9)) if edges > 0 else 0.0
    return {
        "density": _unit(edges / 0.85),
        "movement": _unit(1.6 * lean * edges**0.7),
        "angularity": _angularity(across, down) if edges > 0 else 0.0,
    }


def _coherence(across: Floats, down: Floats) -> float:
    """How much neighbouring edges (7 x 7) agree in direction, weighted by their energy."""
    xx, yy, xy = (_boxed(each) for each in (across**2, down**2, across * down))
    energy = xx + yy
    agreement = np.sqrt((xx - yy) ** 2 + 4 * xy**2)
    return float(agreement.sum() / max(energy.sum(), 1e-9))


def _angularity(across: Floats, down: Floats) -> float:
    """Straight edges in few directions: mean of local agreement and of shared directions."""
    twice = 2 * np.arctan2(down, across)
    weights = np.hypot(across, down)
    shares, _ = np.histogram(twice, bins=24, range=(-np.pi, np.pi), weights=weights)
    shared = float(np.sort(shares)[-6:].sum() / max(shares.sum(), 1e-9))
    local = _coherence(across, down)
    return _unit(0.5 * (local - 0.5) / 0.35 + 0.5 * (shared - 0.3) / 0.6)


def _boxed(values: Floats, reach: int = 3) -> Floats:
    """Mean of each cell's square neighbourhood, empty outside; by sums over corners."""
    size = 2 * reach + 1
    sums = np.pad(values, reach + 1)[:-1, :-1].cumsum(0).cumsum(1)
    boxes = sums[size:, size:] - sums[:-size, size:] - sums[size:, :-size] + sums[:-size, :-size]
    return np.asarray(boxes / size**2)


def _unit(value: float) -> float:
    return min(1.0, max(0.0, value))
