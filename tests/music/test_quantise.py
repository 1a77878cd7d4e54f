"""Notes in free time are put on a grid that a person would have written."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.key import Key
from studio.music.meter import QUARTER, Meter, read_meter
from studio.music.quantise import (
    Free,
    Placed,
    barred,
    cut_to,
    first_bars,
    found_meter,
    highest_line,
    placed,
    rebarred,
)
from studio.music.tune import Tune, bar_ticks

FOUR = Meter(4, 4)


def played(lengths: list[float], share: float = 0.95) -> list[Free]:
    notes, at = [], 0.0
    for number, length in enumerate(lengths):
        notes.append(Free(60 + number % 5, at, length * share))
        at += length
    return notes


def written(notes: list[Free], meter: Meter = FOUR) -> list[Fraction]:
    return [Fraction(note.end - note.start, QUARTER) for note in placed(notes, meter)]


@pytest.mark.parametrize("share", [1.0, 0.97, 0.86, 0.7])
def test_articulation_is_not_taken_for_rests(share: float) -> None:
    lengths = [1, 0.5, 0.5, 1.5, 0.5, 0.25, 0.25, 0.5, 1, 2]
    assert written(played(lengths, share)) == [Fraction(length) for length in lengths]


def test_triplets_are_told_from_sixteenths() -> None:
    third = Fraction(1, 3)
    notes = played([1 / 3, 1 / 3, 1 / 3, 1, 0.25, 0.25, 0.5, 1])
    assert written(notes)[:3] == [third] * 3
    assert written(notes)[4:6] == [Fraction(1, 4)] * 2


def test_short_triplets_stand_beside_plain_sixteenths() -> None:
    sixth = 1 / 6
    notes = played([sixth, sixth, sixth, 0.25, 0.25, 1, 1, 1], 1.0)
    assert written(notes)[:5] == [Fraction(1, 6)] * 3 + [Fraction(1, 4)] * 2


@pytest.mark.parametrize("seed", range(6))
def test_uneven_playing_is_evened_out(seed: int) -> None:
    source = random.Random(seed)
    lengths = [source.choice([0.5, 1, 1, 1.5, 2]) for _ in range(24)]
    notes = [
        Free(note.pitch, max(0, note.onset + source.uniform(-0.06, 0.06)), note.duration)
        for note in played(lengths, 0.9)
    ]
    assert written(notes)[:-1] == [Fraction(length) for length in lengths[:-1]]


def test_the_highest_of_notes_that_sound_together_is_the_melody() -> None:
    chord = [Free(pitch, 0.0, 4.0) for pitch in (48, 52, 55)]
    tune = [Free(72, 0.0, 1.0), Free(74, 1.0, 1.05), Free(71, 2.0, 1.0), Free(72, 3.0, 1.0)]
    assert [note.pitch for note in highest_line(chord + tune)] == [72, 74, 71, 72]


@pytest.mark.parametrize("meter", ["4/4", "3/4", "2/4", "6/8", "9/8", "12/8", "5/4", "3/8"])
@pytest.mark.parametrize("seed", range(5))
def test_bars_always_add_up_and_every_note_is_written(meter: str, seed: int) -> None:
    source, time = random.Random(seed), read_meter(meter)
    grid = 6 if time.compound else source.choice([3, 6, 8])
    notes, at = [], 0
    for _ in range(40):
        at += grid * source.choice([0, 0, 0, 1, 3])
        length = grid * source.choice([1, 1, 2, 3, 4, 6, 13])
        notes.append(Placed(60 + source.randint(0, 12), at, at + length))
        at += length
    upbeat = source.choice([0, 24, 12]) % time.bar
    tune = Tune(time, Key("C"), barred(notes, time, upbeat))
    assert all(bar_ticks(bar) == time.bar for bar in tune.bars[int(tune.upbeat) :])
    again = read_abc(write_abc(tune))
    assert again.notes() == tune.notes()
    if grid != 8 or upbeat % 24 == 0:
        assert [(note.pitch, note.onset * 24) for note in tune.notes()] == [
            (note.pitch, note.start) for note in notes
        ]


def test_bars_that_do_not_add_up_are_drawn_anew_and_whole_ones_left() -> None:
    broken = read_abc("X:1\nM:4/4\nL:1/4\nK:C\nC D E F | G A B | c d e f g | c4 |]\n")
    mended = rebarred(broken)
    assert mended.notes()[:12] == broken.notes()[:12]
    assert all(bar_ticks(bar) == 96 for bar in mended.bars)
    assert rebarred(mended) is mended


def test_a_waltz_is_heard_in_three() -> None:
    waltz = read_abc(
        "X:1\nM:3/4\nL:1/4\nK:G\nG A B | d2 B | c B A | B3 | G A B | d2 B | c A F | G3 |]\n"
    )
    hymn = read_abc(
        "X:1\nM:4/4\nL:1/4\nK:G\nG A B c | d2 B2 | c B A B | G4 | G A B c | d2 B2 | G4 |]\n"
    )
    for tune in (waltz, hymn):
        notes = [
            Placed(each.pitch, int(each.onset * 24), int(each.end * 24)) for each in tune.notes()
        ]
        assert found_meter(notes) == tune.meter


def test_music_is_cut_at_a_bar_line_with_its_words() -> None:
    tune = read_abc("X:1\nM:2/4\nL:1/4\nK:C\nC | D E | F G | A B |]\nw: a b c d e f g\n")
    short = cut_to(tune, 2)
    assert (short.full_bars, short.words) == (2, ("a", "b", "c", "d", "e"))
    kept = first_bars([Placed(60, 0, 90), Placed(62, 96, 300)], FOUR, 0, 2)
    assert kept == [Placed(60, 0, 90), Placed(62, 96, 192)]
    assert first_bars([], FOUR, 0, 2) == []
