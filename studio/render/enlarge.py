"""The finish "smooth": a composition at another size, its flat shapes with clean contours."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageFilter


def enlarged(image: Image.Image, size: int) -> Image.Image:
    """The longer edge becomes `size` px. Enlarging keeps contours as sharp as they were.

    Lanczos, then each pixel goes to the nearer of its surroundings' extremes (a toggle mapping,
    Kramer and Bruckner 1975), which turns ramps into steps, then one pixel of softness again.
    """
    long = max(image.size)
    width, height = (max(1, round(size * each / long)) for each in image.size)
    resized = image.resize((width, height), Image.Resampling.LANCZOS)
    return resized if size <= long else _toggled(resized, size / long)


def _toggled(image: Image.Image, factor: float) -> Image.Image:
    reach = 2 * round(0.6 * factor) + 1
    high = np.asarray(image.filter(ImageFilter.MaxFilter(max(3, reach))), np.int16)
    low = np.asarray(image.filter(ImageFilter.MinFilter(max(3, reach))), np.int16)
    between = np.asarray(image, np.int16)
    steps = np.where(between - low < high - between, low, high).astype(np.uint8)
    return Image.fromarray(steps).filter(ImageFilter.GaussianBlur(0.35 + 0.2 * factor))
