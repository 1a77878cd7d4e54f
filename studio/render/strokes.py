"""Plans the brush strokes of a picture, in unit coordinates (the longer edge is 1).

Broad ones first, finer ones where the broad ones miss a form, each along the picture's structure
(structure tensor) and ended where the colour changes. After Hertzmann 1998, "Painterly rendering
with curved brush strokes of multiple sizes".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Floats = NDArray[np.floating[Any]]

PLAN_EDGE = 256
"""Strokes are planned on a copy of this size."""
BRUSHES = 12
"""How many brush marks there are to choose from."""
_WIDTHS = (0.12, 0.06, 0.03, 0.0155, 0.0085)
"""Brush widths, broad to fine, as shares of the longer edge."""
_SPACING = 0.72
_MISSED = (0.0, 0.03, 0.04, 0.05, 0.07)
"""How far the colour must be off before a finer layer paints there (RGB distance, 0..1)."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """m strokes in painting order; all lengths in units of the longer edge."""

    centres: Floats
    """[m, 2] x, y."""
    angles: Floats
    half_lengths: Floats
    half_widths: Floats
    bends: Floats
    """Sideways shift at the ends, in half widths."""
    colours: Floats
    """[m, 3] in 0..1."""
    brushes: NDArray[np.int64]


def planned(composition: Image.Image, seed: int) -> Strokes:
    """All strokes of a picture, broad to fine."""
    rng = np.random.default_rng([seed % 2**63, 77])
    long = max(composition.size)
    shape = tuple(max(8, round(PLAN_EDGE * each / long)) for each in composition.size)
    small = composition.convert("RGB").resize((shape[0], shape[1]), Image.Resampling.LANCZOS)
    angle, calm = _directions(small)
    seen: Floats | None = None
    layers = []
    for width, missed in zip(_WIDTHS, _MISSED, strict=True):
        target = _blurred(small, 0.28 * width * PLAN_EDGE)
        layer = _layer(rng, target, seen, (angle, calm), width, missed)
        layers.append(layer)
        seen = _sketched(layer, seen, target.shape)
    return Strokes(*(np.concatenate(parts) for parts in zip(*layers, strict=True)))


def _blurred(image: Image.Image, radius: float) -> Floats:
    soft = image.filter(ImageFilter.GaussianBlur(radius)) if radius > 0.3 else image
    return np.asarray(soft, np.float32) / 255


def _directions(small: Image.Image) -> tuple[Floats, Floats]:
    """Along which angle forms run at each pixel, and how calm (0..1) the place is.

    Where nothing runs, the direction comes from further and further around."""
    grey = np.asarray(small.convert("L"), np.float32) / 255
    down, across = np.gradient(grey)
    double: Floats = np.stack([across**2 - down**2, 2 * across * down])
    energy: Floats = np.asarray(across**2 + down**2)
    gathered: Floats = np.zeros_like(double)
    for radius, trust in ((2, 1.0), (6, 0.2), (16, 0.04), (48, 0.01)):
        gathered += trust * np.stack([_smooth(double[0], radius), _smooth(double[1], radius)])
    angle = 0.5 * np.arctan2(gathered[1], gathered[0]) + np.pi / 2
    calm = 1 - np.clip(_smooth(energy, 3) / 0.004, 0, 1)
    return angle.astype(np.float32), calm.astype(np.float32)


def _smooth(values: Floats, radius: float) -> Floats:
    """Gaussian blur of one float plane, by three box blurs along each axis."""
    reach = max(1, round(radius))
    for axis in (0, 1):
        for _ in range(3):
            padded = np.pad(
                values, [(reach + 1, reach) if a == axis else (0, 0) for a in (0, 1)], mode="edge"
            )
            total = np.cumsum(padded, axis=axis, dtype=np.float64)
            high = np.take(total, range(2 * reach + 1, total.shape[axis]), axis)
            low = np.take(total, range(total.shape[axis] - 2 * reach - 1), axis)
            values = ((high - low) / (2 * reach + 1)).astype(np.float32)
    return values


Layer = tuple[Floats, Floats, Floats, Floats, Floats, Floats, NDArray[np.int64]]


def _layer(
    rng: np.random.Generator,
    target: Floats,
    seen: Floats | None,
    field: tuple[Floats, Floats],
    width: float,
    missed: float,
) -> Layer:
    """One brush width: a jittered grid of strokes, kept where the picture is not yet right."""
    height, wide = target.shape[:2]
    scale = max(height, wide)
    step = _SPACING * width
    grid = np.mgrid[0 : height / scale : step, 0 : wide / scale : step].reshape(2, -1).T
    spots = grid[:, ::-1] + rng.uniform(-0.6, 0.6, grid.shape) * step
    rng.shuffle(spots)
    rows, columns = _pixels(spots, scale, (height, wide))
    if seen is not None:
        off = np.linalg.norm(target - seen, axis=-1)
        keep = off[rows, columns] > missed
        spots, rows, columns = spots[keep], rows[keep], columns[keep]
    count = len(spots)
    calm = field[1][rows, columns]
    angles = field[0][rows, columns] + rng.normal(0, 1, count) * (0.1 + 0.35 * calm)
    halves = width * (0.9 + 1.3 * rng.random(count)) * (0.7 + 0.5 * calm)
    halves = _held(target, spots, angles, halves, (rows, columns))
    tone = rng.normal(0, 0.011, (count, 1)) + rng.normal(0, 0.006, (count, 3))
    return (
        spots.astype(np.float32),
        angles.astype(np.float32),
        halves.astype(np.float32),
        (0.5 * width * rng.uniform(0.8, 1.15, count)).astype(np.float32),
        rng.normal(0, 0.35, count).astype(np.float32),
        np.clip(target[rows, columns] + tone, 0, 1).astype(np.float32),
        rng.integers(0, BRUSHES, count),
    )


def _pixels(
    spots: NDArray[np.float64], scale: int, shape: tuple[int, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    rows = np.clip((spots[:, 1] * scale).astype(int), 0, shape[0] - 1)
    columns = np.clip((spots[:, 0] * scale).astype(int), 0, shape[1] - 1)
    return rows, columns


def _held(
    target: Floats,
    spots: NDArray[np.float64],
    angles: Floats,
    halves: Floats,
    at: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> NDArray[np.float64]:
    """Half lengths cut to where the colour under the brush stays the stroke's own."""
    shape, scale = target.shape[:2], max(target.shape[:2])
    own = target[at]
    along = np.stack([np.cos(angles), np.sin(angles)], 1)
    held = np.full(len(spots), 0.3)
    alive = np.ones(len(spots), bool)
    for reach in (0.3, 0.5, 0.75, 1.0):
        for side in (-1, 1):
            rows, columns = _pixels(spots + side * reach * halves[:, None] * along, scale, shape)
            alive &= np.linalg.norm(target[rows, columns] - own, axis=-1) < 0.12
        held[alive] = reach
    return np.asarray(halves * held)


def _sketched(layer: Layer, seen: Floats | None, shape: tuple[int, ...]) -> Floats:
    """What the planning copy looks like after this layer: plain bars, enough to find misses."""
    canvas = np.zeros(shape, np.float32) if seen is None else seen.copy()
    scale = max(shape[:2])
    centres, angles, lengths, widths, _, colours, _ = layer
    for (x, y), angle, long, wide, colour in zip(
        centres * scale, angles, lengths * scale, widths * scale, colours, strict=True
    ):
        reach = int(long + wide) + 1
        top, left = max(0, int(y) - reach), max(0, int(x) - reach)
        patch = canvas[top : int(y) + reach + 1, left : int(x) + reach + 1]
        if patch.size:
            down = np.arange(top, top + patch.shape[0], dtype=np.float32)[:, None] - y
            over = np.arange(left, left + patch.shape[1], dtype=np.float32)[None] - x
            u = over * np.cos(angle) + down * np.sin(angle)
            v = down * np.cos(angle) - over * np.sin(angle)
            patch[(np.abs(u) < long + 0.3 * wide) & (np.abs(v) < wide)] = colour
    return canvas
