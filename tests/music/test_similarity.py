"""What a tune is made of is counted as a musician would count it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.music.abc_reader import read_abc
from studio.music.key import Key
from studio.music.similarity import LAGS, makeup
from studio.music.tune import Sound, Tune

SCALE = read_abc("X:1\nM:4/4\nL:1/4\nK:C\nC D E F | G A B c | C D E F | G4 |\n")


def moved(tune: Tune, semitones: int, key: Key) -> Tune:
    """The same tune in another key."""
    bars = tuple(
        tuple(
            sound if sound.pitch is None else replace(sound, pitch=sound.pitch + semitones)
            for sound in bar
        )
        for bar in tune.bars
    )
    return replace(tune, bars=bars, key=key)


def test_a_scale_goes_by_steps_and_one_leap_back() -> None:
    found = makeup(SCALE)
    assert found.moves == {"step": pytest.approx(11 / 12), "leap": pytest.approx(1 / 12)}
    assert found.intervals[-12] == pytest.approx(1 / 12)
    assert found.span == 12
    assert found.notes_a_bar == pytest.approx(13 / 4)
    assert found.lengths == {24: pytest.approx(12 / 13), 96: pytest.approx(1 / 13)}


def test_time_counts_for_pitch_classes_and_the_tonic_is_nought() -> None:
    found = makeup(SCALE)
    assert found.pitch_classes[7] == pytest.approx(5 / 16)
    assert found.pitch_classes[0] == pytest.approx(3 / 16)
    assert sum(found.pitch_classes.values()) == pytest.approx(1)


def test_the_key_makes_no_difference() -> None:
    assert makeup(moved(SCALE, 3, Key("Eb"))) == makeup(SCALE)


def test_bars_that_return_are_alike_at_their_distance() -> None:
    found = makeup(SCALE).bar_pairs
    assert set(found) == set(LAGS)
    assert found[1] == (0, 0, 0)
    assert found[2] == (1, 0)
    assert found[4] == ()


def test_a_bar_with_half_its_notes_the_same_is_between() -> None:
    tune = read_abc("X:1\nM:4/4\nL:1/4\nK:C\nC D E F | C D G A |\n")
    assert list(makeup(tune).bar_pairs[1]) == pytest.approx([2 / 6])


def test_an_upbeat_is_no_bar() -> None:
    plain = read_abc("X:1\nM:4/4\nL:1/4\nK:C\nC D E F | C D E F |\n")
    upbeat = replace(plain, bars=((Sound(55, 24),), *plain.bars))
    assert makeup(upbeat).bar_pairs == makeup(plain).bar_pairs


def test_one_note_has_no_makeup() -> None:
    with pytest.raises(ValueError, match="one note"):
        makeup(read_abc("X:1\nM:4/4\nL:1/4\nK:C\nC4 |\n"))
