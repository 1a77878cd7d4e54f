"""A finished work as a hand-over sees it, and what it passes on. Values only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from studio.crafts.guesses import Guesses

_NOTHING: Mapping[str, object] = MappingProxyType({})
LONGEST_SAID = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkView:
    """One version of a work."""

    craft: str
    lang: str
    """The work's own language: "en" or "zh"."""
    text: str = ""
    """Of this version; ABC for a melody, "" for a picture."""
    title: str = ""
    asked: str = ""
    """What the person typed for it."""
    data: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    inputs: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    plan: Mapping[str, object] = field(default_factory=lambda: _NOTHING)
    work: str = ""
    version: int = 1
    guesses: Guesses | None = None
    """What the target's reader card guesses of `Handover.read`, where it is there."""
    caption: str = ""
    """What a captioner says of a picture; "" where none is installed."""

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines of a poem, without empty ones."""
        given = self.data.get("lines")
        rows = given if isinstance(given, list | tuple) else self.text.splitlines()
        return tuple(str(each).strip() for each in rows if str(each).strip())


@dataclass(frozen=True, slots=True)
class Passed:
    """What goes over: a part of the target's form, and the same to read."""

    craft: str
    """The target."""
    inputs: Mapping[str, object]
    said: tuple[tuple[str, str], ...] = ()
    """(name, text): the name is a field of the target, else a key `handover.said.<name>`."""
    upload: bool = False
    """Whether the version's picture itself goes along, as the target's field `upload`."""


def said(*rows: tuple[str, object]) -> tuple[tuple[str, str], ...]:
    """Rows to read, long texts shortened, empty ones left out."""
    return tuple((name, shortened(str(text))) for name, text in rows if str(text).strip())


def shortened(text: str, most: int = LONGEST_SAID) -> str:
    """The text on one line, cut at a word when it is long."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;，；、") + "…"
