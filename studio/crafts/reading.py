"""What a craft wants read out of its form before it makes a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reading:
    """Which text, by which card. The craft's plan must do without, too: a card or the text
    encoder may be missing."""

    card: str
    """Of the kind that reads: "reader/image-plan"."""
    text: Callable[[Mapping[str, object]], str]
    """The description in a filled form."""
    concepts: Callable[[str], frozenset[str]]
    """What the craft's own words find in a text; the card was trained beside the same."""
