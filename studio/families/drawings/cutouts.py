"""Many strips laid on a paper in one go, each with a tone of its own.

For strands, ribbons and short brush marks by the hundred; `labels.py` is for marks of few tones."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw

from studio.families.drawings.paint import Paint
from studio.families.drawings.sheet import Floats, Sheet


class Cutouts:
    """Strips of paper in the order they are added, each with a tone and a relief."""

    def __init__(self, sheet: Sheet) -> None:
        self._unit = sheet.unit
        self._image = Image.new("I", (sheet.width, sheet.height))
        self._pen = ImageDraw.Draw(self._image)
        self._tones, self._reliefs = [0.0], [0.0]

    def strands(self, paths: Floats, halves: Floats, tones: Floats, reliefs: Floats) -> None:
        """Bands along paths [n, t, 2] of half widths [n, t], one over the other.

        Each is cut lengthwise into the k stripes whose tones and reliefs [n, k] are given."""
        along = np.gradient(paths, axis=1)
        away = np.stack([-along[..., 1], along[..., 0]], -1)
        away *= (halves / np.maximum(np.hypot(along[..., 0], along[..., 1]), 1e-9))[..., None]
        cuts = np.linspace(-1, 1, tones.shape[1] + 1)[:, None, None, None]
        rails = (paths + cuts * away) * self._unit
        sides = np.concatenate([rails[:-1], rails[1:, :, ::-1]], 2)
        outlines = sides.transpose(1, 0, 2, 3).reshape(tones.size, -1).tolist()
        for number, outline in enumerate(outlines, len(self._tones)):
            self._pen.polygon(outline, fill=number)
        self._tones += tones.ravel().tolist()
        self._reliefs += reliefs.ravel().tolist()

    def lay_on(self, paint: Paint) -> None:
        """Cover what lies under the polygons."""
        top = np.asarray(self._image)
        covered = top > 0
        paint.lay(covered, np.asarray(self._tones, np.float32)[top])
        paint.relief[covered] = np.asarray(self._reliefs, np.float32)[top][covered]
