"""Tunes told in other modes and meters: more to learn from, and still tunes."""

from __future__ import annotations

import pytest

from studio.music.abc_reader import read_abc
from studio.music.key import SCALES
from studio.music.tune import bar_ticks
from studio.training.melody_recasting import recast

HEADS = "X:1\nT:a\nM:{meter}\nL:1/8\nK:{key}\n"
MAJOR = HEADS.format(meter="4/4", key="C") + "C2 E2 G2 c2 | B2 c2 A2 F2 | G2 E2 D2 B,2 | C8 |]"


def modes(abc: str) -> dict[str, list[int]]:
    return {
        f"{each.key.mode} {each.meter}": [note.pitch for note in each.notes()]
        for each in recast(read_abc(abc))
    }


def test_a_major_tune_is_told_in_four_modes_and_another_meter():
    told = modes(MAJOR)
    assert set(told) == {
        "minor 4/4", "dorian 4/4", "mixolydian 4/4", "pentatonic 4/4", "major 2/4",
    }  # fmt: skip
    # E becomes Eb; the B that leads to C stays, the one before it is not told as Bb.
    assert told["minor 4/4"] == [60, 63, 67, 72, 71, 72, 68, 65, 67, 63, 62, 59, 60]
    assert told["major 2/4"] == [note.pitch for note in read_abc(MAJOR).notes()]


@pytest.mark.parametrize("mode", ["dorian", "mixolydian", "pentatonic"])
def test_every_note_belongs_to_the_new_mode(mode):
    assert {pitch % 12 for pitch in modes(MAJOR)[f"{mode} 4/4"]} <= set(SCALES[mode])


def test_bars_keep_their_lengths():
    for told in recast(read_abc(MAJOR)):
        assert [bar_ticks(bar) for bar in told.bars] == [told.meter.bar] * 4


def test_a_tune_with_foreign_notes_keeps_its_mode():
    foreign = HEADS.format(meter="6/8", key="C") + "C2 ^C D2 E | G6 | F2 E D2 C | C6 |]"
    assert modes(foreign) == {}


def test_minor_becomes_major_and_back():
    minor = HEADS.format(meter="3/4", key="Am") + "A2 c2 e2 | f2 e2 d2 | c2 B2 ^G2 | A6 |]"
    brighter = modes(minor)["major 3/4"]
    assert brighter == [69, 73, 76, 78, 76, 74, 73, 71, 68, 69]
