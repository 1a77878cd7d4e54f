"""The chords begin and end at home, fit what is sung over them, and close the phrases."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest

from studio.music.abc_reader import read_abc
from studio.music.features import features
from studio.music.harmony import chord_marks, chord_names, harmonise
from studio.music.key import PENTATONIC, SCALES, Key, write_key
from studio.music.meter import read_meter
from studio.music.tune import Sound, Tune

ODE = (
    "X:1\nM:4/4\nL:1/4\nQ:1/4=100\nK:D\n"
    "FFGA | AGFE | DDEF | F>EE2 | FFGA | AGFE | DDEF | E>DD2 |]\n"
)
MINOR = (
    "X:1\nM:3/4\nL:1/4\nQ:1/4=66\nK:Am\nE | A2B | c2B | A2^G | A3 | d2c | B2A | ^G2E | A2 z |]\n"
)


def scale_tune(key: Key, meter: str = "4/4", bars: int = 8) -> Tune:
    """A tune that walks through its scale and closes on the tonic."""
    time = read_meter(meter)
    steps = sorted((key.pitch_class + step) % 12 for step in SCALES[key.mode])
    walk = [60 + steps[number % len(steps)] for number in range(2 * bars - 2)]
    half = Fraction(time.bar, 2)
    body = [
        (Sound(walk[2 * bar], int(half)), Sound(walk[2 * bar + 1], time.bar - int(half)))
        for bar in range(bars - 1)
    ]
    return Tune(time, key, (*body, (Sound(60 + key.pitch_class, time.bar),)), tempo_bpm=90)


def test_the_tonic_stands_at_both_ends_and_the_dominant_before_the_close() -> None:
    chords = harmonise(read_abc(ODE))
    assert chords[0].tones == chords[-1].tones == (2, 6, 9)
    assert chords[-2].tones[0] == 9
    assert len(chord_names(read_abc(ODE))) == 8


def test_the_first_phrase_halts_on_the_dominant() -> None:
    marks = dict(chord_marks(read_abc(ODE)))
    fourth_bar = [name for onset, name in marks.items() if 12 <= onset < 16]
    assert fourth_bar[-1] in ("A", "A7")


def test_chords_cover_every_full_bar_without_gap_and_never_overlap() -> None:
    for text in (ODE, MINOR):
        tune = read_abc(text)
        chords = harmonise(tune)
        assert chords[0].onset == (1 if tune.upbeat else 0)
        for before, after in itertools.pairwise(chords):
            assert before.end == after.onset
        assert chords[-1].end == tune.quarters


def test_a_slow_bar_may_carry_two_chords_and_a_quick_one_only_one() -> None:
    halves = "X:1\nM:4/4\nL:1/2\nQ:1/4=60\nK:C\nCE|FA|GB|cE|FA|GB|GF|C2|]\n".replace("FA|GB", "FG")
    slow = harmonise(read_abc(halves))
    quick = harmonise(read_abc(halves.replace("1/4=60", "1/4=180")))
    assert any(chord.duration == 2 for chord in slow)
    assert all(chord.duration == 4 for chord in quick)


def test_the_dominant_of_minor_is_major_and_has_its_seventh_on_the_way_home() -> None:
    assert "E7" in chord_names(read_abc(MINOR))
    assert chord_names(read_abc(MINOR))[-1] == "Am"


@pytest.mark.parametrize("mode", PENTATONIC)
@pytest.mark.parametrize("tonic", ["C", "D", "Bb"])
def test_pentatonic_tunes_get_only_chords_of_their_own_scale(mode: str, tonic: str) -> None:
    key = write_key(tonic, mode)
    for chord in harmonise(scale_tune(key)):
        assert set(chord.tones) <= key.scale
        assert not any("7" in name for name in chord_names(scale_tune(key)))


@pytest.mark.parametrize("mode", SCALES)
def test_every_mode_closes_on_its_tonic_chord(mode: str) -> None:
    key = Key("D", mode)
    chords = harmonise(scale_tune(key))
    assert chords[-1].tones[0] == key.pitch_class


def test_long_notes_lie_in_their_chords_mostly() -> None:
    tune = read_abc(ODE)
    chords = harmonise(tune)
    inside = 0
    strong = [note for note in tune.notes() if note.onset % 2 == 0]
    for note in strong:
        chord = next(each for each in chords if each.onset <= note.onset < each.end)
        inside += note.pitch % 12 in chord.tones
    assert inside / len(strong) > 0.65


def test_a_last_bar_shortened_by_the_upbeat_is_harmonised_too() -> None:
    tune = read_abc("X:1\nM:3/4\nL:1/4\nQ:1/4=90\nK:G\nD | G2A | B2A | GFE | G2 |]\n")
    chords = harmonise(tune)
    assert chords[-1].end == tune.quarters == 12
    assert len(chord_names(tune)) == tune.full_bars


def test_a_tune_of_one_bar_and_a_bar_of_rests_are_harmonised() -> None:
    one = read_abc("X:1\nM:4/4\nL:1/4\nK:C\nC4 |]\n")
    assert chord_names(one) == ("C",)
    rests = replace(one, bars=((Sound(None, 96),), *one.bars))
    assert chord_names(rests)[-1] == "C"


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
