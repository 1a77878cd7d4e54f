"""Sets of tunes that differ are told apart by the measure that should, and only by chance else."""

from __future__ import annotations

import random
from fractions import Fraction

import numpy as np
import pytest

from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.key import Key
from studio.music.meter import read_meter
from studio.music.similarity import Makeup, makeup
from studio.music.tune import Bar, Sound, Tune
from studio.training.melody_measures import MEASURES, compared, distances, halves, total_variation
from studio.training.melody_moods import heard_of, told_apart
from studio.training.melody_validity import in_music21, in_verovio, readers


def walk(seed: int, steps: tuple[int, ...] = (-2, -1, 1, 2), bars: int = 8) -> Tune:
    """A tune of quarter notes by chance, its second half the first again for even seeds."""
    source, pitch, found = random.Random(seed), 60, list[Bar]()
    for number in range(bars):
        if number >= bars // 2 and seed % 2 == 0:
            found.append(found[number - bars // 2])
            continue
        bar = []
        for _ in range(4):
            pitch = max(50, min(80, pitch + source.choice(steps)))
            bar.append(Sound(pitch, 24))
        found.append(tuple(bar))
    return Tune(read_meter("4/4"), Key("C"), tuple(found))


def walks(first: int, count: int, steps: tuple[int, ...] = (-2, -1, 1, 2)) -> list[Makeup]:
    return [makeup(walk(seed, steps)) for seed in range(first, first + count)]


def test_a_set_is_no_distance_from_itself() -> None:
    same = walks(0, 20)
    assert distances(same, same) == dict.fromkeys(MEASURES, 0.0)


def test_leaping_tunes_differ_in_moves_and_not_in_lengths() -> None:
    chance = halves(walks(0, 200), 40, 4, 1)
    found = distances(walks(300, 40, (-7, 7, 5, -5)), walks(0, 40))
    assert found["moves"] > 0.9
    assert found["interval"] > 5 * chance["interval"]
    assert found["note_length"] == 0


def test_tunes_that_never_return_differ_in_their_bar_pairs() -> None:
    returning = [makeup(walk(2 * seed)) for seed in range(30)]
    wandering = [makeup(walk(2 * seed + 1)) for seed in range(30)]
    found = distances(wandering, returning)
    assert found["self_similarity"] > 0.2
    assert found["bar_pairs"] > 0.2


def test_bigger_sets_are_nearer_by_chance() -> None:
    tunes = walks(0, 400)
    small, large = halves(tunes, 10, 6, 2), halves(tunes, 150, 6, 2)
    assert all(large[name] <= small[name] for name in MEASURES)
    assert large["interval"] < 0.7 * small["interval"]


def test_the_summary_counts_what_is_nearer() -> None:
    near, far = dict.fromkeys(MEASURES, 0.1), dict.fromkeys(MEASURES, 0.3)
    found = compared(near, far, dict.fromkeys(MEASURES, 0.06))
    assert found["distances_beaten"] == found["distances_near"] == 1
    turned = compared(far, near, dict.fromkeys(MEASURES, 0.06))
    assert turned["distances_beaten"] == turned["distances_near"] == 0
    assert turned["distance_interval_markov"] == 0.1


def test_total_variation_of_what_has_nothing_in_common_is_one() -> None:
    assert total_variation({1: 1.0}, {2: 0.5, 3: 0.5}) == pytest.approx(1)


def test_a_classifier_names_what_it_can_hear_and_guesses_what_it_can_not() -> None:
    chance = np.random.default_rng(3)
    truth = np.repeat([0, 1, 2], 40)
    noise = chance.normal(size=(120, 6))
    assert told_apart(noise, truth) < 0.55
    noise[:, 2] += 6 * truth
    assert told_apart(noise, truth) > 0.95


def test_what_is_heard_does_not_know_the_plan() -> None:
    """The same notes under another key signature and title sound the same but for the tonic."""
    tune = read_abc("X:1\nT:Happy\nM:4/4\nL:1/4\nQ:1/4=90\nK:C\nC E G c | B G E C |\n")
    other = read_abc("X:1\nT:Sad\nM:4/4\nL:1/4\nQ:1/4=90\nK:Am\nC E G c | B G E C |\n")
    assert heard_of(tune)[3:] == heard_of(other)[3:]


MINOR = "X:1\nM:4/4\nL:1/8\nQ:1/4=90\nK:Dm\nA2 | d2 ^c d c2 d2 | e2 (3cde f4 | d6 z2 |]\n"


def test_other_readers_find_what_was_written() -> None:
    tune = read_abc(MINOR)
    text = "%abc-2.1\n" + write_abc(tune).removeprefix("%abc-2.1\n")
    assert tune.quarters == Fraction(13)
    assert all(reads(tune, text) for reads in readers().values())


def test_a_text_that_tells_another_tune_is_found_out() -> None:
    tune = read_abc(MINOR)
    wrong = write_abc(read_abc(MINOR.replace("d6 z2", "d4 z4").replace("f4", "g4")))
    short = write_abc(read_abc(MINOR.replace(" | d6 z2", "")))
    assert not in_music21(tune, "%abc-2.1\n" + wrong)
    assert not in_verovio(tune, short)
