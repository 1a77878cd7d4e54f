"""A sheet of numbered marks: lines, dots and shapes drawn one by one, coloured afterwards.

For up to 255 kinds of marks that share a tone; `cutouts.py` is for many strips of own tones."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw

from studio.families.drawings.paint import Paint
from studio.families.drawings.sheet import Floats, Mask, Sheet

_CHUNK = 4
"""Segments a polygon: a whole line as one polygon would be hollow where it crosses itself."""


class Labels:
    """One byte a pixel: 0 bare, else the number of the mark that lies on top."""

    def __init__(self, sheet: Sheet) -> None:
        self._unit = sheet.unit
        self._image = Image.new("L", (sheet.width, sheet.height))
        self._draw = ImageDraw.Draw(self._image)

    def polygon(self, points: Sequence[Sequence[float]] | Floats, label: int) -> None:
        """Fill a polygon given in units."""
        self._draw.polygon(self._pixels(np.asarray(points)), fill=label)

    def spot(self, centre: Sequence[float] | Floats, radius: float, label: int) -> None:
        """Fill a disc given in units."""
        x, y = (float(each) * self._unit - 0.5 for each in centre)
        reach = float(radius) * self._unit
        self._draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=label)

    def strand(self, path: Floats, half_widths: Floats | float, label: int) -> None:
        """A line along `path` [n, 2] whose half width [n] changes on the way, with round ends."""
        half = np.broadcast_to(np.asarray(half_widths, float), (len(path),))
        along = np.gradient(path, axis=0)
        along /= np.maximum(np.hypot(along[:, 0], along[:, 1]), 1e-9)[:, None]
        out = np.stack([-along[:, 1], along[:, 0]], 1) * half[:, None]
        left, right = path + out, path - out
        for start in range(0, len(path) - 1, _CHUNK):
            part = slice(start, start + _CHUNK + 1)
            self.polygon(np.concatenate([left[part], right[part][::-1]]), label)
        for end in (0, -1):
            self.spot(path[end], half[end], label)

    def array(self) -> Floats:
        """The numbers so far, [h, w]."""
        return np.asarray(self._image)

    def lay_on(
        self, paint: Paint, tones: Sequence[float], relief: Floats | float = 0.0
    ) -> tuple[Floats, Mask]:
        """Paint every mark with the tone of its number (`tones[0]` is number 1).

        Returns the numbers [h, w] and where there are any."""
        numbers = self.array()
        marked = np.asarray(numbers > 0)
        table = np.asarray([0.0, *tones], np.float32)
        paint.lay(marked, table[numbers], relief)
        return numbers, marked

    def _pixels(self, points: Floats) -> list[float]:
        flat: list[float] = (points * self._unit - 0.5).ravel().tolist()
        return flat
