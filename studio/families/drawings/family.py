"""What a family of drawings is: a name, the style it belongs to, words for it, and its function."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Rng, Sheet


@dataclass(frozen=True, slots=True)
class Family:
    """One way of drawing. `draw` must honour the wish as far as the family can."""

    name: str
    style: str
    """One of `studio.families.composition.STYLES`."""
    english: tuple[str, ...]
    """Three or more short captions: what a person would write to get this."""
    chinese: tuple[str, ...]
    draw: Callable[[Sheet, Rng, Wish], Paint]
