"""A channel: the fields an ad has there, and how long each may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from studio.ads.widths import Counter, width


@dataclass(frozen=True, slots=True)
class AdField:
    """One kind of text in an ad. `least` and `most` say how many of them the channel takes."""

    name: str
    limit: int
    counter: Counter
    least: int
    most: int
    beyond: Literal["refused", "truncated"] = "refused"
    """What the channel does with a longer text."""
    one_within: int = 0
    """The channel asks for at least one text no longer than this; 0: it does not."""

    def used(self, text: str) -> int:
        """Length of `text` as the channel counts it."""
        return width(self.counter, text)

    def fits(self, text: str) -> bool:
        return 0 < self.used(text) <= self.limit


@dataclass(frozen=True, slots=True)
class Channel:
    """Where an ad runs. The limits are data with a source and the day of the last comparison."""

    name: str
    fields: tuple[AdField, ...]
    source: str
    checked_on: str
    """ISO date on which the limits were last compared with what is published about them."""
    symbols: bool = True
    """False where emoji and ornamental symbols are refused."""
    unsure: str = ""
    """What of it is not published clearly, or is the house's own choice."""
    inserts_keywords: bool = False
    """Whether `{KeyWord:default}` is replaced by what was searched for."""

    @property
    def checked(self) -> str:
        """`checked_on`, as works and the page name it."""
        return self.checked_on

    def field(self, name: str) -> AdField:
        """The field of that name. Raises KeyError."""
        for each in self.fields:
            if each.name == name:
                return each
        raise KeyError(name)
