"""Whatever a model likes, a melody has its bars, its range, its scale and its close."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest

from studio.families.fake_vocabulary import FakeVocabulary
from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.coding import bar_symbols, decode, fixed_bars
from studio.music.harmony import chord_names
from studio.music.key import SCALES, TONICS, Key, write_key
from studio.music.melody_form import MelodyForm, bar_counts, most_sung
from studio.music.meter import METERS, read_meter
from studio.music.symbols import music_symbols, plan_symbols
from studio.music.tune import Bar, Tune, bar_ticks

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
        bars = source.choice([1, 2, 4, 8, 64])
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


def test_a_phrase_that_returns_begins_as_it_did() -> None:
    form = MelodyForm(
        read_meter("4/4"), 12, frozenset(SCALES["major"]), phrases=("A", "A'", "A"), opening=()
    )
    once, twice = 0, 0
    for seed in range(20):
        words = drawn(form, random.Random(seed))
        assert [word for word in words if word[0] == "="] == ["=A", "=A'", "=A"]
        bars = tune_of(words, form).bars
        once += bars[0] == bars[4]
        twice += bars[:2] == bars[8:10]
        assert [bar_ticks(bar) for bar in bars] == [96] * 12
    # A leap wider than an octave into the bar may forbid it now and then.
    assert once >= 12
    assert twice >= 12


def test_the_model_may_name_its_phrases_itself() -> None:
    form = MelodyForm(read_meter("2/4"), 40, frozenset(SCALES["minor"]))
    marks = [word[1:] for word in drawn(form, random.Random(2)) if word[0] == "="]
    assert len(marks) == 10
    known: set[str] = set()
    for mark in marks:
        assert mark in known or mark == "ABCDEFGH"[min(len(known), 7)] or mark[0] in known
        known.add(mark[0])


@pytest.mark.parametrize("meter", METERS)
def test_every_phrase_strikes_as_many_notes_as_it_has_syllables(meter: str) -> None:
    asked = read_meter(meter)
    for seed in range(30):
        source = random.Random(seed)
        bars = source.choice([4, 6, 8, 12])
        room = most_sung(bars, asked)
        syllables = tuple(
            source.randint(len(room[at : at + 4]), sum(room[at : at + 4]))
            for at in range(0, bars, 4)
        )
        form = MelodyForm(asked, bars, frozenset(SCALES["major"]), syllables=syllables, opening=())
        tune = tune_of(drawn(form, source), form)
        struck = [sum(not s.tied and s.pitch is not None for s in bar) for bar in tune.bars]
        assert [sum(struck[at : at + 4]) for at in range(0, bars, 4)] == list(syllables)
        assert [bar_ticks(bar) for bar in tune.bars] == [asked.bar] * bars
        assert tune.notes()[-1].pitch % 12 == 0


def test_more_syllables_than_can_be_sung_are_refused() -> None:
    with pytest.raises(ValueError, match="99 notes can not be sung in 4 bars"):
        bar_counts((99,), 4, read_meter("4/4"))


@pytest.mark.parametrize("seed", range(40))
def test_given_bars_stay_note_for_note(seed: int) -> None:
    source = random.Random(seed)
    meter = read_meter(source.choice(METERS))
    first = MelodyForm(meter, 8, frozenset(SCALES["minor"]))
    old = tune_of(drawn(first, source), first)
    kept = source.sample(range(1, 9), 4)
    opening, _ = bar_symbols(old, 60)
    again = MelodyForm(
        meter,
        8,
        frozenset(SCALES["major"]),
        fixed=fixed_bars(old, 60, kept),
        opening=opening,
    )
    new = tune_of(drawn(again, random.Random(seed + 99)), again)
    assert new.upbeat == old.upbeat
    for number in kept:
        place = number - 1 + int(old.upbeat)
        assert sounds(new.bars[place]) == sounds(old.bars[place])
    assert [bar_ticks(bar) for bar in new.bars[int(new.upbeat) :]] == [meter.bar] * 8


def sounds(bar: Bar) -> list[tuple[int | None, int]]:
    """Pitches and ticks, ties inside the bar joined."""
    found: list[tuple[int | None, int]] = []
    for sound in bar:
        if sound.tied and found:
            found[-1] = (sound.pitch, found[-1][1] + sound.ticks)
        else:
            found.append((sound.pitch, sound.ticks))
    return found


def test_a_rule_can_start_over() -> None:
    form = MelodyForm(read_meter("2/4"), 4, frozenset(SCALES["minor"]))
    rule = form.bind(VOCABULARY)
    first = rule.allowed([])
    after = rule.allowed([first[0]])
    assert after is not first
    assert rule.allowed([]) is first


@pytest.mark.parametrize("meter", METERS)
def test_a_quick_melody_has_no_note_too_short_to_play(meter: str) -> None:
    for seed in range(20):
        form = MelodyForm(read_meter(meter), 4, frozenset(SCALES["major"]), shortest=6)
        tune = tune_of(drawn(form, random.Random(seed)), form)
        assert [bar_ticks(bar) for bar in tune.bars[int(tune.upbeat) :]] == [form.meter.bar] * 4
        assert min(sound.ticks for bar in tune.bars for sound in bar) >= 6
