"""Which of a row's sketched layouts is painted, and how the asked colours lie over its slots."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
from torch import Tensor

from studio.crafts.image_measure import colour_numbers, to_lab
from studio.crafts.palette import SLOTS, hex_to_rgb, spread_over
from studio.families.picture_order import PictureOrder

_SEEN_SHARE = 0.02
"""A colour that was asked for covers at least this much of the layout."""
_UNSEEN_COST = 1.5


def fitness(order: PictureOrder, share: Tensor) -> float:
    """How well a sketch [8, 16, 16] keeps its order; higher is better, 0 is perfect."""
    areas = share.mean((1, 2)).double().numpy()
    sizes = _sizes(len(order.palette), areas.tolist())
    palette = spread_over(order.palette, sizes)
    lab = to_lab(np.array([hex_to_rgb(each) for each in palette]) / 255.0)
    got = colour_numbers(areas, lab)
    missed = [abs(float(got[name]) - order.numbers[name]) for name in got if name in order.numbers]
    unseen = 1 - _least(areas.tolist(), sizes) / _SEEN_SHARE
    return -sum(missed) - _UNSEEN_COST * max(0.0, unseen)


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
