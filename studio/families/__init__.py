"""What can run weights. A new family is one file and one line of this table.

The families are imported when they are needed, not before: torch takes seconds to import.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol, cast

from studio.catalog import Card, Catalog
from studio.engine.family import Family
from studio.errors import NotReady

FAMILIES: Mapping[str, str] = MappingProxyType(
    {
        "causal_lm": "studio.families.causal_lm:CausalLm",
        "gan": "studio.families.gan:Gan",
        "remote": "studio.families.remote:Remote",
        "diffusion": "studio.families.diffusion:Diffusion",
        "music_gen": "studio.families.music_gen:MusicGen",
        "fake": "studio.families.fake:Fake",
    }
)
"""The `family` of a card -> "module:Class"."""


class FamilyClass(Protocol):
    """What a family offers besides the verbs of the port: how to open a card."""

    def open(self, card: Card, catalog: Catalog, device: str, dtype: str) -> Family:
        """Load the card. `folder` of every installed card is where its weights lie.

        `device` as torch names it; `dtype` "auto", "float32", "bfloat16" or "int8".
        Raises NotReady or OutOfMemory.
        """

    def estimate(self, card: Card, catalog: Catalog, device: str, dtype: str) -> int:
        """Bytes the card will need on the device in that type, told without loading it."""


def family_class(family: str) -> FamilyClass:
    """The class behind a card's `family`. Raises NotReady for one that is not in the table."""
    if family not in FAMILIES:
        known = ", ".join(sorted(FAMILIES))
        raise NotReady(
            family, f"No code runs the family {family}.", f"Known: {known}.", code="no_family"
        )
    module, _, name = FAMILIES[family].partition(":")
    return cast(FamilyClass, getattr(importlib.import_module(module), name))
