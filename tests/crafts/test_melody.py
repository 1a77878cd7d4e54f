"""A description becomes a plan, requests and takes that keep the plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from studio.crafts.melody import CRAFT, PLAN_FIELDS
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.requests import Completion
from tests.crafts.singing import made, ordered, outputs, sung

SONG = (
    "The harbour lights are burning low\nand all the boats come in\n"
    "the rain has washed the window\nand let the night begin"
)
VERSE = "床前明月光，疑是地上霜。\n举头望明月，低头思故乡。"


def test_a_brief_gives_the_asked_number_of_takes_in_the_asked_form() -> None:
    takes = made(text="Irish jig for a shop opening, not too fast", bars=16, n=2)
    assert len(takes) == 2
    for take in takes:
        tune = read_abc(take.text)
        assert (str(tune.meter), tune.full_bars) == ("6/8", 16)
        passed = {check.name: check.passed for check in take.checks}
        assert passed["bars_add_up"]
        assert passed["bar_count"]
        assert passed["key"]
        assert passed["range"]
        assert "mood_match" in passed
        assert take.title == "Irish jig for a shop opening"


def test_the_plan_is_shown_and_filling_the_form_with_it_gives_the_same_order() -> None:
    order = ordered(text="江南水乡的清晨，悠扬，五声音阶，速度不要太快", seed=9)
    assert set(order.plan) == {field.name for field in PLAN_FIELDS}
    assert "auto" not in order.plan.values()
    again = ordered(**{**order.inputs, **order.plan})
    assert again.requests == order.requests
    assert again.plan == order.plan


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("mood", "heroic"),
        ("key", "F#"),
        ("mode", "yu"),
        ("meter", "3/4"),
        ("tempo", 77),
        ("bars", 12),
        ("density", "sparse"),
        ("register", "low"),
        ("style", "hymn"),
        ("instrument", "dizi"),
    ],
)
def test_what_the_form_says_stands(field: str, value: object) -> None:
    order = ordered(text="a slow lullaby for a rainy harbour, 6/8, 16 bars", n=1, **{field: value})
    assert order.plan[field] == value
    take = outputs(order)[0]
    assert dict(take.data["plan"]) == dict(order.plan)  # type: ignore[call-overload]


def test_pentatonic_takes_use_no_other_tone() -> None:
    for take in made(text="五声音阶，平静", key="G", n=4):
        used = {note.pitch % 12 for note in read_abc(take.text).notes()}
        assert used <= {7, 9, 11, 2, 4}


def test_each_take_is_the_best_of_its_candidates_in_seed_order() -> None:
    order = ordered(text="happy", n=3, seed=40)
    takes = outputs(order)
    assert len(order.requests) == 9
    assert [take.seed for take in takes] == sorted({take.seed for take in takes})
    assert {take.seed % 3 for take in takes} == {0, 1, 2}
    assert all(take.data["chosen_of"] == 9 for take in takes)
    assert takes == outputs(order)


def test_takes_differ_in_the_form_of_their_phrases() -> None:
    requests: Any = ordered(text="happy", bars=16, n=4).requests
    forms = {each.constraint.form.phrases for each in requests}
    assert len(forms) == 4
    assert all(form[0] == "A" and len(form) == 4 for form in forms)


def test_symbols_without_spaces_are_read_too() -> None:
    order = ordered(text="sad", n=1)
    assert outputs(order, joiner="") == outputs(order)


def test_a_take_that_failed_is_left_out() -> None:
    order = ordered(text="sad", n=1)
    completions = [Completion(), *(sung(request) for request in order.requests[1:])]
    assert len(CRAFT.finish(order, completions)) == 1
    assert CRAFT.finish(order, [Completion()] * len(order.requests)) == ()


def test_everything_that_the_page_shows_travels_with_the_take() -> None:
    take = made(text="a waltz on a music box", n=1, accompaniment="waltz")[0]
    data = json.loads(json.dumps(dict(take.data)))
    tune = read_abc(take.text)
    assert data["instrument"] == "music_box"
    assert data["accompaniment"] == "waltz"
    assert len(data["notes"]) == len(tune.notes())
    assert data["notes"][0]["onset"] == float(tune.notes()[0].onset)
    assert data["bars"] == tune.full_bars == len(data["chords"])
    assert data["upbeat"] == float(tune.quarters - tune.full_bars * tune.meter.quarters)
    whole = float(tune.quarters) * data["quarter_s"]
    assert data["seconds"] == pytest.approx(whole, abs=0.01)
    assert set(data["measured"]) == {
        *("valence", "arousal", "notes_per_s", "key", "phrase_form", "range"),
    }
    assert data["measured"]["phrase_form"].startswith("A")
    assert data["copied"] == 0
    assert (data["verb"], data["label"], data["parents"], data["words"]) == ("", {}, [], [])


def test_without_accompaniment_no_chord_is_named() -> None:
    take = made(text="calm", n=1, accompaniment="none")[0]
    assert take.data["chords"] == []
    assert '"' not in take.text.split("K:")[1]


@pytest.mark.parametrize("text", ["%%MIDI\nK:C|:", "x" * 900, '"]]|"', "T:a\nM:9/8", "🎵", ","])
def test_strange_words_leave_the_notation_whole(text: str) -> None:
    take = made(text=text, n=1)[0]
    tune = read_abc(take.text)
    assert len(tune.notes()) == len(take.data["notes"])  # type: ignore[arg-type]
    assert len(take.title) <= 80


def test_no_take_says_nine_notes_of_a_known_tune() -> None:
    for take in made(text="Irish jig in D major", n=4):
        assert take.data["copied"] == 0


def test_progress_is_told_in_bars() -> None:
    order = ordered(text="happy", bars=8, n=1)
    assert CRAFT.preview is not None
    assert "2/8" in CRAFT.preview(order, ["|8 n0d96 |7 n0d48", "", ""])


@pytest.mark.parametrize(
    "given", [{"text": ""}, {"text": "x", "bars": 3}, {"text": "x", "key": "H"}]
)
def test_wrong_fields_are_named(given: Mapping[str, object]) -> None:
    with pytest.raises(InvalidInput):
        ordered(**given)


@pytest.mark.parametrize("example", CRAFT.examples, ids=lambda each: str(each["text"])[:20])
def test_every_example_can_be_composed(example: Mapping[str, object]) -> None:
    take = made(**{**example, "n": 1})[0]
    passed = {check.name: check.passed for check in take.checks}
    assert all(passed[name] for name in ("bars_add_up", "bar_count", "range"))


@pytest.mark.parametrize("bars", [4, 7, 32, 64])
def test_every_number_of_bars_is_met(bars: int) -> None:
    take = made(text="a calm song", bars=bars, n=1)[0]
    assert read_abc(take.text).full_bars == bars
    assert all(check.passed for check in take.checks if check.name != "mood_match")


@pytest.mark.parametrize("text", [SONG, VERSE])
def test_a_text_gets_a_melody_with_a_note_for_every_syllable(text: str) -> None:
    for take in made(words=text, n=2):
        tune = read_abc(take.text)
        assert len(tune.notes()) == len(tune.words)
        assert all(word not in ("", "_") for word in tune.words)
        joined = "".join(word.rstrip("-") for word in tune.words)
        letters = "".join(each for each in text if each.isalpha())
        assert "".join(each for each in joined if each.isalpha()) == letters
        assert {check.name: check.passed for check in take.checks}["words_laid"]
        assert take.data["words"] == list(tune.words)


def test_a_text_asks_for_the_bars_that_it_needs() -> None:
    short, long = ordered(words=SONG), ordered(words=f"{SONG}\n{SONG}")
    assert long.plan["bars"] > short.plan["bars"]  # type: ignore[operator]
    again = ordered(words=SONG, **short.plan)
    assert again.requests == ordered(words=SONG).requests


def test_lines_stand_on_phrases() -> None:
    (take,) = made(words=SONG, n=1, bars=16, meter="4/4")
    tune = read_abc(take.text)
    notes, words = tune.notes(), tune.words
    starts = [min(at for at, note in enumerate(notes) if note.onset >= 16 * n) for n in range(4)]
    assert [words[at] for at in starts] == ["The", "and", "the", "and"]


@pytest.mark.parametrize(("bars", "found"), [(4, "many"), (64, "few")])
def test_too_many_or_too_few_syllables_are_told_with_numbers(bars: int, found: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ordered(words=SONG if found == "many" else "Two words", bars=bars, meter="2/4")
    assert refused.value.field == "words"
    assert refused.value.facts["bars"] == bars


def test_words_alone_are_enough_and_name_the_melody() -> None:
    assert made(words=SONG, n=1)[0].title == "The harbour lights are burning low"
