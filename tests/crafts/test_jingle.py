"""Jingles: five to eight seconds that add up, a motif that comes again on another step, an ending;
whatever the model says."""

from __future__ import annotations

import json
from typing import Any

import pytest

from studio.crafts.craft import Order, Output
from studio.crafts.jingle import jingle_finish, jingle_order
from studio.crafts.jingle_plan import jingle_plan
from studio.crafts.melody_kept import Kept, kept_melody
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.motif import Motif, returns
from studio.music.tune import Tune, bar_ticks
from studio.requests import Completion
from tests.crafts.singing import OneCard, sung

MOODS = {
    "happy": (0.7, 0.6),
    "calm": (0.5, -0.5),
    "friendly": (0.4, 0.2),
    "sad": (-0.6, -0.5),
    "tense": (-0.4, 0.6),
    "still": (-1.0, -1.0),
    "wild": (1.0, 1.0),
}
LOGO = "X:1\nM:4/4\nL:1/8\nQ:1/4=140\nK:D\nF2 A2 d4 |]\n"
SLOW_LOGO = "X:1\nM:3/4\nL:1/4\nQ:1/4=90\nK:Am\nA c e | d B G |]\n"


def order(mood: str = "happy", seed: int = 3, **given: Any) -> Order:
    return jingle_order(*MOODS[mood], seed, OneCard(), **given)


def made(mood: str = "happy", seed: int = 3, **given: Any) -> Output:
    asked = order(mood, seed, **given)
    return jingle_finish(asked, [sung(each) for each in asked.requests])


def bars_of(tune: Tune) -> tuple[Any, ...]:
    return tune.bars[int(tune.upbeat) :]


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_jingle_is_short_adds_up_and_ends_on_a_long_tonic(mood: str, seed: int) -> None:
    output = made(mood, seed)
    tune = read_abc(output.text)
    notes = tune.notes()
    # What rings on after the last note is a second at most.
    assert 5 <= output.data["seconds"] <= 7  # type: ignore[operator]
    assert {bar_ticks(bar) for bar in tune.bars} == {tune.meter.bar}
    assert notes[-1].pitch % 12 == tune.key.pitch_class
    assert notes[-1].duration == max(note.duration for note in notes)
    verdicts = {check.name: check.passed for check in output.checks}
    assert verdicts["jingle_length"]
    assert verdicts["motif_returns"]
    assert verdicts["jingle_ending"]
    assert verdicts["bars_add_up"]
    assert verdicts["bar_count"]


@pytest.mark.parametrize("mood", MOODS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_motif_comes_again_on_another_step(mood: str, seed: int) -> None:
    output = made(mood, seed)
    tune, count = read_abc(output.text), int(str(output.data["motif_bars"]))
    first, again = bars_of(tune)[:count], bars_of(tune)[count : 2 * count]
    assert Motif.of(first) == Motif.of(again)
    moved = again[0][0].pitch - first[0][0].pitch
    assert moved != 0
    assert output.data["motif_returns"] == {"bar": count + 1, "semitones": moved}
    assert Motif.of(bars_of(read_abc(str(output.data["motif"])))) == Motif.of(first)


def test_the_same_seed_gives_the_same_jingle_and_another_one_another() -> None:
    assert order(seed=7).requests == order(seed=7).requests
    assert made(seed=7) == made(seed=7)
    assert len({made(seed=seed).text for seed in range(1, 6)}) == 5


def test_all_takes_are_asked_at_once_with_a_seed_each() -> None:
    requests = order().requests
    assert len({request.seed for request in requests}) == len(requests) > 8


def test_lively_moods_are_quicker_and_bright_ones_are_in_major() -> None:
    def mean_tempo(valence: float, arousal: float) -> float:
        plans = [jingle_plan(valence, arousal, seed).plan for seed in range(20)]
        return sum(plan.tempo_bpm / plan.bars / float(plan.time.quarters) for plan in plans)

    assert mean_tempo(0.5, 0.9) > mean_tempo(0.5, -0.9)
    assert {jingle_plan(0.8, 0, seed).plan.mode for seed in range(20)} == {"major"}
    assert "major" not in {jingle_plan(-0.8, 0, seed).plan.mode for seed in range(20)}


def test_a_style_stands_over_the_mood() -> None:
    assert made(style="chinese").data["instrument"] == "guzheng"
    assert made(style="march").data["instrument"] == "brass"


@pytest.mark.parametrize("motif", [LOGO, SLOW_LOGO])
@pytest.mark.parametrize("mood", ["happy", "sad"])
def test_a_given_motif_opens_the_jingle_in_a_new_key(motif: str, mood: str) -> None:
    output = made(mood, motif=motif)
    given, tune = read_abc(motif), read_abc(output.text)
    bars = len(bars_of(given))
    assert Motif.of(bars_of(tune)[:bars]) == Motif.of(bars_of(given))
    assert tune.meter == given.meter
    assert tune.key.mode == given.key.mode
    assert {bar_ticks(bar) for bar in bars_of(tune)} == {tune.meter.bar}
    assert 5 <= output.data["seconds"] <= 7  # type: ignore[operator]
    assert tune.notes()[-1].pitch % 12 == tune.key.pitch_class
    assert all(check.passed for check in output.checks if check.name != "mood_match")


def test_a_given_motif_returns_where_there_is_time_for_it() -> None:
    output = made(motif=LOGO)
    assert returns(read_abc(output.text), 1)


@pytest.mark.parametrize("motif", ["X:1\nM:4/4\nL:1/8\nK:C\nc8 |]\n", "la la la"])
def test_what_is_no_motif_is_said_so(motif: str) -> None:
    with pytest.raises(InvalidInput):
        order(motif=motif)


def test_a_stopped_model_still_leaves_a_jingle() -> None:
    asked = order("calm")
    output = jingle_finish(asked, [Completion(cut_short=True) for _ in asked.requests])
    tune = read_abc(output.text)
    assert {bar_ticks(bar) for bar in tune.bars} == {tune.meter.bar}
    assert all(check.passed for check in output.checks if check.name not in ("mood_match", "key"))


def test_a_jingle_is_a_melody_that_can_be_worked_on() -> None:
    output = made()
    kept = json.loads(json.dumps(kept_melody(output.text, output.data, "w", 1)))
    assert Kept.read(kept).tune.full_bars == output.data["bars"]
    json.dumps(dict(output.data))
