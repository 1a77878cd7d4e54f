"""The MIDI file reads in other programs as what was written: tracks, bars, words, notes."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import mido
import music21
import pytest

from studio.music.abc_reader import read_abc
from studio.music.tune import Tune
from studio.render.band import PROGRAMS, band_of
from studio.render.midi import midi_file
from studio.render.performance import perform

ABC = """X:1
T:清晨
M:4/4
L:1/8
Q:1/4=120
K:D
A2 | d2 fe d2 A2 | (3BcB A2 F4 | G2 BA G2 E2 | D6 z2 |]
"""
JIG = """X:1
M:6/8
L:1/8
Q:3/8=110
K:Em
B|EGB efg|B2A GFE|EGB efg|B3 e3|EGB efg|B2A GFE|FGA B2D|E3 E2|]
"""
RECIPE = {"craft": "melody", "seed": 1}


def made(tune: Tune, instrument: str = "piano", style: str = "march", pattern: str = "march"):
    return midi_file(tune, perform(tune, style, pattern), instrument, RECIPE)


def read(content: bytes) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(content), charset="utf-8")


def struck(track: mido.MidiTrack) -> list[tuple[int, int]]:
    """(tick, pitch) of every beginning."""
    found, now = [], 0
    for message in track:
        now += message.time
        if message.type == "note_on" and message.velocity:
            found.append((now, message.note))
    return found


def test_each_voice_has_a_track_of_its_own_and_drums_are_on_channel_ten() -> None:
    file = read(made(read_abc(ABC)))
    assert [track.name for track in file.tracks[1:]] == ["Melody", "Chords", "Bass", "Drums"]
    channels = [{m.channel for m in track if not m.is_meta} for track in file.tracks[1:]]
    assert channels == [{0}, {1}, {2}, {9}]


def test_voices_that_do_not_play_have_no_track() -> None:
    tune = read_abc(ABC)
    assert [track.name for track in read(made(tune, pattern="none")).tracks[1:]] == ["Melody"]


@pytest.mark.parametrize("abc", [ABC, JIG])
def test_the_melody_track_is_the_tune_on_its_grid(abc: str) -> None:
    tune = read_abc(abc)
    wanted = [(round(note.onset * 480), note.pitch) for note in tune.notes()]
    assert struck(read(made(tune)).tracks[1]) == wanted


@pytest.mark.parametrize("abc", [ABC, JIG])
def test_every_note_that_begins_ends_before_it_begins_again(abc: str) -> None:
    for track in read(made(read_abc(abc), pattern="chip")).tracks[1:4]:
        sounding: set[int] = set()
        for message in track:
            if message.type == "note_on":
                assert message.note not in sounding
                sounding.add(message.note)
            elif message.type == "note_off":
                sounding.remove(message.note)
        assert not sounding


def test_words_stand_on_their_notes() -> None:
    tune = replace(read_abc(ABC), words=("morn-", "ing", "has", "_", "", "清", "晨"))
    track = read(made(tune)).tracks[1]
    found, now = [], 0
    for message in track:
        now += message.time
        if message.type == "lyrics":
            found.append((now, message.text))
    onsets = [round(note.onset * 480) for note in tune.notes()]
    assert found == [
        (onsets[0], "morn-"), (onsets[1], "ing"), (onsets[2], "has"),
        (onsets[5], "清"), (onsets[6], "晨"),
    ]  # fmt: skip


def test_music21_reads_the_same_notes_meter_key_and_tempo(tmp_path: Path) -> None:
    tune = read_abc(JIG)
    path = tmp_path / "tune.mid"
    path.write_bytes(made(tune, "flute", "jig", "oompah"))
    score = music21.converter.parse(path)
    melody = score.parts[0].stripTies().flatten()
    pitches = [note.pitch.midi for note in melody.notes]
    assert pitches == [note.pitch for note in tune.notes()]
    onsets = [float(note.offset) for note in melody.notes]
    assert onsets == pytest.approx([float(note.onset) for note in tune.notes()], abs=0.01)
    assert melody.getElementsByClass(music21.meter.TimeSignature)[0].ratioString == "6/8"
    assert score.flatten().getElementsByClass(music21.key.Key)[0].name.lower() == "e minor"


def test_symusic_reads_the_same_notes_and_length() -> None:
    symusic = pytest.importorskip("symusic")
    tune = read_abc(ABC)
    score = symusic.Score.from_midi(made(tune, "guzheng", "ballad", "ballad"))
    melody = next(track for track in score.tracks if track.name == "Melody")
    assert [note.pitch for note in melody.notes] == [note.pitch for note in tune.notes()]
    assert any(track.is_drum for track in score.tracks)
    assert score.tempos[0].qpm == pytest.approx(120, abs=0.01)
    seconds = score.to("second")
    ends = max(note.end for track in seconds.tracks for note in track.notes)
    assert ends == pytest.approx(float(tune.quarters) / 2, abs=0.3)


@pytest.mark.parametrize("instrument", sorted({*PROGRAMS} - {"drums", "chip_bass"}))
def test_every_instrument_has_its_programs(instrument: str) -> None:
    file = read(made(read_abc(ABC), instrument))
    programs = [m.program for track in file.tracks for m in track if m.type == "program_change"]
    players = [player for _, player in band_of(instrument).pairs]
    assert programs == [PROGRAMS[player] for player in players]


@pytest.mark.parametrize("key", ["C#", "Cb", "G#m", "Ebm", "F#mix", "Ddor", "Cbm", "G#"])
def test_keys_far_out_are_written(key: str) -> None:
    tune = read_abc(ABC.replace("K:D", f"K:{key}"))
    assert read(made(tune)).tracks[0]
