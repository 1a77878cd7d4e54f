"""Takes as markup, and what each tool asks of the craft for one."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from studio.crafts import CRAFTS
from studio.crafts.craft import Check
from studio.crafts.form import fill
from studio.crafts.melody_start import read_start
from studio.errors import InvalidInput
from studio.locales import Locales
from studio.render.uploaded_tune import Remark
from studio.ui.melody_board import melody_board
from studio.ui.melody_brought import Brought, brought_markup
from studio.ui.melody_facts import marks_of, quarter_s, roll_facts, step_word
from studio.ui.melody_picks import asked_of, read_bars, read_notes
from studio.ui.outputs import paint_work
from studio.ui.strings import Tongue, Words
from studio.works import Work, WorkOutput

CRAFT = CRAFTS["melody"]
FORM = {each.name: each.default for each in CRAFT.fields} | {"text": "a jig", "n": 2, "seed": 9}
ABC = "X:1\nT:Harbour\nM:6/8\nL:1/8\nQ:3/8=60\nK:Dm\nA2d f2e | d2A F3 | G2A B2G | D6 |]\n"
KEPT = {"abc": ABC, "plan": {"mood": "calm"}, "accompaniment": "auto", "work": "w", "version": 1}
PLAN = {"mood": "calm", "key": "D", "mode": "minor", "meter": "6/8", "tempo": 60, "bars": 4}
DATA = {
    "plan": PLAN | {"valence": "dark", "arousal": "very_calm"},
    "notes": [{"pitch": 69, "onset": 0.0, "duration": 1.0}],
    "upbeat": 0.5,
    "quarter_s": 0.75,
    "bars": 4,
    "chords": ["Dm", "Dm", "Gm", "Dm"],
    "measured": {"valence": 0.3, "arousal": -0.9, "phrase_form": "AA'", "key": "D minor"},
    "copied": 6,
}
FILES = {
    name: Path("/data/works/1") / name
    for name in (
        "melody.wav", "melody.mid", "melody.musicxml", "melody.abc", "score.svg", "score.pdf",
        "roll.svg", "wave.svg",
    )
}  # fmt: skip
TAKE = WorkOutput(ABC, "Harbour", DATA, (Check("key", True, "D minor"),), FILES, 7)
WORK = Work(
    id="w1", craft="melody", lang="en", title="Harbour", text="a calm tune in 6/8",
    inputs={"text": "a calm tune in 6/8", "start": ""}, plan=PLAN, outputs=(TAKE, TAKE),
    recipe={}, created="",
)  # fmt: skip


@pytest.fixture(scope="module")
def tongue(locales: Locales) -> Tongue:
    return Words(locales).tongue("en")


def asked(tool: str, told: str = "", **given: object) -> dict[str, object]:
    """The form for a tool, which the craft accepts."""
    inputs = asked_of(tool, KEPT, given, FORM, CRAFT, told)
    return dict(fill(CRAFT, inputs, lambda: 1))


def started(tool: str, told: str = "", **given: object) -> dict[str, object]:
    """The start that a tool writes, which the craft reads."""
    text = str(asked(tool, told, **given)["start"])
    start = read_start(text)
    assert start is not None
    return {"verb": start.verb, **start.told}


def test_the_roll_gets_notes_on_a_clock_of_quarters() -> None:
    facts = json.loads(roll_facts(TAKE))
    assert facts["notes"] == [[69, 0.0, 1.0]]
    assert (facts["quarter_s"], facts["upbeat"], facts["bar"]) == (0.75, 0.5, 3.0)
    assert facts["quarters"] == 12.5
    assert facts["phrases"] == ["A", "A′"]
    assert 9 in facts["scale"]
    assert facts["tonic"] == 2


def test_a_take_that_tells_no_clock_has_its_tempo(tongue: Tongue) -> None:
    assert quarter_s({"plan": PLAN}) == pytest.approx(60 / 60 / 1.5)
    assert json.loads(roll_facts(WorkOutput("")))["notes"] == []
    assert "audio" not in paint_work("melody", replace(WORK, outputs=(WorkOutput(""),)), tongue)


@pytest.mark.parametrize("told", ["AA'BA", "A A' B A", ["A", "A'", "B", "A"], "AA′BA"])
def test_phrase_marks_are_read_however_they_come(told: object) -> None:
    assert marks_of(told) == ["A", "A′", "B", "A"]


def test_five_words_tell_a_value() -> None:
    assert [step_word(each) for each in (-1, -0.3, 0, 0.3, 1)] == [0, 1, 2, 3, 4]


def test_one_take_is_in_hand_and_all_can_be_played(tongue: Tongue) -> None:
    board = melody_board(WORK, tongue)
    assert board.count("data-play") == 2
    assert board.count(" checked") == 1
    assert board.count('class="sheet take-page"') == 2
    assert board.count(" hidden>") == 1
    assert 'data-field="meter"' in board
    for name in FILES:
        assert (name == "wave.svg") == (
            f"{name}&#34; download" in board or f'-{name}"' not in board
        )


def test_what_was_said_stands_out_from_what_was_read_between_the_lines(tongue: Tongue) -> None:
    board = melody_board(WORK, tongue)
    meter = board.split('data-field="meter"')[0].rsplit("<button", 1)[1]
    key = board.split('data-field="key"')[0].rsplit("<button", 1)[1]
    assert 'class="said"' in meter
    assert 'class="read"' in key


def test_the_asked_and_the_heard_mood_are_told_in_words_and_numbers(tongue: Tongue) -> None:
    sheet = paint_work("melody", WORK, tongue)
    assert "shaded, still <small>-0.40 · -0.80</small>" in sheet
    assert "bright, still <small>+0.30 · -0.90</small>" in sheet
    assert "6 notes in a row" in sheet


def test_a_blind_take_tells_neither_files_nor_mood(tongue: Tongue) -> None:
    sheet = paint_work("melody", WORK, tongue, blind=True)
    assert "download=" not in sheet
    assert "felt" not in sheet
    assert "data-play" in sheet


def test_a_brought_melody_tells_what_was_read_and_how(tongue: Tongue) -> None:
    analysis = {
        "key": "D minor", "tonic": "D", "mode": "minor", "meter": "6/8", "bars": 4, "lowest": 62,
        "highest": 77, "mood": "sad", "valence": -0.5, "arousal": -0.3, "phrase_form": "AA'",
    }  # fmt: skip
    remarks = (Remark("cut", "", {"bars": 64}), Remark("unheard_of", "<b>As it is.</b>"))
    brought = Brought("<Harbour>", "midi", "{}", "<svg/>", analysis, remarks)
    shown = brought_markup(brought, "melody", tongue)
    for told in (
        "a MIDI file",
        "D minor",
        "D4–F5",
        "sad · shaded, gentle",
        "A A′",
        "first 64 bars",
    ):
        assert told in shown
    assert "&lt;b&gt;As it is." in shown
    assert "<Harbour>" not in shown


def test_bars_are_typed_as_people_write_them() -> None:
    assert read_bars("5-8, 12") == [5, 6, 7, 8, 12]
    assert read_bars("8 – 6；1") == [1, 6, 7, 8]
    assert read_bars(" ") == []
    for wrong in ("five", "0", "65", "1-900"):
        with pytest.raises(InvalidInput):
            read_bars(wrong)


def test_notes_come_from_the_roll_in_order() -> None:
    assert read_notes('{"notes": [[60, 2, 1], [62, 0, 0.5]]}') == [[62, 0.0, 0.5], [60, 2.0, 1.0]]
    for told in ("", "[]", '{"notes": []}', '{"notes": [[1]]}', "no"):
        with pytest.raises(InvalidInput):
            read_notes(told)


def test_every_tool_asks_what_the_craft_understands() -> None:
    assert started("vary", reach="near", bars="5-6") == {
        "verb": "vary",
        "reach": "near",
        "bars": [5, 6],
    }
    assert started("continue", bars=8) == {"verb": "continue", "bars": 8}
    assert started("transpose", semitones=-5.0) == {"verb": "transpose", "semitones": -5}
    assert started("tempo", tempo_bpm=90) == {"verb": "tempo", "tempo_bpm": 90}
    assert started("instrument", instrument="flute") == {
        "verb": "instrument",
        "instrument": "flute",
    }
    assert started("accompany", accompaniment="waltz")["accompaniment"] == "waltz"
    assert started("sing", words="la la")["words"] == "la la"
    assert started("abc", abc=ABC)["abc"] == ABC
    assert started("notes", '{"notes": [[60, 0, 1]]}') == {
        "verb": "edit",
        "notes": [[60, 0.0, 1.0]],
    }


def test_a_finished_melody_decides_its_plan_unless_the_form_shall_be_followed() -> None:
    form = FORM | {"meter": "3/4", "words": "rain"}
    alone = asked_of("vary", KEPT, {"reach": "near", "bars": ""}, form, CRAFT)
    followed = asked_of("vary", KEPT, {"reach": "near", "bars": "", "follow": True}, form, CRAFT)
    assert (alone["meter"], alone["words"], alone["n"]) == ("auto", "", 2)
    assert followed["meter"] == "3/4"
