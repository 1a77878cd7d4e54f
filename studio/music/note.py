"""A note that sounds."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Note:
    """`pitch` in MIDI numbers (60 is middle C), times in quarter notes."""

    pitch: int
    onset: Fraction
    duration: Fraction

    @property
    def end(self) -> Fraction:
        return self.onset + self.duration
