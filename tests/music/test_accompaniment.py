"""Every pattern plays in every meter: under the melody, in time, and comes to rest with it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.accompaniment import ACCOMPANIMENTS, BY_STYLE, arrange, auto_pattern
from studio.music.figures import DRUMS, FIGURES
from studio.music.harmony import harmonise
from studio.music.key import Key
from studio.music.meter import read_meter
from studio.music.note import Note
from studio.music.plan import STYLES
from studio.music.tune import Sound, Tune

METERS = ("2/4", "3/4", "4/4", "2/2", "6/8", "9/8", "12/8", "3/8", "5/4", "6/4", "7/8")
PATTERNS = tuple(sorted({*FIGURES}))


def walking(meter: str, lowest: int = 60, bars: int = 8, mode: str = "major") -> Tune:
    """Two notes a bar, a wide compass, home at the end."""
    time = read_meter(meter)
    first = time.bar // 2
    pitches = [lowest + step for step in (0, 7, 4, 12, 9, 5, 11, 2, 7, 16, 12, 4, 2, 7)]
    body = [
        (Sound(pitches[2 * bar % 14], first), Sound(pitches[(2 * bar + 1) % 14], time.bar - first))
        for bar in range(bars - 1)
    ]
    return Tune(time, Key("C", mode), (*body, (Sound(lowest, time.bar),)), tempo_bpm=96)


def together(left: Note, right: Note) -> bool:
    return left.onset < right.end and right.onset < left.end


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_it_stays_below_the_melody_and_ends_with_it(pattern: str, meter: str) -> None:
    tune = walking(meter)
    made = arrange(tune, "", pattern)
    melody = tune.notes()
    assert made.chords
    assert made.bass
    for note in (*made.chords, *made.bass):
        assert note.duration > 0
        assert note.pitch >= 28
        assert all(note.pitch < each.pitch for each in melody if together(note, each))
    for voice in (made.chords, made.bass):
        assert max(note.end for note in voice) == tune.quarters
    assert all(0 <= stroke.onset < tune.quarters for stroke in made.drums)


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_bar_begins_with_its_root_in_the_bass(pattern: str, meter: str) -> None:
    tune = walking(meter)
    made = arrange(tune, "", pattern)
    for number in range(tune.full_bars):
        onset = number * tune.meter.quarters
        assert any(note.onset == onset for note in made.bass), f"bar {number + 1}"


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_voice_never_strikes_a_pitch_that_it_still_holds(pattern: str) -> None:
    made = arrange(walking("4/4"), "", pattern)
    for voice in (made.chords, made.bass):
        for number, note in enumerate(voice):
            again = (each for each in voice[number + 1 :] if each.pitch == note.pitch)
            assert not any(together(note, each) for each in again)


@pytest.mark.parametrize("lowest", [38, 43, 50, 62, 72])
def test_low_and_high_melodies_are_not_crossed(lowest: int) -> None:
    tune = walking("4/4", lowest)
    for pattern in PATTERNS:
        made = arrange(tune, "", pattern)
        for note in (*made.chords, *made.bass):
            over = [each for each in tune.notes() if together(note, each)]
            assert all(note.pitch < each.pitch for each in over)


def test_none_plays_nothing_and_an_unknown_pattern_is_told() -> None:
    made = arrange(walking("4/4"), "folk", "none")
    assert not (made.chords)
    assert not (made.bass)
    assert not (made.drums)
    with pytest.raises(InvalidInput, match="accompaniment") as told:
        arrange(walking("4/4"), "folk", "polka")
    assert told.value.field == "accompaniment"


@pytest.mark.parametrize("style", ["", *STYLES])
@pytest.mark.parametrize("meter", METERS)
def test_auto_finds_a_pattern_for_every_style_and_meter(style: str, meter: str) -> None:
    tune = walking(meter)
    assert auto_pattern(tune, style) in FIGURES
    assert arrange(tune, style).pattern == auto_pattern(tune, style)


def test_styles_sound_different() -> None:
    tune = walking("4/4")
    heard = {style: arrange(tune, style) for style in ("march", "hymn", "lullaby", "chiptune")}
    assert len({made.chords for made in heard.values()}) == 4
    assert heard["march"].drums
    assert heard["chiptune"].drums
    assert not heard["hymn"].drums
    assert not heard["lullaby"].drums
    assert set(BY_STYLE) == set(STYLES)


def test_three_beats_make_a_waltz() -> None:
    tune = walking("3/4")
    made = arrange(tune, "waltz")
    assert made.pattern == "waltz"
    assert {note.onset % 3 for note in made.bass[:-1]} == {0}
    assert {note.onset % 3 for note in made.chords[:-3]} == {1, 2}


def test_the_chinese_style_has_open_fifths_and_no_thirds() -> None:
    tune = walking("4/4", mode="pentatonic")
    made = arrange(tune, "chinese")
    assert made.pattern == "guzheng"
    for chord in harmonise(tune):
        inside = [note for note in made.chords if chord.onset <= note.onset < chord.end]
        steps = {(note.pitch - chord.tones[0]) % 12 for note in inside}
        assert steps <= {0, 7}


def test_a_drone_holds_the_tonic_and_its_fifth() -> None:
    made = arrange(walking("6/8"), "", "drone")
    assert {note.pitch % 12 for note in (*made.chords, *made.bass)} == {0, 7}


def test_voices_move_little_from_chord_to_chord() -> None:
    made = arrange(walking("4/4", 72), "", "block")
    tops = [max(n.pitch for n in made.chords if n.onset == onset)
            for onset in sorted({note.onset for note in made.chords})]  # fmt: skip
    assert max(abs(a - b) for a, b in itertools.pairwise(tops)) <= 7


def test_an_upbeat_is_left_alone() -> None:
    tune = read_abc("X:1\nM:3/4\nL:1/4\nQ:1/4=90\nK:G\nD | G2A | B2A | GFE | G2 |]\n")
    made = arrange(tune, "", "waltz")
    assert min(note.onset for note in (*made.chords, *made.bass)) == 1


def test_drums_are_of_the_general_midi_map_and_fit_their_bars() -> None:
    for pattern, kit in DRUMS.items():
        for (beats, _), lines in kit.items():
            for pitch, line in lines.items():
                assert 35 <= pitch <= 81
                for letters in line.split("|"):
                    assert len(letters.strip()) % beats == 0, (pattern, letters)
    for pattern, figures in FIGURES.items():
        for (beats, _), figure in figures.items():
            for letters in (*figure.bass.split("|"), *figure.chords.split("|")):
                assert len(letters.strip()) % beats == 0, (pattern, letters)


def test_quick_broken_chords_are_played_half_as_fast() -> None:
    slow = arrange(walking("4/4"), "", "alberti")
    quick = arrange(replace(walking("4/4"), tempo_bpm=200), "", "alberti")
    assert len(quick.chords) < 0.7 * len(slow.chords)


def test_every_choice_of_the_form_can_be_played() -> None:
    assert {*ACCOMPANIMENTS} - {"auto", "none"} <= {*FIGURES}


def test_sixty_four_bars_and_one_bar_are_played() -> None:
    for bars in (1, 64):
        tune = walking("4/4", bars=bars)
        assert max(note.end for note in arrange(tune, "ballad").chords) == 4 * bars
