"""A melody as a standard MIDI file (format 1): tempo and recipe, then a track for each voice that
plays: Melody with its words, Chords, Bass, and Drums on channel 10."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from mido import Message, MetaMessage, MidiFile, MidiTrack, bpm2tempo

from studio.music.features import quarter_seconds
from studio.music.tune import Tune
from studio.render.band import PROGRAMS, band_of
from studio.render.performance import Performance, Struck
from studio.render.recipe import KEY, recipe_text

TICKS_A_QUARTER = 480
DRUM_CHANNEL = 9
"""Channel 10 as people count."""
TRACKS: Mapping[str, tuple[str, int]] = MappingProxyType(
    {
        "tune": ("Melody", 0),
        "chords": ("Chords", 1),
        "bass": ("Bass", 2),
        "drums": ("Drums", DRUM_CHANNEL),
    }
)
"""Voice -> name and channel of its track."""
SILENT = ("", "_")
MAJOR_KEYS = ("Cb", "Gb", "Db", "Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#")
MINOR_KEYS = ("Ab", "Eb", "Bb", "F", "C", "G", "D", "A", "E", "B", "F#", "C#", "G#", "D#", "A#")


@dataclass(frozen=True, slots=True)
class _Event:
    """Ordered by time; at one time words come first, then ends, then beginnings: a repeated
    pitch is released before it is struck again."""

    tick: int
    rank: int
    message: Message | MetaMessage


def midi_file(
    tune: Tune, performance: Performance, instrument: str, recipe: Mapping[str, object]
) -> bytes:
    """The bytes of a .mid file. Notes stand on the written grid, so notation programs read it."""
    file = MidiFile(type=1, ticks_per_beat=TICKS_A_QUARTER, charset="utf-8")
    quarter_s = quarter_seconds(tune.meter, tune.tempo_bpm or 100)
    file.tracks.append(_conductor(tune, quarter_s, recipe))
    for voice, player in band_of(instrument).pairs:
        notes: tuple[Struck, ...] = getattr(performance, voice)
        words = _words(tune, notes, quarter_s) if voice == "tune" else ()
        if notes:
            file.tracks.append(_track(voice, player, [*words, *_strokes(voice, notes, quarter_s)]))
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
    place = max(0, min(14, tune.key.fifths + 7))
    return f"{MINOR_KEYS[place]}m" if tune.key.mode == "minor" else MAJOR_KEYS[place]


def _track(voice: str, player: str, events: Sequence[_Event]) -> MidiTrack:
    name, channel = TRACKS[voice]
    track = MidiTrack()
    track.append(MetaMessage("track_name", name=name))
    track.append(Message("program_change", channel=channel, program=PROGRAMS[player]))
    now = 0
    for event in sorted(events, key=lambda event: (event.tick, event.rank)):
        track.append(event.message.copy(time=event.tick - now))
        now = event.tick
    return track


def _strokes(voice: str, notes: Sequence[Struck], quarter_s: float) -> Iterator[_Event]:
    """Begin and end of every note. A drum's stroke ends before the next on the same drum."""
    _, channel = TRACKS[voice]
    for note in notes:
        start, end = _ticks(note.start_s, quarter_s), _ticks(_end_s(note), quarter_s)
        velocity = max(1, min(127, round(110 * note.loudness)))
        on = Message("note_on", channel=channel, note=note.pitch, velocity=velocity)
        off = Message("note_off", channel=channel, note=note.pitch, velocity=0)
        yield _Event(start, 2, on)
        yield _Event(max(start + 1, end), 1, off)


def _words(tune: Tune, notes: Sequence[Struck], quarter_s: float) -> Iterator[_Event]:
    """A lyric event for every syllable; a hyphen at the end says that the word goes on."""
    for note, word in zip(notes, tune.words, strict=False):
        if word not in SILENT:
            yield _Event(_ticks(note.start_s, quarter_s), 0, MetaMessage("lyrics", text=word))


def _end_s(note: Struck) -> float:
    return note.start_s + note.duration_s


def _ticks(seconds: float, quarter_s: float) -> int:
    return round(seconds / quarter_s * TICKS_A_QUARTER)
