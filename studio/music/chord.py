"""A chord that stands under a stretch of a melody."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from studio.music.key import Key


@dataclass(frozen=True, slots=True)
class Chord:
    """Pitch classes from the root up, where it starts and how long it lasts (quarters)."""

    tones: tuple[int, ...]
    onset: Fraction
    duration: Fraction

    @property
    def end(self) -> Fraction:
        return self.onset + self.duration

    def name(self, key: Key) -> str:
        """As over a lead sheet, spelled in the key: "D", "F#m", "A7", "G5" (no third)."""
        letter, alteration, _ = key.spell(60 + self.tones[0])
        above = {(tone - self.tones[0]) % 12 for tone in self.tones[1:]}
        quality = "m" if 3 in above else "" if 4 in above else "5"
        seventh = "7" if 10 in above and len(self.tones) > 3 else ""
        return letter + ("#" * alteration or "b" * -alteration) + quality + seventh
