"""How the drawing tests draw and measure: one grey picture a seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.crafts.image_measure import measured
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Sheet

_SEEDS = range(4)


def drawn(family: Family, seed: int, wish: Wish, height: int = 72, width: int = 72) -> Paint:
    return family.draw(Sheet(height, width), np.random.default_rng(seed), wish)


def grey(paint: Paint) -> NDArray[np.uint8]:
    """The drawing with an even grey for every tone, and its relief."""
    shade = np.clip(paint.tone / TOP * 255 * (1 + 0.1 * paint.relief), 0, 255).astype(np.uint8)
    return np.repeat(shade[..., None], 3, axis=2)


def mean_measure(family: Family, name: str, wish: Wish) -> float:
    """The mean of one measure over some seeds."""
    return float(np.mean([measured(grey(drawn(family, seed, wish)))[name] for seed in _SEEDS]))


def likeness(first: Paint, second: Paint) -> float:
    """Correlation of two drawings' tones."""
    return float(np.corrcoef(first.tone.ravel(), second.tone.ravel())[0, 1])


def halved(paint: Paint) -> Paint:
    """The drawing at half its size: the mean of every two by two pixels."""
    height, width = paint.tone.shape
    pooled = [
        each.reshape(height // 2, 2, width // 2, 2).mean((1, 3))
        for each in (paint.tone, paint.relief)
    ]
    return Paint(*pooled)
