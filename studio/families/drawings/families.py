"""All families of drawings, and the one way to draw."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from studio.families.drawings import (
    cells,
    circles,
    drips,
    fields,
    flows,
    fluids,
    gestures,
    grids,
    papers,
    planes,
    signs,
    silences,
    waters,
)
from studio.families.drawings.family import Family
from studio.families.drawings.paint import Paint, Wish
from studio.families.drawings.sheet import Sheet

_GROUPS = (
    *(cells, circles, drips, fields, flows, fluids, gestures),
    *(grids, papers, planes, signs, silences, waters),
)

DRAWINGS: Mapping[str, Family] = MappingProxyType(
    {family.name: family for group in _GROUPS for family in group.FAMILIES}
)
"""Every family by its name."""


def drawing(name: str, seed: int, wish: Wish, size: tuple[int, int]) -> Paint:
    """A drawing of the family, (height, width) pixels; the same at any size of one aspect.

    Raises KeyError for an unknown family."""
    rng = np.random.default_rng([seed % 2**63, zlib.crc32(name.encode())])
    return DRAWINGS[name].draw(Sheet(*size), rng, wish).limited()


def of_style(style: str) -> tuple[Family, ...]:
    """The families of a style, in a fixed order."""
    return tuple(each for each in DRAWINGS.values() if each.style == style)
