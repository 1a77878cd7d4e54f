"""Plans the brush strokes of a picture, in unit coordinates (the longer edge is 1).

Broad ones first and everywhere; finer ones towards the borders of forms, along the picture's
structure, curved with it. After Hertzmann 1998, "Painterly rendering with curved brush strokes of
multiple sizes", and, for the directions, the structure tensor (Foerstner and Guelch 1987).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from studio.render.finishes.areas import Areas
from studio.render.oklab import oklab, srgb

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]

FREE = -1
"""The area of strokes that may cross borders."""
_FIELD_EDGE = 96
_SPACING = 1.3
"""Strokes lie this many widths apart."""
_CURL = 0.35
"""How far (radians) directions wander where no form leads them."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """One brush: its width, how near to a border it is used, and how often elsewhere."""

    width: float
    near: float
    elsewhere: float


_LAYERS = (
    _Layer(0.088, 9.0, 1.0),
    _Layer(0.044, 9.0, 1.0),
    _Layer(0.0225, 0.026, 0.36),
    _Layer(0.0125, 0.009, 0.04),
)


@dataclass(frozen=True, slots=True)
class Strokes:
    """m strokes in painting order; all lengths in units."""

    centres: Floats
    """[m, 2] x, y."""
    angles: Floats
    half_lengths: Floats
    half_widths: Floats
    bends: Floats
    """Sideways shift at the ends, in half widths."""
    colours: Floats
    """[m, 3] sRGB 0..1."""
    tints: Floats
    """[m, 3] what is added on a bristle's crest and taken in its furrow."""
    areas: Integers
    """[m] the area a stroke stays in, or FREE."""
    bristles: Floats
    """[m] 0..1: which part of the brush sheet it is painted with."""


def planned(areas: Areas, depth: Floats, rng: np.random.Generator, scale: float) -> Strokes:
    """All strokes for a composition; `depth` [p, q] is the distance to the nearest border in
    units, `scale` 1 the usual brush."""
    angles = _directions(areas.flat, rng)
    layers = []
    for number, layer in enumerate(_LAYERS):
        width = layer.width * scale
        centres = _places(rng, layer, width, depth)
        labels = None if number == 0 else areas.labels
        layers.append(_layer(rng, centres, width, areas.flat, angles, labels))
    return Strokes(*(np.concatenate(parts) for parts in zip(*layers, strict=True)))


def _directions(flat: NDArray[np.uint8], rng: np.random.Generator) -> Floats:
    """[2, f, f]: cosine and sine of twice the angle along which forms run.

    Where nothing runs, the direction comes from further and further around."""
    height, wide = flat.shape[:2]
    size = tuple(max(8, round(_FIELD_EDGE * each / max(height, wide))) for each in (wide, height))
    small = Image.fromarray(flat).convert("L").resize((size[0], size[1]), Image.Resampling.BOX)
    grey = np.asarray(small, np.float32) / 255
    down, across = np.gradient(ndimage.gaussian_filter(grey, 0.7))
    double = np.stack([down**2 - across**2, -2 * across * down])
    gathered = sum(
        trust * ndimage.gaussian_filter(double, (0, radius, radius))
        for radius, trust in ((1.0, 1.0), (3.0, 0.25), (8.0, 0.06), (20.0, 0.02))
    )
    wander = ndimage.gaussian_filter(rng.standard_normal(grey.shape), 7)
    turn = np.arctan2(gathered[1], gathered[0]) + 2 * _CURL * wander / (wander.std() + 1e-9)
    return np.stack([np.cos(turn), np.sin(turn)])


def _places(rng: np.random.Generator, layer: _Layer, width: float, depth: Floats) -> Floats:
    """A jittered grid of centres [m, 2], shuffled, kept where the layer is wanted."""
    height, wide = (each / max(depth.shape) for each in depth.shape)
    step = _SPACING * width
    grid = np.mgrid[0 : height + step : step, 0 : wide + step : step].reshape(2, -1).T[:, ::-1]
    grid = grid + rng.uniform(-0.5, 0.5, grid.shape) * step
    grid = grid[rng.permutation(len(grid))]
    lucky = rng.uniform(size=len(grid)) < layer.elsewhere
    return np.asarray(grid[lucky | (_at(depth, grid) < layer.near)])


def _at(plane: NDArray[Any], centres: Floats) -> NDArray[Any]:
    """The plane's value [p, q, ...] at unit coordinates [m, 2]."""
    scale = max(plane.shape[:2])
    row = np.clip((centres[:, 1] * scale).astype(int), 0, plane.shape[0] - 1)
    column = np.clip((centres[:, 0] * scale).astype(int), 0, plane.shape[1] - 1)
    return np.asarray(plane[row, column])


def _angles_at(field: Floats, centres: Floats) -> Floats:
    pair = _at(np.moveaxis(field, 0, -1), centres)
    return np.asarray(0.5 * np.arctan2(pair[:, 1], pair[:, 0]))


def _layer(
    rng: np.random.Generator,
    centres: Floats,
    width: float,
    flat: NDArray[np.uint8],
    field: Floats,
    labels: Integers | None,
) -> tuple[NDArray[Any], ...]:
    """One brush's strokes, as the fields of `Strokes`."""
    count = len(centres)
    angles = _angles_at(field, centres) + rng.normal(0, 0.09, count)
    half = width * rng.uniform(1.35, 2.5, count)
    ahead = half[:, None] * np.stack([np.cos(angles), np.sin(angles)], 1)
    turned = _angles_at(field, centres + ahead) - _angles_at(field, centres - ahead)
    # Directions have no front and back: the smaller of the two turns is meant.
    turned = (turned + np.pi / 2) % np.pi - np.pi / 2
    half_widths = 0.5 * width * rng.uniform(0.8, 1.2, count)
    bends = np.clip(0.25 * turned * half / half_widths, -1.6, 1.6)
    lab = oklab(_at(flat, centres) / 255)
    # Dark paint shows small differences as loud ones.
    lively = 0.35 + 0.65 * lab[:, :1]
    lab += lively * rng.normal(0, 1, (count, 3)) * np.array([0.018, 0.008, 0.008])
    crest = lab + lively * rng.normal(0, 1, (count, 3)) * np.array([0.036, 0.012, 0.012])
    colours = srgb(lab)
    areas = np.full(count, FREE) if labels is None else _at(labels, centres)
    tints = srgb(crest) - colours
    return centres, angles, half, half_widths, bends, colours, tints, areas, rng.uniform(size=count)
