"""A melody that a person brings is read; whatever is wrong with it becomes one sentence."""

from __future__ import annotations

import io
import struct
import zipfile
from fractions import Fraction

import mido
import numpy as np
import pytest
import soundfile
from PIL import Image

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc, read_lead_sheet
from studio.music.abc_writer import write_abc
from studio.music.tune import Tune, bar_ticks
from studio.render.melody_upload import MOST_BYTES, uploaded_tune
from studio.render.midi import midi_file
from studio.render.musicxml import musicxml_file
from studio.render.performance import perform
from studio.render.score import Score

LULLABY = """X:1
T:Harbour lullaby
M:6/8
L:1/8
Q:3/8=60
K:Am
E | "Am"A2 B c2 A | B2 c d2 B | c2 d e2 c | "E"B3- B2 E |
w: The rain is on the har-bour now, the boats are all in rows_
A2 B c2 A | B2 c d2 B | cBA B2 ^G | A3- A2 |]
"""
MARCH = """X:1
T:雨后
M:4/4
L:1/8
Q:1/4=112
K:Bb
"Bb"B2 d>c B2 F2 | (3GAB c2 d2 z2 | "Eb"e2 dc B2 G2 | F4- F2 z2 |
w: 雨 后 的 港 口 灯 火 一 盏 一 盏 亮 起 来 了 啊
B2 d>c B2 F2 | G2 A2 B2 c2 | d/c/B/A/ B2 c2 A2 | B6 z2 |]
"""
WALTZ = """X:1
T:Old waltz
M:3/4
L:1/4
Q:1/4=140
K:G
D | GAB | d2 B | cBA | G2 D | GAB | e2 d | cAF | G2 |]
"""
TUNES = {"lullaby": LULLABY, "march": MARCH, "waltz": WALTZ}


def whole(tune: Tune) -> bool:
    return all(bar_ticks(bar) == tune.meter.bar for bar in tune.bars[int(tune.upbeat) :])


@pytest.mark.parametrize("name", TUNES)
@pytest.mark.parametrize("style", ["", "reel", "hymn"])
def test_our_own_midi_comes_back_note_by_note(name: str, style: str) -> None:
    tune = read_abc(TUNES[name])
    found = uploaded_tune("a.mid", midi_file(tune, perform(tune, style), "flute", {}))
    assert found.kind == "midi"
    assert found.tune.notes() == tune.notes()
    assert (found.tune.tempo_bpm, found.tune.meter) == (tune.tempo_bpm, tune.meter)
    assert found.tune.key == tune.key
    assert whole(found.tune)


@pytest.mark.parametrize("name", TUNES)
def test_our_own_musicxml_comes_back_exactly(name: str) -> None:
    sheet = read_lead_sheet(TUNES[name])
    content = musicxml_file(Score(sheet.tune, sheet.chords, sheet.tune.title), {})
    found = uploaded_tune("a.musicxml", content)
    assert found.kind == "musicxml"
    assert found.tune.notes() == sheet.tune.notes()
    assert found.tune.key == sheet.tune.key
    assert found.tune.meter == sheet.tune.meter
    assert found.tune.title == sheet.tune.title
    assert found.tune.tempo_bpm == sheet.tune.tempo_bpm
    assert whole(found.tune)
    assert found.tune.upbeat == sheet.tune.upbeat
    sung = [word for word in sheet.tune.words if word not in ("", "_")]
    assert [word for word in found.tune.words if word not in ("", "_")] == sung


@pytest.mark.parametrize("name", TUNES)
def test_our_own_abc_comes_back_exactly(name: str) -> None:
    sheet = read_lead_sheet(TUNES[name])
    found = uploaded_tune("a.abc", write_abc(sheet.tune).encode())
    assert found.kind == "abc"
    assert found.tune.notes() == sheet.tune.notes()
    assert found.tune.words == sheet.tune.words
    assert uploaded_tune("b.abc", TUNES[name].encode()).chords == sheet.chords


def test_what_a_file_is_does_not_depend_on_its_name() -> None:
    tune = read_abc(MARCH)
    content = midi_file(tune, perform(tune), "piano", {})
    assert uploaded_tune("song.mp3", content).tune.notes() == tune.notes()


def midi(*tracks: list[tuple[int, int, int]], beat: int = 480, name: str = "") -> bytes:
    """Tracks of (pitch, start, end) in ticks."""
    file = mido.MidiFile(ticks_per_beat=beat)
    for channel, notes in enumerate(tracks):
        events = sorted(
            [(start, 1, pitch) for pitch, start, _ in notes]
            + [(end, 0, pitch) for pitch, _, end in notes]
        )
        track, now = mido.MidiTrack(), 0
        for at, on, pitch in events:
            kind = "note_on" if on else "note_off"
            track.append(
                mido.Message(kind, note=pitch, channel=channel, velocity=64, time=at - now)
            )
            now = at
        file.tracks.append(track)
    held = io.BytesIO()
    file.save(file=held)
    return held.getvalue()


def test_the_voice_with_the_tune_is_chosen_and_chords_give_their_top() -> None:
    bass = [(36, 480 * n, 480 * n + 470) for n in range(16)]
    tune = [(60 + 2 * (n % 5), 480 * n, 480 * n + 460) for n in range(16)]
    chords = [(48 + each, 1920 * n, 1920 * n + 1900) for n in range(4) for each in (0, 4, 7)]
    found = uploaded_tune("band.mid", midi(bass, tune, chords)).tune
    assert [note.pitch for note in found.notes()] == [pitch for pitch, _, _ in tune]
    thirds = [(pitch - 4, start, end) for pitch, start, end in tune]
    together = uploaded_tune("piano.mid", midi(sorted(tune + thirds, key=lambda n: n[1]))).tune
    assert [note.pitch for note in together.notes()] == [pitch for pitch, _, _ in tune]


def test_playing_that_is_not_quite_in_time_is_put_on_the_grid() -> None:
    source = np.random.default_rng(3)
    lengths = [480, 240, 240, 480, 480] * 6
    notes, at = [], 0
    for number, length in enumerate(lengths):
        early, short = source.integers(-25, 25, 2)
        start = max(0, at + int(early))
        notes.append((60 + number % 7, start, at + length - 30 + int(short)))
        at += length
    found = uploaded_tune("played.mid", midi(notes)).tune
    assert [note.duration for note in found.notes()[:-1]] == [
        Fraction(length, 480) for length in lengths[:-1]
    ]


def test_repeats_are_played_and_the_first_voice_taken() -> None:
    abc = "X:1\nT:R\nM:4/4\nL:1/4\nK:G\nV:1\n|: G A B c |1 d d d d :|2 e e e2 |]\nV:2\nG,4 |\n"
    found = uploaded_tune("r.abc", abc.encode())
    assert [note.pitch for note in found.tune.notes()] == [
        67, 69, 71, 72, 74, 74, 74, 74, 67, 69, 71, 72, 76, 76, 76,
    ]  # fmt: skip
    assert {remark.code for remark in found.remarks} == {"first_voice"}


def test_books_give_their_first_tune_and_odd_abc_is_read_as_far_as_it_goes() -> None:
    book = (
        "X:1\nT:One\nR:hornpipe\nM:C|\nL:1/8\nQ:1/4=180\nK:Dmix\n"
        '{g}~A2 !f!"A7"B2 (5cdcBA d2 |\n\nX:2\nK:C\nC8|\n'
    )
    found = uploaded_tune("book.abc", book.encode())
    assert found.style == "hornpipe"
    assert found.tune.key.mode == "mixolydian"
    assert whole(found.tune)
    assert found.tune.tempo_bpm == 90


def test_long_music_is_cut_to_sixty_four_bars_and_it_is_said() -> None:
    abc = "X:1\nM:4/4\nL:1/4\nK:C\n" + "C D E F |\n" * 100
    found = uploaded_tune("long.abc", abc.encode())
    assert found.tune.full_bars == 64
    assert "cut" in {remark.code for remark in found.remarks}
    tune = read_abc(abc)
    for content in (midi_file(tune, perform(tune), "piano", {}),):
        found = uploaded_tune("long", content)
        assert found.tune.full_bars == 64
        assert "cut" in {remark.code for remark in found.remarks}


def test_a_compressed_score_is_read() -> None:
    tune = read_abc(WALTZ)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("META-INF/container.xml", "<container/>")
        package.writestr("score.xml", musicxml_file(Score(tune), {}))
    assert uploaded_tune("a.mxl", held.getvalue()).tune.notes() == tune.notes()


def png() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (8, 8)).save(held, "PNG")
    return held.getvalue()


def sound(samples: np.ndarray, rate: int = 22050, subtype: str = "FLOAT") -> bytes:
    held = io.BytesIO()
    soundfile.write(held, samples, rate, format="WAV", subtype=subtype)
    return held.getvalue()


def bomb() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("score.xml", b"<score-partwise>" + b" " * 60_000_000)
    return held.getvalue()


def many_events() -> bytes:
    body = b"\x00\x90\x3c\x40" + b"\x01\x3c\x00\x01\x3c\x40" * 500_000 + b"\x00\xff\x2f\x00"
    head = b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480)
    return head + b"MTrk" + struct.pack(">I", len(body)) + body


def no_length() -> bytes:
    body = b"\x00\x90\x3c\x40\x00\x3c\x00\x60\x3e\x40\x00\x3e\x00\x00\xff\x2f\x00"
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, 480) + b"MTrk" + struct.pack(">I", 17) + body


ENTITIES = (
    b'<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'
    b"<score-partwise>&b;</score-partwise>"
)
GOOD_MIDI = midi([(60, 0, 480), (62, 480, 960), (64, 960, 1440)])
BAD = {
    "empty.mid": (b"", "empty"),
    "huge.wav": (b"RIFF" + b"\0" * MOST_BYTES, "too_large"),
    "picture.mid": (png(), "kind"),
    "words.abc": (b"Dear all, this is no music. X marks the spot.", "kind"),
    "no-key.abc": (b"X:1\nT:x\nM:4/4\nCDEF|\n", "abc_key"),
    "silent.abc": (b"X:1\nM:4/4\nK:C\nz8 | z8 |]\n", "no_notes"),
    "bad-meter.abc": (b"X:1\nM:seven\nK:C\nCDEF|\n", "abc"),
    "no-notes.mid": (midi([]), "no_notes"),
    "zero-ticks.mid": (no_length(), "no_length"),
    "cut.mid": (GOOD_MIDI[:30], "midi"),
    "events.mid": (many_events(), "events"),
    "frames.mid": (b"MThd" + struct.pack(">IHHh", 6, 0, 1, -6360) + GOOD_MIDI[14:], "midi_clock"),
    "drums.mid": (GOOD_MIDI.replace(b"\x90", b"\x99").replace(b"\x80", b"\x89"), "no_notes"),
    "bomb.xml": (ENTITIES, "musicxml_entities"),
    "bomb.mxl": (bomb(), "too_large"),
    "cut.xml": (b"<?xml version='1.0'?><score-partwise><part>", "musicxml"),
    "empty.xml": (b"<score-partwise version='4.0'></score-partwise>", "no_notes"),
    "timewise.xml": (b"<score-timewise></score-timewise>", "musicxml"),
    "not.mxl": (b"PK\x03\x04garbage", "musicxml"),
    "nan.wav": (sound(np.full(22050, np.nan, dtype=np.float32)), "not_finite"),
    "silence.wav": (sound(np.zeros(22050, dtype=np.float32)), "silent"),
    "noise.wav": (
        sound(np.random.default_rng(0).normal(0, 0.2, 44100).astype(np.float32)),
        "no_tune",
    ),
    "cut.wav": (sound(np.zeros(2205, dtype=np.float32))[:30], "sound"),
    "cut.ogg": (b"OggS" + b"\0" * 50, "sound"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_upload_gets_a_sentence(name: str) -> None:
    content, code = BAD[name]
    with pytest.raises(InvalidInput) as error:
        uploaded_tune(name, content)
    assert error.value.field == "upload"
    assert error.value.code == f"melody_upload_{code}"
    assert error.value.message.endswith((".", "read: There is no key (K:) in this ABC."))


def read_or_refused(content: bytes) -> bool:
    try:
        tune = uploaded_tune("x", content).tune
    except InvalidInput as error:
        return error.field == "upload"
    return bool(tune.notes()) and whole(tune) and tune.full_bars <= 64


@pytest.mark.parametrize("kind", ["mid", "abc", "musicxml", "wav"])
def test_a_file_cut_anywhere_is_read_or_refused(kind: str) -> None:
    tune = read_abc(WALTZ)
    content = {
        "mid": midi_file(tune, perform(tune), "piano", {}),
        "abc": WALTZ.encode(),
        "musicxml": musicxml_file(Score(tune), {}),
        "wav": sound(np.sin(np.arange(22050) / 22050 * 2764).astype(np.float32)),
    }[kind]
    for end in range(0, len(content), max(1, len(content) // 25)):
        assert read_or_refused(content[:end])


@pytest.mark.parametrize("seed", range(30))
def test_garbage_behind_a_right_beginning_is_read_or_refused(seed: int) -> None:
    source = np.random.default_rng(seed)
    tune = read_abc(MARCH)
    starts = (
        midi_file(tune, perform(tune), "piano", {}),
        MARCH.encode(),
        musicxml_file(Score(tune), {}),
    )
    content = bytearray(starts[seed % 3])
    for place in source.integers(8, len(content), 12):
        content[place] = source.integers(0, 256)
    assert read_or_refused(bytes(content))
