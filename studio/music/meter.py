"""A meter: how long a bar is and where its beats are. Time is counted in ticks."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from studio.errors import InvalidInput

QUARTER = 24
"""Ticks in a quarter note: the smallest grid with 32nds (3) and triplet sixteenths (4)."""

METERS = ("4/4", "3/4", "2/4", "6/8", "9/8", "12/8", "2/2", "3/8", "6/4", "5/4")


@dataclass(frozen=True, slots=True)
class Meter:
    """`beats` over `unit`, as in 6/8."""

    beats: int
    unit: int

    def __str__(self) -> str:
        return f"{self.beats}/{self.unit}"

    @property
    def bar(self) -> int:
        """Ticks of a full bar."""
        return self.beats * 4 * QUARTER // self.unit

    @property
    def compound(self) -> bool:
        """Whether three units make a beat (6/8, 9/8, 12/8)."""
        return self.unit >= 8 and self.beats > 3 and self.beats % 3 == 0

    @property
    def beat(self) -> int:
        """Ticks of the felt beat: a dotted quarter in 6/8, a quarter in 2/2 (for beams)."""
        if self.compound or (self.beats, self.unit) == (3, 8):
            return 3 * 4 * QUARTER // self.unit
        return QUARTER

    @property
    def quarters(self) -> Fraction:
        """A bar in quarter notes."""
        return Fraction(self.bar, QUARTER)


def read_meter(text: str) -> Meter:
    """ "6/8", "C" or "C|". Raises InvalidInput for anything else."""
    named = {"C": "4/4", "C|": "2/2"}.get(text.strip(), text.strip())
    beats, _, unit = named.partition("/")
    if not (beats.isdecimal() and unit in ("2", "4", "8", "16") and 1 <= int(beats[:3]) <= 16):
        raise InvalidInput("meter", f"“{text}” is not a meter.", code="abc_meter", text=text)
    return Meter(int(beats), int(unit))
