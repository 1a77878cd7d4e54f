"""Whatever a model likes, a melody has its bars, its range, its scale and its close."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from studio.families.fake_vocabulary import FakeVocabulary
from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.coding import decode
from studio.music.harmony import chord_names
from studio.music.key import SCALES, TONICS, Key, write_key
from studio.music.melody_form import MelodyForm
from studio.music.meter import METERS, read_meter
from studio.music.symbols import music_symbols, plan_symbols
from studio.music.tune import Tune, bar_ticks

VOCABULARY = FakeVocabulary(("<bos>", *plan_symbols(), *music_symbols()), joiner=" ")


def drawn(form: MelodyForm, source: random.Random) -> list[str]:
    """Words drawn at random among the allowed ones, to the end."""
    rule = form.bind(VOCABULARY)
    tokens: list[int] = []
    while True:
        allowed = rule.allowed(tokens)
        assert allowed
        assert rule.allowed(tokens) is allowed
        token = source.choice(allowed)
        if token == VOCABULARY.eos:
            return [VOCABULARY.text(each) for each in tokens]
        tokens.append(token)


def tune_of(words: Sequence[str], form: MelodyForm) -> Tune:
    return decode(words, form.meter, Key("C"), 60)


@pytest.mark.parametrize("meter", METERS)
def test_random_words_always_make_a_whole_melody(meter: str) -> None:
    for seed in range(60):
        source = random.Random(seed)
        scale = frozenset(SCALES[source.choice(list(SCALES))])
        lowest, highest = source.choice([(-8, 17), (-5, 14), (-12, 7), (0, 12), (-8, 10)])
        bars = source.choice([1, 2, 4, 8])
        form = MelodyForm(read_meter(meter), bars, scale, lowest, highest)
        tune = tune_of(drawn(form, source), form)
        full = tune.bars[int(tune.upbeat) :]
        assert [bar_ticks(bar) for bar in full] == [form.meter.bar] * bars
        notes = tune.notes()
        assert notes[-1].pitch % 12 == 0
        assert all(lowest <= note.pitch - 60 <= highest for note in notes)
        assert all((note.pitch - 60) % 12 in scale for note in notes)


@pytest.mark.parametrize("seed", range(60))
def test_every_melody_is_written_and_read_back_note_for_note(seed: int) -> None:
    source = random.Random(seed)
    mode = source.choice(list(SCALES))
    key = write_key(source.choice(TONICS), mode)
    scale = frozenset(SCALES[mode]) | ({9, 11} if mode == "minor" else set())
    form = MelodyForm(read_meter(source.choice(METERS)), 6, scale)
    tonic = 55 + (key.pitch_class - 55) % 12
    tune = decode(drawn(form, source), form.meter, key, tonic, "any", 90)
    assert read_abc(write_abc(tune, chord_names(tune))).notes() == tune.notes()


def test_bars_count_down_to_the_end() -> None:
    form = MelodyForm(read_meter("3/4"), 5, frozenset(SCALES["major"]))
    words = drawn(form, random.Random(4))
    assert [word for word in words if word[0] == "|"] == ["|5", "|4", "|3", "|2", "|1"]


def test_an_echo_says_a_bar_again() -> None:
    form = MelodyForm(read_meter("4/4"), 8, frozenset(SCALES["major"]), echoes=((5, 1), (6, 2)))
    told = 0
    for seed in range(20):
        tune = tune_of(drawn(form, random.Random(seed)), form)
        bars = tune.bars[int(tune.upbeat) :]
        told += bars[0] == bars[4]
        assert [bar_ticks(bar) for bar in bars] == [96] * 8
    # A leap wider than an octave into the bar may forbid it now and then.
    assert told >= 12


def test_a_rule_can_start_over() -> None:
    form = MelodyForm(read_meter("2/4"), 4, frozenset(SCALES["minor"]))
    rule = form.bind(VOCABULARY)
    first = rule.allowed([])
    after = rule.allowed([first[0]])
    assert after is not first
    assert rule.allowed([]) is first
