"""A melody as a standard MIDI file (format 1): tempo and recipe, the tune, its accompaniment."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from mido import Message, MetaMessage, MidiFile, MidiTrack, bpm2tempo

from studio.music.features import quarter_seconds
from studio.music.tune import Tune
from studio.render.performance import Performance, Struck
from studio.render.recipe import KEY, recipe_text

TICKS_A_QUARTER = 480
PROGRAMS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {
        "piano": (0, 0),
        "flute": (73, 24),
        "strings": (48, 48),
        "guitar": (24, 24),
        "guzheng": (107, 107),
        "music_box": (10, 10),
        "organ": (19, 19),
        "brass": (61, 48),
        "chip": (80, 81),
    }
)
"""Instrument -> General MIDI programs of the tune and the accompaniment (0-based)."""


def midi_file(
    tune: Tune, performance: Performance, instrument: str, recipe: Mapping[str, object]
) -> bytes:
    """The bytes of a .mid file. Notes stand on the written grid, so notation programs read it."""
    file = MidiFile(type=1, ticks_per_beat=TICKS_A_QUARTER, charset="utf-8")
    quarter_s = quarter_seconds(tune.meter, tune.tempo_bpm or 100)
    above, below = PROGRAMS.get(instrument, (0, 0))
    file.tracks.append(_conductor(tune, quarter_s, recipe))
    file.tracks.append(_track("Melody", 0, above, performance.tune, quarter_s))
    file.tracks.append(_track("Accompaniment", 1, below, performance.accompaniment, quarter_s))
    held = io.BytesIO()
    file.save(file=held)
    return held.getvalue()


def _conductor(tune: Tune, quarter_s: float, recipe: Mapping[str, object]) -> MidiTrack:
    track = MidiTrack()
    track.append(MetaMessage("track_name", name=tune.title or "Melody"))
    track.append(MetaMessage("text", text=f"{KEY}:{recipe_text(recipe)}"))
    track.append(MetaMessage("set_tempo", tempo=bpm2tempo(60 / quarter_s)))
    track.append(
        MetaMessage("time_signature", numerator=tune.meter.beats, denominator=tune.meter.unit)
    )
    track.append(MetaMessage("key_signature", key=_signature(tune)))
    return track


def _signature(tune: Tune) -> str:
    """MIDI knows major and minor only: other modes are told by their signature's major key."""
    if tune.key.mode == "minor":
        return f"{tune.key.tonic}m"
    names = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
    return names[tune.key.fifths + 7]


def _track(
    name: str, channel: int, program: int, notes: Iterable[Struck], quarter_s: float
) -> MidiTrack:
    track = MidiTrack()
    track.append(MetaMessage("track_name", name=name))
    track.append(Message("program_change", channel=channel, program=program))
    events = []
    for note in notes:
        start, end = (
            round(seconds / quarter_s * TICKS_A_QUARTER)
            for seconds in (note.start_s, note.start_s + note.duration_s)
        )
        velocity = max(1, min(127, round(110 * note.loudness)))
        events.append((start, 1, note.pitch, velocity))
        events.append((max(start + 1, end), 0, note.pitch, 0))
    now = 0
    # Ends before beginnings: a repeated pitch is released before it is struck again.
    for at, on, pitch, velocity in sorted(events):
        kind = "note_on" if on else "note_off"
        track.append(Message(kind, channel=channel, note=pitch, velocity=velocity, time=at - now))
        now = at
    return track
