"""The crafts of the studio. A new one is a file beside this one and a line below."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType

from studio.crafts.craft import Craft

NAMES = (
    "writing",
    "poetry",
    "melody",
    "image",
    "ad_copy",
    "kit",
)
"""The modules that declare a CRAFT, in the order of the tabs."""


def _declared(name: str) -> Craft:
    craft: Craft = importlib.import_module(f"studio.crafts.{name}").CRAFT
    return craft


CRAFTS: Mapping[str, Craft] = MappingProxyType(
    {craft.name: craft for craft in map(_declared, NAMES)}
)
"""Name -> declaration."""
