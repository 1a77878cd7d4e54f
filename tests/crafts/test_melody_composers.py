"""What a composer of sound is asked, and what its music is shown as."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from studio.crafts.craft import Craft, Inputs, Order
from studio.crafts.form import fill
from studio.crafts.melody import CRAFT
from studio.crafts.melody_composers import (
    COMPOSER_FIELDS,
    OWN,
    composed_order,
    composed_outputs,
    composer_of,
    composer_prompt,
    composes_from_words,
    with_composers,
)
from studio.crafts.melody_plan import plan_of
from studio.errors import InvalidInput
from studio.requests import Completion, Sound

CARD = "hub/musicgen-small"
LULLABY = "a slow lullaby for a rainy harbour, minor but hopeful, 6/8"
HARBOUR = "江南水乡的清晨，悠扬，五声音阶，速度不要太快"


class OneComposer:
    """A roster with one card."""

    def choose(self, role: str, lang: str) -> tuple[str, None]:
        assert role == "melody"
        return CARD, None

    def drafts(self, card: str) -> int:
        return 1


def craft() -> Craft:
    """The melody craft with the composers' fields, whether it declares them yet or not."""
    own = [each for each in CRAFT.fields if each not in COMPOSER_FIELDS]
    return replace(CRAFT, fields=(*own, *COMPOSER_FIELDS))


def filled(given: Mapping[str, object]) -> Inputs:
    return fill(craft(), given, lambda: 1)


def ordered(text: str, **more: object) -> Order:
    return composed_order(filled({"text": text, "composer": CARD, **more}), OneComposer())


def sine(seconds: float = 10.0, level: float = 0.25, channels: int = 1) -> Sound:
    at = np.arange(round(seconds * 32000)) / 32000
    wave = (level * np.sin(2 * np.pi * 440 * at)).astype("<f4")
    return Sound(32000, channels, np.repeat(wave, channels).tobytes())


def test_every_take_is_one_request_with_a_seed_of_its_own() -> None:
    order = ordered(LULLABY, n=3, seed=7, seconds=12, guidance=4)
    assert [each.seed for each in order.requests] == [7, 8, 9]
    assert {each.card for each in order.requests} == {CARD}
    for each in order.requests:
        assert each.condition == {"seconds": 12.0, "guidance": 4.0}
        assert each.constraint is None
    assert order.inputs["composer"] == CARD
    assert (order.plan["mode"], order.plan["meter"]) == ("minor", "6/8")


def test_the_forms_usual_temperature_is_the_models_own() -> None:
    assert ordered(LULLABY).requests[0].sampling.temperature == 1.0
    assert ordered(LULLABY, temperature=0).requests[0].sampling.temperature == 0
    assert ordered(LULLABY).requests[0].sampling.top_k == 250


def test_the_prompt_says_the_words_and_the_plan() -> None:
    prompt = ordered(LULLABY, key="A", tempo=72, instrument="music_box").requests[0].prompt
    assert prompt == f"{LULLABY}. slow lullaby in A minor, 6/8, 72 bpm, music box, calm"


def test_a_chinese_description_is_told_in_english_and_kept_beside() -> None:
    order = ordered(HARBOUR)
    prompt = order.requests[0].prompt
    assert prompt.isascii()
    assert "Chinese folk melody" in prompt
    assert "pentatonic" in prompt
    assert order.lang == "zh"
    (output,) = composed_outputs(
        replace(order, requests=order.requests[:1]), [Completion(sound=sine())]
    )
    assert output.data["description"] == HARBOUR
    assert output.data["prompt"] == prompt


def test_every_plan_has_plain_words() -> None:
    base = plan_of({"text": ""})
    for field in craft().fields:
        if field.name not in ("mood", "mode", "meter", "style", "instrument"):
            continue
        for choice in field.choices[1:]:
            said = composer_prompt("", replace(base, **{field.name: choice}))
            assert "_" not in said
            assert said.isascii()


def test_a_description_is_needed() -> None:
    with pytest.raises(InvalidInput) as missing:
        ordered("  ")
    assert missing.value.field == "text"


def test_the_plan_of_an_order_fills_the_form_to_the_same_order() -> None:
    order = ordered(LULLABY, seed=3)
    again = composed_order(filled({**order.inputs, **order.plan}), OneComposer())
    assert again.requests == order.requests


def test_what_came_has_a_sound_and_no_notes() -> None:
    order = ordered(LULLABY, n=2, seed=5)
    outputs = composed_outputs(order, [Completion(sound=sine()), Completion(sound=sine(level=0))])
    assert [each.seed for each in outputs] == [5, 6]
    first, silent = outputs
    assert first.text == ""
    assert first.sound is not None
    assert first.title
    told: Any = first.data
    assert told["composer"] == CARD
    assert told["seconds"] == 10.0
    assert told["measured"]["level_db"] == pytest.approx(-15.1, abs=0.1)
    assert told["measured"]["peak_db"] == pytest.approx(-12.0, abs=0.1)
    assert "notes" not in told
    json.dumps(dict(told))
    assert {each.name: each.passed for each in first.checks} == {
        "sound_length": True,
        "sound_heard": True,
    }
    assert {each.name: each.passed for each in silent.checks}["sound_heard"] is False


def test_a_piece_that_is_shorter_than_asked_says_so() -> None:
    order = ordered(LULLABY, n=1, seconds=20)
    (output,) = composed_outputs(order, [Completion(sound=sine(10))])
    assert output.checks[0].name == "sound_length"
    assert not output.checks[0].passed
    assert output.checks[0].detail == "10.0/20 s"


def test_what_was_stopped_is_left_out() -> None:
    order = ordered(LULLABY, n=2)
    outputs = composed_outputs(order, [Completion(cut_short=True), Completion(sound=sine())])
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("name", "card"), [("auto", ""), (OWN, ""), (CARD, CARD), ("folder/mine", "folder/mine")]
)
def test_who_composes(name: str, card: str) -> None:
    assert composer_of({"composer": name}) == card
    assert composer_of({}) == ""


def test_a_composer_of_sound_goes_on_from_no_melody_and_sings_no_text() -> None:
    assert composes_from_words({"text": LULLABY, "start": "", "words": " "})
    assert not composes_from_words({"text": "", "start": '{"verb": "vary"}'})
    assert not composes_from_words({"text": "", "words": "Row, row, row your boat"})


def test_the_fields_are_hidden_until_a_composer_is_at_hand() -> None:
    names = {each.name for each in COMPOSER_FIELDS}
    assert all(each.hidden for each in COMPOSER_FIELDS)
    shown = {each.name: each for each in with_composers(craft(), [CARD]).fields}
    assert not any(shown[name].hidden for name in names)
    assert shown["composer"].choices == ("auto", OWN, CARD)
    assert shown["start"].hidden


@pytest.mark.parametrize(("name", "value"), [("seconds", 0), ("seconds", 31), ("guidance", 0)])
def test_a_wrong_setting_is_named_by_the_form(name: str, value: object) -> None:
    with pytest.raises(InvalidInput) as refused:
        filled({"text": LULLABY, name: value})
    assert refused.value.field == name
