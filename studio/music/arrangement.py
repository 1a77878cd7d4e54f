"""What is played under a tune."""

from __future__ import annotations

from dataclasses import dataclass

from studio.music.note import Note


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Three voices on the tune's own clock (quarters from the very start, the upbeat included).
    The pitches of `drums` are those of the General MIDI percussion map."""

    chords: tuple[Note, ...] = ()
    bass: tuple[Note, ...] = ()
    drums: tuple[Note, ...] = ()
    pattern: str = "none"
    """The pattern that was played: what "auto" chose."""
