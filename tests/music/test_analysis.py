"""What a melody is, told in plain words, and the plan it would have had."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from studio.music.abc_reader import read_abc
from studio.music.analysis import analyse, found_key, guessed_style, phrase_form, plan_of_tune
from studio.music.key import Key
from studio.music.plan import METERS, MOODS, STYLES
from studio.music.tune import Tune

ODE = """X:1
T:Ode
M:4/4
L:1/4
Q:1/4=112
K:D
F F G A | A G F E | D D E F | F3/2E/E2 |
F F G A | A G F E | D D E F | E3/2D/D2 |
E E F D | E F/G/ F D | E F/G/ F E | D E A,2 |
F F G A | A G F E | D D E F | E3/2D/D2 |]
"""


def transposed(tune: Tune, semitones: int) -> Tune:
    bars = tuple(
        tuple(
            replace(each, pitch=None if each.pitch is None else each.pitch + semitones)
            for each in bar
        )
        for bar in tune.bars
    )
    return replace(tune, bars=bars)


def test_a_known_tune_is_described_as_a_person_would() -> None:
    found = analyse(read_abc(ODE))
    assert (found.key, found.meter, found.bars) == ("D major", "4/4", 16)
    assert found.phrase_form == "AA'BA'"
    assert (found.lowest, found.highest, found.semitones) == (57, 69, 12)
    assert found.stepwise > 0.6
    assert found.stepwise + found.leaps + found.repeated == pytest.approx(1, abs=0.01)
    assert found.mood in MOODS
    assert json.loads(json.dumps(found.as_dict()))["phrase_form"] == "AA'BA'"


@pytest.mark.parametrize("semitones", [0, 1, 3, -5, 6])
def test_the_key_is_found_from_the_notes(semitones: int) -> None:
    tune = transposed(read_abc(ODE), semitones)
    assert found_key(tune.notes()).pitch_class == (2 + semitones) % 12
    assert found_key(tune.notes()).mode == "major"


@pytest.mark.parametrize(
    ("notes", "key"),
    [
        ("A, C E A | G E D C | D F E D | A,4 |]", Key("A", "minor")),
        ("D E F G | A B c A | G E C E | D4 |]", Key("D", "dorian")),
        ("G A c d | e d c A | G A c A | G4 |]", Key("G", "zhi")),
        ("A c d e | g e d c | A G A c | A4 |]", Key("A", "yu")),
        ("C D E G | A G E D | C E D E | C4 |]", Key("C", "pentatonic")),
    ],
)
def test_modes_are_told_apart(notes: str, key: Key) -> None:
    tune = read_abc(f"X:1\nM:4/4\nL:1/4\nK:C\n{notes}\n")
    assert found_key(tune.notes()) == key


def test_a_given_signature_is_kept() -> None:
    notes = read_abc("X:1\nM:4/4\nL:1/4\nK:C\nG A c d | e d c A | G4 |]\n").notes()
    assert found_key(notes, 1).fifths == 1


def test_phrases_that_return_get_their_letter_again() -> None:
    line = "C D E F | G A G E | D E F D | C4 |"
    other = "c B A G | F E D C | c A F A | G4 |"
    varied = "C D E F | G A G E | D C B, D | C2 E2 |"
    tune = read_abc(f"X:1\nM:4/4\nL:1/4\nK:C\n{line}\n{other}\n{line}\n{varied}\n")
    assert phrase_form(tune) == ("A", "B", "A", "A'")


def test_a_tune_becomes_a_plan_that_the_model_can_take_up() -> None:
    tune = read_abc(ODE)
    plan = plan_of_tune(tune, analyse(tune))
    assert (plan.key, plan.meter, plan.tempo_bpm, plan.bars) == (tune.key, "4/4", 112, 16)
    assert plan.style in STYLES
    assert plan.words()
    odd = read_abc("X:1\nM:5/4\nL:1/4\nQ:1/4=300\nK:C\nC D E F G | c5 |]\n")
    fitted = plan_of_tune(odd, analyse(odd), style="waltz", instrument="dizi")
    assert fitted.meter in METERS
    assert (fitted.tempo_bpm, fitted.bars, fitted.instrument) == (200, 4, "dizi")


@pytest.mark.parametrize(
    ("head", "style"),
    [
        ("M:6/8\nL:1/8\nQ:3/8=110\nK:G", "jig"),
        ("M:3/4\nL:1/8\nQ:1/4=150\nK:G", "waltz"),
        ("M:6/8\nL:1/8\nQ:3/8=50\nK:G", "lullaby"),
    ],
)
def test_a_style_is_guessed(head: str, style: str) -> None:
    assert guessed_style(read_abc(f"X:1\n{head}\nGABcde|fedcBA|GABcde|c6|]\n")) == style
