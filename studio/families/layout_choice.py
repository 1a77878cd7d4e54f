"""How the asked colours lie over a layout's eight slots, so that each of them is seen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np

from studio.crafts.palette import SLOTS, spread_over

_SEEN_SHARE = 0.02
"""A colour that was asked for covers at least this much of the layout."""


def shown_palette(asked: Sequence[str], areas: Sequence[float]) -> tuple[str, ...]:
    """The asked colours over the slots so that each is seen, as evenly as that allows.

    A calm layout uses few of its eight slots: an even spread could leave a colour out."""
    return spread_over(asked, _sizes(len(asked), areas))


def _sizes(count: int, areas: Sequence[float]) -> list[int]:
    """How many neighbouring slots each colour gets, dark to light."""
    count = min(count, SLOTS)
    even = [SLOTS // count + (1 if place < SLOTS % count else 0) for place in range(count)]
    splits = [
        [b - a for a, b in pairwise((0, *cuts, SLOTS))]
        for cuts in combinations(range(1, SLOTS), count - 1)
    ]

    def worth(sizes: list[int]) -> tuple[float, int]:
        uneven = sum(abs(a - b) for a, b in zip(sizes, even, strict=True))
        return min(_least(areas, sizes), _SEEN_SHARE), -uneven

    return max(splits, key=worth)


def _least(areas: Sequence[float], sizes: Sequence[int]) -> float:
    """The area of the colour that is seen least."""
    bounds = np.cumsum([0, *sizes]).tolist()
    return min(sum(areas[a:b]) for a, b in pairwise(bounds))
