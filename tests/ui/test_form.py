"""A declaration becomes a form; a filled form becomes what the craft asked for."""

from __future__ import annotations

from dataclasses import replace

import gradio as gr
import pytest

from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Field
from studio.crafts.form import fill
from studio.errors import InvalidInput
from studio.locales import Locales
from studio.service import Studio
from studio.ui.arms import FIELD, SEED, arms, differences, sides
from studio.ui.controls import Form, control, form_fields, grouped, is_open
from studio.ui.shell import Shell
from studio.ui.strings import Words


def nothing(*_: object) -> object:
    raise AssertionError("never called")


CRAFT = Craft(
    name="sculpture",
    output="text",
    fields=(
        Field("text", "paragraph", required=True),
        Field("benefits", "lines", ("light", "cheap")),
        Field("stone", "choice", "auto", choices=("auto", "marble", "slate")),
        Field("tempo", "number", 0, minimum=40, maximum=200),
        Field("height", "number", 3, minimum=1, maximum=9),
        Field("polished", "toggle", True),
        Field("mood", "text", "calm", choices=("calm", "wild")),
        Field("seed", "seed", 0, advanced=True),
    ),
    order=nothing,  # type: ignore[arg-type]
    finish=nothing,  # type: ignore[arg-type]
)


@pytest.fixture(scope="module")
def words(locales: Locales) -> Words:
    return Words(locales)


@pytest.fixture
def form(words: Words) -> Form:
    fields = form_fields(CRAFT)
    with gr.Blocks():
        controls = tuple(control(CRAFT, each, words) for each in fields)
    return Form(CRAFT, fields, controls)


@pytest.fixture
def shell(paced_studio: Studio, words: Words) -> Shell:
    with gr.Blocks():
        return Shell(paced_studio, words, gr.Radio(["en"]), gr.BrowserState(""))


def test_a_form_left_alone_is_the_crafts_own_defaults(form: Form) -> None:
    inputs = form.inputs(form.values({})) | {"text": "a fox"}
    filled = fill(CRAFT, inputs, lambda: 5)
    assert filled["benefits"] == ("light", "cheap")
    assert filled["tempo"] == 0
    assert filled["height"] == 3
    assert filled["seed"] == 5
    assert filled["lang"] == "auto"


@pytest.mark.parametrize("name", CRAFTS)
def test_every_example_of_every_craft_fills_its_form(words: Words, name: str) -> None:
    craft = CRAFTS[name]
    form = Form(craft, form_fields(craft), ())
    for example in craft.examples:
        filled = fill(craft, form.inputs(form.values(example)), lambda: 1)
        for field, value in example.items():
            assert filled[field] == (tuple(value) if isinstance(value, list) else value)


def test_what_the_control_shows_is_what_the_craft_gets(form: Form) -> None:
    values = dict(zip((each.name for each in form.fields), form.values({}), strict=True))
    values |= {"benefits": "one\n\n two ", "tempo": None, "seed": None, "height": 4}
    inputs = form.inputs([values[each.name] for each in form.fields])
    assert inputs["benefits"] == ("one", "two")
    assert inputs["tempo"] == 0
    assert inputs["seed"] == 0
    assert inputs["height"] == 4


def test_a_plan_fills_only_what_it_names(form: Form) -> None:
    updates = form.updates({"stone": "slate", "unknown": 1})
    named = dict(zip((each.name for each in form.fields), updates, strict=True))
    assert named["stone"] == "slate"
    assert named["text"] == gr.skip()


def test_a_text_with_choices_takes_other_words_too(form: Form) -> None:
    mood = form.controls[[each.name for each in form.fields].index("mood")]
    assert isinstance(mood, gr.Dropdown)
    assert mood.allow_custom_value


def test_what_the_studio_decides_is_open() -> None:
    open_names = {each.name for each in CRAFT.fields if is_open(each)}
    assert open_names == {"stone", "tempo"}


def test_many_open_fields_make_a_plan() -> None:
    extra = tuple(Field(f"f{at}", "choice", "auto", choices=("auto", "x")) for at in range(4))
    groups = grouped(replace(CRAFT, fields=CRAFT.fields + extra))
    assert {each.name for each in groups.plan} == {"stone", "tempo", "f0", "f1", "f2", "f3"}
    assert [each.name for each in groups.idea] == ["text"]
    assert grouped(CRAFT).plan == ()


def test_a_duel_can_differ_in_chance_or_in_any_setting(shell: Shell) -> None:
    offered = [value for _, value in differences(shell, CRAFT)]
    assert offered[0] == SEED
    assert {FIELD + "stone", FIELD + "height", FIELD + "polished"} <= set(offered)
    assert FIELD + "text" not in offered
    assert [value for _, value in sides(shell, CRAFT, FIELD + "height")] == [
        "1",
        "3",
        "5",
        "7",
        "9",
    ]
    assert sides(shell, CRAFT, SEED) == []


def test_the_arms_of_a_duel_say_what_they_are() -> None:
    one, two = arms(SEED, ("", ""))
    assert one.label == two.label
    assert one.settings != two.settings
    low, high = arms(FIELD + "height", ("1", "9"))
    assert (low.label, low.settings) == ("height = 1", {"height": "1"})
    assert high.settings == {"height": "9"}
    assert arms("card", ("lm/a", "lm/b"))[1].card == "lm/b"


def test_two_equal_sides_are_refused() -> None:
    with pytest.raises(InvalidInput, match="different"):
        arms(FIELD + "height", ("3", "3"))
