"""The paper that drawings are made on: coordinates, smooth noise and hard-edged shapes.

Everything is in units of the paper's size (the square root of its area is 1), so one seed makes one
picture at any resolution: nothing drawn from a generator may depend on the number of pixels.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Whole = NDArray[np.signedinteger[Any]]
Rng = np.random.Generator
Point = tuple[float, float]

TOP = 7
"""The lightest tone; 0 is the darkest. Tones between whole ones are blends of two neighbours."""


@dataclass(frozen=True)
class Sheet:
    """`height` x `width` pixels; x runs over 0..`wide`, y over 0..`high` units."""

    height: int
    width: int

    @cached_property
    def unit(self) -> float:
        """Pixels a unit."""
        return float(np.sqrt(self.height * self.width))

    @property
    def wide(self) -> float:
        """Width, units."""
        return self.width / self.unit

    @property
    def high(self) -> float:
        """Height, units."""
        return self.height / self.unit

    @cached_property
    def x(self) -> Floats:
        """[height, width] units, float32."""
        row = (np.arange(self.width, dtype=np.float32) + 0.5) / np.float32(self.unit)
        return np.broadcast_to(row, (self.height, self.width))

    @cached_property
    def y(self) -> Floats:
        """[height, width] units, float32."""
        column = (np.arange(self.height, dtype=np.float32) + 0.5) / np.float32(self.unit)
        return np.broadcast_to(column[:, None], (self.height, self.width))

    @property
    def middle(self) -> Point:
        """The centre of the paper, units."""
        return self.wide / 2, self.high / 2

    def turned(self, angle: float, centre: Point = (0.0, 0.0)) -> tuple[Floats, Floats]:
        """Coordinates [h, w] in units from `centre`, along an angle (radians) and across it."""
        cos, sin = np.float32(math.cos(angle)), np.float32(math.sin(angle))
        x, y = self.x - np.float32(centre[0]), self.y - np.float32(centre[1])
        return x * cos + y * sin, y * cos - x * sin

    def place(self, rng: Rng, margin: float = 0.0) -> Point:
        """A point inside the margin (units)."""
        return (
            float(rng.uniform(margin, self.wide - margin)),
            float(rng.uniform(margin, self.high - margin)),
        )

    def noise(self, rng: Rng, cells: float, octaves: int = 1, gain: float = 0.5) -> Floats:
        """Smooth noise [height, width] of about unit spread; `cells` features a unit."""
        total = np.zeros((self.height, self.width), np.float32)
        for octave in range(octaves):
            total += gain**octave * self._lattice(rng, cells * 2**octave)
        spread = np.sqrt(sum(gain ** (2 * octave) for octave in range(octaves)))
        return np.asarray(total / spread, np.float32)

    def _lattice(self, rng: Rng, cells: float) -> Floats:
        """One octave: random values on a lattice, cubic between them."""
        # One size of lattice for every aspect keeps the stream of the generator the same.
        side = int(np.ceil(2.2 * cells)) + 4
        values = rng.standard_normal((side, side)).astype(np.float32)
        return self.stretched(values, 1.5, cells) * 1.3

    def stretched(self, values: Floats, rim: float, cells: float) -> Floats:
        """A coarse grid of values as a smooth map [h, w], cubic between them.

        The sheet begins `rim` cells inside the grid and has `cells` of them a unit."""
        box = (rim, rim, rim + self.wide * cells, rim + self.high * cells)
        picture = Image.fromarray(values.astype(np.float32))
        size = (self.width, self.height)
        return np.asarray(picture.resize(size, Image.Resampling.BICUBIC, box=box), np.float32)

    def polygon(self, points: Sequence[Point]) -> Mask:
        """Where a filled polygon covers the paper, hard-edged."""
        return self._drawn("polygon", points)

    def disc(self, centre: Point, radius: float) -> Mask:
        """Where a disc covers the paper."""
        away = np.square(self.x - centre[0]) + np.square(self.y - centre[1])
        return np.asarray(away < radius * radius)

    def line(self, points: Sequence[Point], width: float) -> Mask:
        """Where a polyline of `width` units with round joints covers the paper."""
        image = Image.new("1", (self.width, self.height))
        pixels = max(1, round(width * self.unit))
        path = [(x * self.unit, y * self.unit) for x, y in points]
        ImageDraw.Draw(image).line(path, fill=1, width=pixels, joint="curve")
        return np.asarray(image, bool)

    def _drawn(self, shape: str, points: Sequence[Point]) -> Mask:
        image = Image.new("1", (self.width, self.height))
        path = [(x * self.unit, y * self.unit) for x, y in points]
        getattr(ImageDraw.Draw(image), shape)(path, fill=1)
        return np.asarray(image, bool)
