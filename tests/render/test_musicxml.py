"""MusicXML loads in music21 with exact bars, and everything a notation program asks for."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from music21 import converter, harmony, key, stream, tempo

from studio.music.abc_reader import read_lead_sheet
from studio.music.tune import bar_ticks
from studio.render.musicxml import musicxml_file
from studio.render.score import Score

SONG = """X:1
T:灯火 & <light>
M:4/4
L:1/8
Q:1/4=96
K:Dm
A2 | "Dm"d2 fe d2 A2- | A2 (3B=BB A2 F2 | "Gm7"G5 A E2 | "A7"D6 z2 |]
w: The light-house_ is a lan-tern of the sea_ and on
"""


def loaded(content: bytes) -> Any:
    return converter.parseData(content.decode(), format="musicxml")


@pytest.fixture(scope="module")
def score() -> Any:
    sheet = read_lead_sheet(SONG)
    return loaded(musicxml_file(Score(sheet.tune, sheet.chords, sheet.tune.title), {}))


def test_bars_are_as_long_as_written(score: Any) -> None:
    tune = read_lead_sheet(SONG).tune
    bars = [*score.parts[0].getElementsByClass(stream.Measure)]
    assert [Fraction(bar.duration.quarterLength).limit_denominator(96) for bar in bars] == [
        Fraction(bar_ticks(bar), 24) for bar in tune.bars
    ]


def test_pitches_and_ties_are_as_written(score: Any) -> None:
    tune = read_lead_sheet(SONG).tune
    notes = score.parts[0].stripTies().flatten().getElementsByClass("Note")
    assert [note.pitch.midi for note in notes] == [note.pitch for note in tune.notes()]
    lengths = [Fraction(note.duration.quarterLength).limit_denominator(96) for note in notes]
    assert lengths == [note.duration for note in tune.notes()]


def test_title_key_tempo_chords_and_words_are_there(score: Any) -> None:
    part = score.parts[0].flatten()
    assert score.metadata.bestTitle == "灯火 & <light>"
    signature = part.getElementsByClass(key.KeySignature)[0]
    assert (signature.sharps, signature.mode) == (-1, "minor")
    assert part.getElementsByClass(tempo.MetronomeMark)[0].getQuarterBPM() == 96
    names = [chord.figure for chord in part.getElementsByClass(harmony.ChordSymbol)]
    assert names == ["Dm", "Gm7", "A7"]
    lyrics = [note.lyrics[0] for note in part.notes if getattr(note, "lyrics", ())]
    assert [(lyric.text, lyric.syllabic) for lyric in lyrics[:4]] == [
        ("The", "single"), ("light", "begin"), ("house", "end"), ("is", "single"),
    ]  # fmt: skip


def test_a_chord_name_nobody_knows_is_left_out_and_the_notes_stay() -> None:
    sheet = read_lead_sheet(SONG.replace('"Gm7"', '"quiet now"'))
    found = loaded(musicxml_file(Score(sheet.tune, sheet.chords), {}))
    assert len([*found.recurse().getElementsByClass(harmony.ChordSymbol)]) == 2


@pytest.mark.parametrize("tonic", ["C", "F#", "Gb", "Bbm", "C#m", "Ddor", "Amix"])
def test_every_signature_is_written(tonic: str) -> None:
    sheet = read_lead_sheet(f"X:1\nM:3/4\nL:1/4\nK:{tonic}\nA B c | d ^e f | g3 |]\n")
    notes = [*loaded(musicxml_file(Score(sheet.tune), {})).recurse().notes]
    assert [note.pitch.midi for note in notes] == [note.pitch for note in sheet.tune.notes()]
    assert musicxml_file(Score(sheet.tune), {}) == musicxml_file(Score(sheet.tune), {})
