"""The accompaniment begins and ends at home and fits under the tune."""

from __future__ import annotations

import pytest

from studio.music.abc_reader import read_abc
from studio.music.features import features
from studio.music.harmony import accompaniment, harmonise

ODE = (
    "X:1\nM:4/4\nL:1/4\nQ:1/4=100\nK:D\n"
    "FFGA | AGFE | DDEF | F>EE2 | FFGA | AGFE | DDEF | E>DD2 |]\n"
)
MINOR = (
    "X:1\nM:3/4\nL:1/4\nQ:1/4=66\nK:Am\nE | A2B | c2B | A2^G | A3 | d2c | B2A | ^G2E | A2 z |]\n"
)


def test_the_tonic_stands_at_both_ends_and_the_dominant_before_the_close() -> None:
    chords = harmonise(read_abc(ODE))
    assert len(chords) == 8
    assert chords[0].tones == chords[-1].tones == (2, 6, 9)
    assert (9, 1, 4) in {chord.tones for chord in chords}


def test_the_dominant_of_minor_is_major() -> None:
    tones = {chord.tones for chord in harmonise(read_abc(MINOR))}
    assert (4, 8, 11) in tones


@pytest.mark.parametrize("style", ["", "hymn", "lullaby", "march", "jig"])
@pytest.mark.parametrize("abc", [ODE, MINOR])
def test_the_accompaniment_lasts_as_long_as_the_tune_and_lies_below(abc: str, style: str) -> None:
    tune = read_abc(abc)
    notes = accompaniment(tune, style)
    assert max(note.end for note in notes) == tune.quarters
    assert max(note.pitch for note in notes) < max(note.pitch for note in tune.notes())
    assert all(note.pitch >= 36 for note in notes)


def test_a_tune_is_measured_as_it_is() -> None:
    found = features(read_abc(ODE))
    assert (found.tonic, found.mode, found.bars, found.bars_right) == ("D", "major", 8, 8)
    assert found.closes
    assert found.in_scale == pytest.approx(1.0)
    assert found.stepwise > 0.9


def test_slow_minor_feels_lower_than_quick_major() -> None:
    slow, quick = features(read_abc(MINOR)), features(read_abc(ODE.replace("=100", "=150")))
    assert slow.valence < 0 < quick.valence
    assert slow.arousal < quick.arousal
