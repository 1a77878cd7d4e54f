"""A melody as it is written: bars of sounds in a meter and a key."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from studio.music.key import Key
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note


@dataclass(frozen=True, slots=True)
class Sound:
    """One symbol of a bar. `pitch` is MIDI, None for a rest; `ticks` its length;
    `tied`: it goes on from the sound before instead of being struck again."""

    pitch: int | None
    ticks: int
    tied: bool = False


Bar = tuple[Sound, ...]


@dataclass(frozen=True, slots=True)
class Tune:
    """`bars[0]` may be shorter than the meter: an upbeat."""

    meter: Meter
    key: Key
    bars: tuple[Bar, ...]
    title: str = ""
    tempo_bpm: int = 0
    """Felt beats a minute; 0 when it is not said."""
    words: tuple[str, ...] = ()
    """One syllable for each struck note, in order; "" or "_" where the one before is held. A "-"
    at the end joins a syllable to the next."""

    @property
    def upbeat(self) -> bool:
        return bool(self.bars) and bar_ticks(self.bars[0]) < self.meter.bar

    @property
    def full_bars(self) -> int:
        """How many bars the tune has, an upbeat not counted."""
        return len(self.bars) - self.upbeat

    def notes(self) -> tuple[Note, ...]:
        """The notes that sound, ties joined; onsets in quarters from the very start."""
        found: list[Note] = []
        tick = 0
        for sound in (sound for bar in self.bars for sound in bar):
            length = Fraction(sound.ticks, QUARTER)
            if sound.tied and found:
                last = found[-1]
                found[-1] = Note(last.pitch, last.onset, last.duration + length)
            elif sound.pitch is not None:
                found.append(Note(sound.pitch, Fraction(tick, QUARTER), length))
            tick += sound.ticks
        return tuple(found)

    @property
    def quarters(self) -> Fraction:
        """Length in quarter notes, rests included."""
        return Fraction(sum(bar_ticks(bar) for bar in self.bars), QUARTER)


def bar_ticks(bar: Bar) -> int:
    """Length of a bar in ticks."""
    return sum(sound.ticks for sound in bar)
