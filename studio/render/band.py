"""Who plays under an instrument, and each player's General MIDI program."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

DRUMS = "drums"
PIANO = "piano"


@dataclass(frozen=True, slots=True)
class Band:
    """Instruments of the voices with a pitch."""

    tune: str
    chords: str
    bass: str

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """(voice of a Performance, instrument), the drums last."""
        return (
            ("tune", self.tune),
            ("chords", self.chords),
            ("bass", self.bass),
            ("drums", DRUMS),
        )


_UNDER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "piano": ("piano", "piano"),
        "music_box": ("music_box", "pad"),
        "guitar": ("guitar", "bass"),
        "guzheng": ("guzheng", "guzheng"),
        "dizi": ("guzheng", "guzheng"),
        "flute": ("guitar", "bass"),
        "strings": ("strings", "strings"),
        "organ": ("organ", "organ"),
        "bell": ("pad", "pad"),
        "bass": ("piano", "piano"),
        "chip": ("chip", "chip_bass"),
        "pad": ("pad", "bass"),
        "brass": ("brass", "brass"),
    }
)
"""Instrument of the tune -> those of the chords and the bass."""

PROGRAMS: Mapping[str, int] = MappingProxyType(
    {
        "piano": 0, "music_box": 10, "bell": 14, "organ": 19, "guitar": 24, "bass": 32,
        "strings": 48, "brass": 61, "dizi": 72, "flute": 73, "chip": 80, "chip_bass": 38,
        "pad": 89, "guzheng": 107, DRUMS: 0,
    }
)  # fmt: skip
"""Instrument -> General MIDI program (0-based); the drums' is that of their own channel."""


def band_of(instrument: str) -> Band:
    """The players of an instrument; an unknown one is played on the piano."""
    lead = instrument if instrument in _UNDER else PIANO
    return Band(lead, *_UNDER[lead])
