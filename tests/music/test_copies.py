"""A tune that was learnt is known again in any key, and what is new may be written."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

from studio.families.fake_vocabulary import FakeVocabulary
from studio.music.abc_reader import read_abc
from studio.music.coding import decode
from studio.music.copies import WINDOW, CopyIndex, runs_of, struck_notes, training_copies
from studio.music.key import SCALES, Key
from studio.music.melody_form import MelodyForm
from studio.music.meter import read_meter
from studio.music.note import Note
from studio.music.original import OriginalForm
from studio.music.symbols import music_symbols, plan_symbols
from studio.music.tune import Tune
from studio.requests import Constraint

TUNE = read_abc("X:1\nM:4/4\nL:1/8\nK:C\nC2 E2 G3 A | F2 D2 E4 | G2 c2 B3 G | A2 F2 C4 |\n")
INDEX = CopyIndex.of(frozenset(runs_of(struck_notes(TUNE.notes()))))
VOCABULARY = FakeVocabulary(("<bos>", *plan_symbols(), *music_symbols()), joiner=" ")


def changed(notes: tuple[Note, ...], place: int, semitones: int) -> tuple[Note, ...]:
    """One note at another pitch."""
    pitch = notes[place].pitch + semitones
    return (*notes[:place], replace(notes[place], pitch=pitch), *notes[place + 1 :])


def test_the_tune_itself_is_known_from_end_to_end() -> None:
    assert INDEX.longest_run(TUNE.notes()) == len(TUNE.notes())


def test_another_key_and_other_note_values_are_the_same_tune() -> None:
    moved = tuple(
        Note(note.pitch + 5, 1 + note.onset / 2, note.duration / 2) for note in TUNE.notes()
    )
    assert INDEX.longest_run(moved) == len(moved)


def test_eight_notes_are_no_copy_and_nine_are() -> None:
    notes = TUNE.notes()
    assert INDEX.longest_run(notes[: WINDOW - 1]) == 0
    assert INDEX.longest_run(notes[:WINDOW]) == WINDOW


def test_a_changed_note_ends_the_run() -> None:
    notes = TUNE.notes()
    assert INDEX.longest_run(changed(notes, 9, 1)) == WINDOW
    assert INDEX.longest_run(changed(notes, 7, 1)) == 0


def test_another_rhythm_is_another_tune() -> None:
    notes = [*TUNE.notes()]
    notes[4] = replace(notes[4], onset=notes[4].onset + Fraction(1, 4))
    assert INDEX.longest_run(notes[:WINDOW]) == 0


def test_how_long_the_last_note_lasts_does_not_matter() -> None:
    notes = TUNE.notes()[:WINDOW]
    longer = (*notes[:-1], replace(notes[-1], duration=Fraction(7)))
    assert INDEX.longest_run(longer) == WINDOW


def test_the_note_that_completes_a_run_is_named() -> None:
    *before, ninth = struck_notes(TUNE.notes()[:WINDOW])
    assert INDEX.completes(before, ninth)
    assert not INDEX.completes(before, (ninth[0] + 1, ninth[1]))
    assert not INDEX.completes(before[1:], ninth)


def test_the_index_comes_back_from_its_bytes() -> None:
    again = CopyIndex.read(INDEX.to_bytes())
    assert again.longest_run(TUNE.notes()) == len(TUNE.notes())


def test_new_runs_are_hardly_ever_taken_for_known_ones() -> None:
    source = random.Random(1)

    def run() -> bytes:
        struck = [(source.randint(50, 80), 12 * place) for place in range(WINDOW)]
        return next(iter(runs_of(struck)))

    index = CopyIndex.of(frozenset(run() for _ in range(5000)))
    notes = [
        Note(source.randint(20, 100), Fraction(place, 2), Fraction(1, 2)) for place in range(5000)
    ]
    known = sum(index.longest_run(notes[at : at + WINDOW]) > 0 for at in range(4990))
    assert known <= 10


def test_the_index_of_the_training_tunes_is_small() -> None:
    assert len(training_copies().to_bytes()) < 900_000


def written(form: Constraint, seed: int) -> Tune:
    """A melody by chance under the form."""
    rule, source, tokens = form.bind(VOCABULARY), random.Random(seed), list[int]()
    while True:
        allowed = rule.allowed(tokens)
        assert allowed
        assert rule.allowed(tokens) is allowed
        token = source.choice(allowed)
        if token == VOCABULARY.eos:
            break
        tokens.append(token)
    return decode([VOCABULARY.text(each) for each in tokens], read_meter("4/4"), Key("C"), 60)


def test_a_melody_under_the_form_copies_nothing() -> None:
    """The same chances as before walk into every melody that is known, and are led out of it."""
    scale = frozenset(SCALES["pentatonic"])
    narrow = MelodyForm(read_meter("4/4"), 8, scale, -5, 14, triplets=False)
    source = [written(narrow, seed) for seed in range(40)]
    runs = frozenset(run for tune in source for run in runs_of(struck_notes(tune.notes())))
    original = OriginalForm(narrow, CopyIndex.of(runs))
    for tune in source:
        assert original.copies.longest_run(tune.notes()) >= WINDOW
    again = [written(original, seed) for seed in range(40)]
    assert [tune.notes() for tune in again] != [tune.notes() for tune in source]
    assert all(original.copies.longest_run(tune.notes()) == 0 for tune in again)
