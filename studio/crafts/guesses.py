"""What a reader card guesses of a description, before the craft makes its plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Guesses:
    """Names are the reader card's own; what words say outright stands over all of them."""

    numbers: Mapping[str, float]
    """Field -> value, on the scale of the written plans."""
    choices: Mapping[str, Mapping[str, float]]
    """Field -> choice -> probability; of one field they add up to 1."""
    nearest: Mapping[str, Mapping[str, float]] = field(default_factory=lambda: MappingProxyType({}))
    """Field -> value written for a like description -> likeness (cosine, -1..1), best first."""


def given_guesses(inputs: Mapping[str, Any]) -> Guesses | None:
    """The guesses that the studio put beside the form, if there were any."""
    found = inputs.get(GUESSES)
    return found if isinstance(found, Guesses) else None


def without_guesses(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """The form as the person filled it: guesses are made again, not kept."""
    return {name: value for name, value in inputs.items() if name != GUESSES}


GUESSES = "guesses"
"""Key beside the form's fields."""
