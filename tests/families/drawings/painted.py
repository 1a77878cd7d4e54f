"""How the drawing tests draw and measure: one grey picture a seed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from studio.crafts.image_measure import measured
from studio.families.composition import STYLES
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import TOP, Sheet


def drawn(family: Family, seed: int, wish: Wish, height: int = 96, width: int = 96) -> Paint:
    return family.draw(Sheet(height, width), np.random.default_rng(seed), wish)


def grey(paint: Paint) -> NDArray[np.uint8]:
    """The drawing with an even grey for every tone, and its relief."""
    shade = np.clip(paint.tone / TOP * 255 * (1 + 0.1 * paint.relief), 0, 255).astype(np.uint8)
    return np.repeat(shade[..., None], 3, axis=2)


def mean_measure(family: Family, name: str, wish: Wish) -> float:
    """The mean of one measure over some seeds."""
    return float(np.mean([measured(grey(drawn(family, seed, wish)))[name] for seed in range(8)]))


def likeness_of_sizes(family: Family, seed: int) -> float:
    """Correlation of a small drawing and the pooled large one of the same seed."""
    wish = Wish(0.4, 0.5, 0.5)
    small = drawn(family, seed, wish, 128, 128).tone
    large = drawn(family, seed, wish, 512, 512).tone.reshape(128, 4, 128, 4).mean((1, 3))
    return float(np.corrcoef(small.ravel(), large.ravel())[0, 1])


def check_in_range(paint: Paint) -> None:
    """Tones and relief are finite and within their ranges; the paper is not bare."""
    assert np.isfinite(paint.tone).all()
    assert np.isfinite(paint.relief).all()
    assert paint.tone.min() >= 0
    assert paint.tone.max() <= TOP
    assert np.abs(paint.relief).max() <= 1
    assert np.ptp(paint.tone) >= 1


def check_described(family: Family) -> None:
    """A known style, and words in both languages."""
    assert family.style in STYLES
    assert len(set(family.english)) >= 3
    assert len(set(family.chinese)) >= 3
    assert all(any("一" <= sign <= "鿿" for sign in each) for each in family.chinese)
