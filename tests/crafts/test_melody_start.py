"""What can be done with a finished melody is read strictly: everything wrong says what it is."""

from __future__ import annotations

import json

import pytest

from studio.crafts.form import fill, written
from studio.crafts.melody import CRAFT
from studio.crafts.melody_start import VERBS, read_start, start_text
from studio.errors import InvalidInput
from studio.locales import Locales
from tests.crafts.singing import melody, ordered

ABC = "X:1\nT:One\nM:4/4\nL:1/8\nQ:1/4=96\nK:D\nD2 F2 A4 | G2 E2 D4 |]\n"
KEPT = {"abc": ABC, "plan": {}, "accompaniment": "auto", "work": "", "version": 0}
HEAD = "L:1/4\nK:C\n"
SEVEN = "one two three four five six seven"
WRONG: dict[str, tuple[str, object]] = {
    "no json": ("melody_start", "{not json"),
    "a list": ("melody_start", "[1]"),
    "deep": ("melody_start", "[" * 20_000),
    "no verb": ("melody_value", "{}"),
    "a foreign verb": ("melody_value", start_text("cross", KEPT)),
    "a verb that is no word": ("melody_value", json.dumps({"verb": ["vary"], "of": KEPT})),
    "no melody": ("melody_missing", json.dumps({"verb": "vary"})),
    "a path": ("melody_kept", json.dumps({"verb": "vary", "of": "/etc/passwd"})),
    "no abc": ("melody_kept", start_text("vary", {"plan": {}})),
    "a foreign key": ("melody_kept", start_text("vary", {**KEPT, "file": "x"})),
    "a huge abc": ("melody_kept", start_text("vary", {**KEPT, "abc": "A" * 50_000})),
    "a foreign plan field": ("melody_kept", start_text("vary", {**KEPT, "plan": {"volume": 3}})),
    "a foreign mood": ("melody_kept", start_text("vary", {**KEPT, "plan": {"mood": "blue"}})),
    "a tempo of words": ("melody_kept", start_text("vary", {**KEPT, "plan": {"tempo": "fast"}})),
    "a tempo beyond all": ("melody_kept", start_text("vary", {**KEPT, "plan": {"tempo": 1e300}})),
    "a foreign meter": ("melody_kept", start_text("vary", {**KEPT, "plan": {"meter": "4/0"}})),
    "a foreign pattern": ("melody_kept", start_text("vary", {**KEPT, "accompaniment": "loud"})),
    "what is no abc": ("abc_no_key", start_text("vary", {**KEPT, "abc": "la la la"})),
    "silence": ("melody_no_notes", start_text("vary", {**KEPT, "abc": "M:4/4\nK:C\nz8 |"})),
    "a long bar": ("melody_bar", start_text("vary", {**KEPT, "abc": f"{HEAD}CCCC|CCCCC|CCCC|"})),
    "too many bars": ("melody_too_long", start_text("vary", {**KEPT, "abc": HEAD + "C4|" * 65})),
    "an unknown fact": ("melody_unknown", start_text("vary", KEPT, distance=1)),
    "a foreign reach": ("melody_value", start_text("vary", KEPT, reach="away")),
    "a bar that is not there": ("melody_value", start_text("vary", KEPT, bars=[3])),
    "a bar that is no number": ("melody_value", start_text("vary", KEPT, bars=["1"])),
    "bars that are none": ("melody_value", start_text("vary", KEPT, bars=2)),
    "half a bar": ("melody_value", start_text("continue", KEPT, bars=1.5)),
    "no bar more": ("melody_value", start_text("continue", KEPT, bars=0)),
    "too many more": ("melody_too_long", start_text("continue", KEPT, bars=63)),
    "no semitones": ("melody_missing", start_text("transpose", KEPT)),
    "two octaves": ("melody_value", start_text("transpose", KEPT, semitones=24)),
    "true semitones": ("melody_value", start_text("transpose", KEPT, semitones=True)),
    "words for a tempo": ("melody_value", start_text("tempo", KEPT, tempo_bpm="fast")),
    "no tempo": ("melody_value", start_text("tempo", KEPT, tempo_bpm=0)),
    "an unknown instrument": ("melody_value", start_text("instrument", KEPT, instrument="kazoo")),
    "an unknown pattern": ("melody_value", start_text("accompany", KEPT, accompaniment="loud")),
    "an edit of nothing": ("melody_edit", start_text("edit", KEPT)),
    "an edit of both": ("melody_edit", start_text("edit", KEPT, abc=ABC, notes=[[60, 0, 1]])),
    "an empty edit": ("melody_missing", start_text("edit", KEPT, abc="  ")),
    "an edit that is no abc": ("abc_no_key", start_text("edit", KEPT, abc="la la la")),
    "an uneven edit": ("melody_bar", start_text("edit", KEPT, abc=ABC.replace("G2", "G3"))),
    "no note": ("melody_notes", start_text("edit", KEPT, notes=[])),
    "a note of two": ("melody_notes", start_text("edit", KEPT, notes=[[60, 0]])),
    "a note of no length": ("melody_notes", start_text("edit", KEPT, notes=[[60, 0, 0]])),
    "a note for bats": ("melody_notes", start_text("edit", KEPT, notes=[[127, 0, 1]])),
    "a note before the start": ("melody_notes", start_text("edit", KEPT, notes=[[60, -1, 1]])),
    "a note far out": ("melody_too_long", start_text("edit", KEPT, notes=[[60, 900, 1]])),
    "a million notes": ("melody_notes", start_text("edit", KEPT, notes=[[60, 0, 1]] * 5000)),
    "no words": ("melody_missing", start_text("sing", KEPT, words="")),
    "words that are none": ("melody_words_few", start_text("sing", KEPT, words="...")),
    "too few words": ("melody_words_few", start_text("sing", KEPT, words="one")),
    "too many words": ("melody_words_many", start_text("sing", KEPT, words=SEVEN)),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_can_not_be_started_has_a_code_of_its_own(case: str) -> None:
    code, start = WRONG[case]
    with pytest.raises(InvalidInput) as refused:
        ordered(start=start)
    assert refused.value.code == code
    assert refused.value.message


@pytest.mark.parametrize("case", WRONG)
def test_it_is_said_in_both_languages(case: str, locales: Locales) -> None:
    with pytest.raises(InvalidInput) as refused:
        ordered(start=WRONG[case][1])
    english, chinese = (locales.sentence(refused.value, lang) for lang in ("en", "zh"))
    assert english != chinese
    assert "…" not in english + chinese


def test_nothing_starts_from_nothing() -> None:
    assert read_start("") is None
    assert read_start("  \n") is None


@pytest.mark.parametrize("verb", VERBS)
def test_a_start_that_is_whole_is_read(verb: str) -> None:
    told: dict[str, dict[str, object]] = {
        "transpose": {"semitones": 2},
        "tempo": {"tempo_bpm": 120},
        "instrument": {"instrument": "organ"},
        "accompany": {"accompaniment": "none"},
        "edit": {"abc": ABC},
        "sing": {"words": "one two three four five six"},
    }
    start = read_start(start_text(verb, KEPT, **told.get(verb, {})))
    assert start is not None
    assert (start.verb, start.of.abc) == (verb, ABC)


def test_a_start_may_come_as_an_object_not_only_as_text() -> None:
    start = {"verb": "tempo", "of": KEPT, "tempo_bpm": 120}
    assert ordered(start=start).plan["tempo"] == 120


def test_a_last_bar_that_gave_its_beat_to_the_upbeat_is_filled_up() -> None:
    abc = "M:3/4\nL:1/4\nK:G\nD | G2 B | A2 F | G2 |]"
    assert ordered(start=start_text("tempo", {**KEPT, "abc": abc}, tempo_bpm=90)).plan["bars"] == 3


def test_the_filter_reads_title_and_lyrics_and_no_notes() -> None:
    abc = "T:A title\nM:4/4\nL:1/4\nK:C\nFA GE | BA DC |]\nw: some-thing sung\n"
    start = start_text("edit", melody(), abc=abc)
    said = written(CRAFT, fill(CRAFT, {"start": start}, lambda: 1))
    assert "A title" in said
    assert "something sung" in said
    assert "FA GE" not in said
    assert "new words" in written(
        CRAFT, fill(CRAFT, {"start": start_text("sing", KEPT, words="new words")}, lambda: 1)
    )
