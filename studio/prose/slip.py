"""A place in a text where something looks wrong."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slip:
    """Characters `start` to `end`; `fixes` are what they may be replaced by, the best first.

    `kind` is a locale key `slip.<kind>`. No fix: only the writer knows.
    """

    start: int
    end: int
    kind: str
    text: str
    fixes: tuple[str, ...] = ()


def slip_at(text: str, start: int, end: int, kind: str, *fixes: str) -> Slip:
    """A slip that quotes its own text."""
    return Slip(start, end, kind, text[start:end], fixes)
