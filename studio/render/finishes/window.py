"""A part of a picture that is being painted, and painting a whole picture part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Floats = NDArray[np.floating[Any]]

TILE_PX = 768


@dataclass(frozen=True, slots=True)
class Window:
    """Pixel rows top..bottom and columns left..right of a picture of width x height pixels.

    May reach beyond the picture. Unit coordinates: the picture's longer edge is 1.
    """

    left: int
    top: int
    right: int
    bottom: int
    width: int
    height: int

    @property
    def long(self) -> int:
        """Pixels of the longer edge: pixels per unit."""
        return max(self.width, self.height)

    @property
    def shape(self) -> tuple[int, int]:
        return self.bottom - self.top, self.right - self.left

    def grown(self, margin: int) -> Window:
        """The same with `margin` more pixels on every side."""
        return Window(
            self.left - margin,
            self.top - margin,
            self.right + margin,
            self.bottom + margin,
            self.width,
            self.height,
        )

    def grid(self) -> tuple[Floats, Floats]:
        """x and y of every pixel's centre in unit coordinates, each [h, w] float32."""
        x = (np.arange(self.left, self.right) + 0.5) / self.long
        y = (np.arange(self.top, self.bottom) + 0.5) / self.long
        return (
            np.broadcast_to(x.astype(np.float32)[None], self.shape),
            np.broadcast_to(y.astype(np.float32)[:, None], self.shape),
        )


def painted(paint: Callable[[Window], Floats], width: int, height: int) -> Image.Image:
    """The whole picture, tile by tile: memory stays small at any size."""
    canvas = np.empty((height, width, 3), np.uint8)
    for window in _tiles(width, height):
        tile = np.clip(paint(window) * 255 + 0.5, 0, 255)
        canvas[window.top : window.bottom, window.left : window.right] = tile
    return Image.fromarray(canvas)


def _tiles(width: int, height: int) -> Iterator[Window]:
    for top in range(0, height, TILE_PX):
        for left in range(0, width, TILE_PX):
            right, bottom = min(left + TILE_PX, width), min(top + TILE_PX, height)
            yield Window(left, top, right, bottom, width, height)
