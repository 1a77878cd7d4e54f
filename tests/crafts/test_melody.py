"""A description becomes a plan, requests and takes that keep the plan."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest

from studio.crafts.craft import Order, Output
from studio.crafts.form import fill
from studio.crafts.melody import CRAFT, PLAN_FIELDS
from studio.errors import InvalidInput
from studio.families.fake_vocabulary import FakeVocabulary
from studio.music.abc_reader import read_abc
from studio.music.symbols import music_symbols, plan_symbols
from studio.requests import Completion, Request

VOCABULARY = FakeVocabulary(("<bos>", *plan_symbols(), *music_symbols()), joiner=" ")


class OneCard:
    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        assert role == "melody"
        return "lm/melody", None


def ordered(**given: object) -> Order:
    return CRAFT.order(fill(CRAFT, given, lambda: 5), OneCard())


def sung(request: Request, joiner: str = " ") -> Completion:
    """What a model without taste answers under the request's constraint."""
    assert request.constraint is not None
    rule, tokens = request.constraint.bind(VOCABULARY), []
    source = random.Random(request.seed)
    while (token := source.choice(rule.allowed(tokens))) != VOCABULARY.eos:
        tokens.append(token)
    return Completion(text=joiner.join(VOCABULARY.text(each) for each in tokens))


def outputs(order: Order, joiner: str = " ") -> tuple[Output, ...]:
    return CRAFT.finish(order, [sung(request, joiner) for request in order.requests])


def test_a_brief_gives_the_asked_number_of_takes_in_the_asked_form() -> None:
    order = ordered(text="Irish jig for a shop opening, not too fast", bars=16, n=2)
    takes = outputs(order)
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
    assert 0 not in order.plan.values()
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
        ("instrument", "organ"),
    ],
)
def test_what_the_form_says_stands(field: str, value: object) -> None:
    order = ordered(text="a slow lullaby for a rainy harbour, 6/8, 16 bars", n=1, **{field: value})
    assert order.plan[field] == value
    take = outputs(order)[0]
    assert dict(take.data["plan"]) == dict(order.plan)  # type: ignore[call-overload]


def test_pentatonic_takes_use_no_other_tone() -> None:
    order = ordered(text="五声音阶，平静", key="G", n=4)
    for take in outputs(order):
        used = {note.pitch % 12 for note in read_abc(take.text).notes()}
        assert used <= {7, 9, 11, 2, 4}


def test_the_better_takes_of_more_are_kept_in_seed_order() -> None:
    order = ordered(text="happy", n=3, seed=40)
    takes = outputs(order)
    assert len(order.requests) == 9
    assert [take.seed for take in takes] == sorted({take.seed for take in takes})
    assert all(take.data["chosen_of"] == 9 for take in takes)
    assert takes == outputs(order)


def test_symbols_without_spaces_are_read_too() -> None:
    order = ordered(text="sad", n=1)
    assert outputs(order, joiner="") == outputs(order)


def test_a_take_that_failed_is_left_out() -> None:
    order = ordered(text="sad", n=1)
    completions = [Completion(), *(sung(request) for request in order.requests[1:])]
    assert len(CRAFT.finish(order, completions)) == 1
    assert CRAFT.finish(order, [Completion()] * len(order.requests)) == ()


def test_notes_tempo_and_instrument_travel_with_the_take() -> None:
    take = outputs(ordered(text="a waltz on a music box", n=1))[0]
    assert take.data["instrument"] == "music_box"
    notes = take.data["notes"]
    assert isinstance(notes, list)
    assert len(notes) == len(read_abc(take.text).notes())


@pytest.mark.parametrize("text", ["%%MIDI\nK:C|:", "x" * 900, '"]]|"', "T:a\nM:9/8", "🎵", ","])
def test_strange_words_leave_the_notation_whole(text: str) -> None:
    take = outputs(ordered(text=text, n=1))[0]
    tune = read_abc(take.text)
    assert len(tune.notes()) == len(take.data["notes"])  # type: ignore[arg-type]
    assert len(take.title) <= 80


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
    take = outputs(ordered(**{**example, "n": 1}))[0]
    assert all(check.passed for check in take.checks if check.name != "mood_match")
