"""Verbs on a finished melody: bars stay exact, the key is kept, and what was to stay stays note
for note; a recipe makes the same again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from studio.crafts.craft import Output
from studio.crafts.melody_start import start_text
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.tune import Tune, bar_ticks
from tests.crafts.singing import LULLABY, VOCABULARY, kept, made, melody, ordered, outputs

TIED = (
    "X:1\nT:Tied\nM:4/4\nL:1/4\nK:D\nA | DFAd- | d2 FA | BAGF | E4- | E2 DC | DEFG | AGFE | D4 |]\n"
)
TOLD: Mapping[str, dict[str, object]] = {
    "vary": {"reach": "near"},
    "continue": {"bars": 4},
    "transpose": {"semitones": 3},
    "tempo": {"tempo_bpm": 140},
    "instrument": {"instrument": "guzheng"},
    "accompany": {"accompaniment": "alberti"},
    "edit": {"notes": [[65, 0, 1], [67, 1.5, 1.5], [65, 3, 3]]},
    "sing": {"words": "la " * 40},
}


def tune_of(given: Output | Mapping[str, Any]) -> Tune:
    return read_abc(given.text if isinstance(given, Output) else given["abc"])


def struck(tune: Tune) -> list[list[tuple[int | None, int]]]:
    """Pitch and length of each sound, full bar by full bar."""
    bars = tune.bars[int(tune.upbeat) :]
    return [[(sound.pitch, sound.ticks) for sound in bar] for bar in bars]


@pytest.mark.parametrize("verb", TOLD)
def test_every_verb_gives_exact_bars_in_the_key_it_should_be_in(verb: str) -> None:
    begun = melody(key="F", mode="major")
    takes = made(start=start_text(verb, begun, **_told(verb, begun)), n=2)
    for take in takes:
        tune = tune_of(take)
        assert {bar_ticks(bar) for bar in tune.bars[int(tune.upbeat) :]} == {tune.meter.bar}
        assert tune.full_bars == take.data["bars"] == take.data["plan"]["bars"]  # type: ignore[index]
        assert (tune.key.tonic, tune.key.mode) == ("Ab" if verb == "transpose" else "F", "major")
        assert take.data["verb"] == verb
        assert take.data["parents"] == [{"work": "w1", "version": 1}]
        assert take.title == tune_of(begun).title


@pytest.mark.parametrize("verb", TOLD)
def test_a_recipe_makes_the_same_again(verb: str) -> None:
    begun = melody()
    order = ordered(start=start_text(verb, begun, **_told(verb, begun)), n=2)
    recipe = json.loads(json.dumps(dict(order.inputs)))
    again = ordered(**recipe)
    assert again.requests == order.requests
    assert [each.text for each in outputs(again)] == [each.text for each in outputs(order)]
    assert outputs(ordered(**{**recipe, **order.plan})) == outputs(order)


@pytest.mark.parametrize("verb", TOLD)
def test_what_was_made_can_be_worked_on_again(verb: str) -> None:
    begun = melody()
    take = made(start=start_text(verb, begun, **_told(verb, begun)), n=1)[0]
    json.dumps(dict(take.data))
    assert made(start=start_text("tempo", kept(take), tempo_bpm=100))
    assert made(start=start_text("vary", kept(take)), n=1)


@pytest.mark.parametrize("verb", sorted(set(TOLD) - {"vary", "continue"}))
def test_what_needs_no_model_is_one_take_at_once(verb: str) -> None:
    begun = melody()
    order = ordered(start=start_text(verb, begun, **_told(verb, begun)), n=4)
    assert order.requests == ()
    assert len(outputs(order)) == 1


@pytest.mark.parametrize(("reach", "share"), [("near", 4), ("middle", 8), ("far", 14)])
def test_a_variation_frees_as_many_bars_as_it_reaches(reach: str, share: int) -> None:
    begun = melody(bars=16)
    before = struck(tune_of(begun))
    for take in made(start=start_text("vary", begun, reach=reach), n=4):
        after, freed = struck(tune_of(take)), take.data["label"]["bars"]  # type: ignore[index]
        assert len(freed) == pytest.approx(share, abs=1)
        assert [after[n - 1] for n in _others(freed, 16)] == [
            before[n - 1] for n in _others(freed, 16)
        ]
        assert after != before
        assert {each.name: each.passed for each in take.checks}["bars_kept"]


def test_takes_of_a_variation_free_different_bars() -> None:
    takes = made(start=start_text("vary", melody(), reach="near"), n=4)
    assert len({tuple(take.data["label"]["bars"]) for take in takes}) > 1  # type: ignore[index]


def test_only_the_chosen_bars_change() -> None:
    begun = melody(bars=8)
    for take in made(start=start_text("vary", begun, bars=[3, 4]), n=3):
        before, after = struck(tune_of(begun)), struck(tune_of(take))
        assert after[:2] + after[4:] == before[:2] + before[4:]
        assert after[2:4] != before[2:4]


def test_a_phrase_that_returns_is_varied_as_a_whole_or_not_at_all() -> None:
    first, other = "CDEF | GABc |", "cBAG | FEDC |"
    between = f"{first} cccc | c2c2 |\nGGGG | AAAA | BBBB | cccc |"
    begun = {"abc": f"M:4/4\nL:1/4\nK:C\n{first} {other}\n{between}\n{first} {other}]\n"}
    for seed in range(1, 12):
        for take in made(start=start_text("vary", begun, reach="middle"), n=1, seed=seed):
            freed = set(take.data["label"]["bars"])  # type: ignore[index]
            heads = [{1, 2}, {5, 6}, {13, 14}]
            assert all(head <= freed for head in heads) or not any(head & freed for head in heads)


def test_a_tie_into_a_kept_bar_is_struck_where_its_beginning_is_gone() -> None:
    begun = {"abc": TIED}
    take = made(start=start_text("vary", begun, bars=[1, 4]), n=1)[0]
    before, after = tune_of(begun), tune_of(take)
    assert struck(after)[1:3] == struck(before)[1:3]
    assert struck(after)[4:] == struck(before)[4:]
    assert after.bars[0] == before.bars[0]


def test_a_continued_melody_begins_as_it_was_and_closes_on_the_tonic() -> None:
    begun = melody(bars=8)
    for take in made(start=start_text("continue", begun, bars=8), n=3):
        before, after = tune_of(begun), tune_of(take)
        assert after.full_bars == 16
        assert struck(after)[:8] == struck(before)
        assert after.notes()[-1].pitch % 12 == after.key.pitch_class


def test_ways_on_differ() -> None:
    takes = made(start=start_text("continue", melody(bars=8), bars=8), n=4)
    assert len({take.text for take in takes}) == 4


def test_transposing_moves_every_note_and_the_key() -> None:
    begun = melody(key="C", mode="major")
    (up,) = made(start=start_text("transpose", begun, semitones=5))
    assert [note.pitch - 5 for note in tune_of(up).notes()] == [
        note.pitch for note in tune_of(begun).notes()
    ]
    (back,) = made(start=start_text("transpose", kept(up), semitones=-5))
    assert back.text == begun["abc"]
    assert back.data["plan"]["key"] == "C"  # type: ignore[index]


def test_a_pentatonic_melody_stays_one_through_abc() -> None:
    begun = melody(text="五声音阶，平静", key="G")
    (slower,) = made(start=start_text("tempo", begun, tempo_bpm=60))
    assert slower.data["plan"]["mode"] == "pentatonic"  # type: ignore[index]
    for take in made(start=start_text("vary", begun, reach="far"), n=2):
        assert {note.pitch % 12 for note in tune_of(take).notes()} <= {7, 9, 11, 2, 4}


def test_another_instrument_changes_nothing_else() -> None:
    begun = made(text=LULLABY, n=1)[0]
    (other,) = made(start=start_text("instrument", kept(begun), instrument="organ"))
    assert other.text == begun.text
    assert other.data["instrument"] == "organ"
    same = ("notes", "tempo_bpm", "style", "accompaniment", "chords", "seconds")
    assert {name: other.data[name] for name in same} == {name: begun.data[name] for name in same}
    plan, was = dict(other.data["plan"]), dict(begun.data["plan"])  # type: ignore[call-overload]
    assert plan | {"instrument": ""} == was | {"instrument": ""}


def test_another_tempo_keeps_the_notes() -> None:
    begun = melody()
    (fast,) = made(start=start_text("tempo", begun, tempo_bpm=180))
    assert tune_of(fast).notes() == tune_of(begun).notes()
    assert fast.data["tempo_bpm"] == 180
    assert "=180" in fast.text


def test_notes_left_as_they_are_on_the_roll_are_the_same_melody() -> None:
    for text in ("Irish jig, 16 bars", "hornpipe with triplets", "五声音阶，平静"):
        begun = made(text=text, n=1)[0]
        notes = [[n["pitch"], n["onset"], n["duration"]] for n in begun.data["notes"]]  # type: ignore[attr-defined]
        (same,) = made(start=start_text("edit", kept(begun), notes=notes))
        assert tune_of(same).notes() == tune_of(begun).notes()


def test_a_note_moved_on_the_roll_falls_on_the_grid_and_the_bar() -> None:
    begun = {"abc": "M:4/4\nL:1/4\nK:C\nCDEF | G4 |]"}
    notes = [[60, 0.03, 0.9], [64, 2, 1], [62, 1.02, 1], [67, 3.5, 3]]
    (take,) = made(start=start_text("edit", begun, notes=notes))
    tune = tune_of(take)
    assert [(n.pitch, float(n.onset), float(n.duration)) for n in tune.notes()] == [
        (60, 0, 0.875), (62, 1, 1), (64, 2, 1), (67, 3.5, 3),
    ]  # fmt: skip
    assert tune.full_bars == 2


def test_a_note_past_the_end_makes_the_melody_longer() -> None:
    begun = {"abc": "M:3/4\nL:1/4\nK:C\nG | CDE | FGA |]"}
    (take,) = made(start=start_text("edit", begun, notes=[[60, 0, 1], [62, 13, 1]]))
    tune = tune_of(take)
    assert tune.upbeat
    assert (tune.full_bars, tune.meter.bar) == (5, bar_ticks(tune.bars[-1]))


def test_triplets_stay_triplets_beside_other_notes() -> None:
    begun = {"abc": "M:2/4\nL:1/8\nK:C\n(3CDE F2 | G/A/B (3cBA |]"}
    notes = [[n.pitch, float(n.onset), float(n.duration)] for n in tune_of(begun).notes()]
    (same,) = made(start=start_text("edit", begun, notes=notes))
    assert tune_of(same).bars == tune_of(begun).bars


def test_edited_abc_changes_meter_key_and_tempo_with_the_plan() -> None:
    abc = "T:New\nM:3/4\nL:1/4\nQ:1/4=72\nK:Em\nEGB | B2A | GFE |]"
    (take,) = made(start=start_text("edit", melody(), abc=abc))
    plan: Any = take.data["plan"]
    assert (plan["meter"], plan["key"], plan["mode"], plan["tempo"], plan["bars"]) == (
        "3/4", "E", "minor", 72, 3,
    )  # fmt: skip
    assert take.title == "New"


def test_words_are_laid_line_by_line_and_the_rest_is_held() -> None:
    begun = {"abc": "M:4/4\nL:1/4\nK:C\nCDEF | GFED | EFGA | G4 | cBAG | FGAB | cBAG | C4 |]"}
    text = "Morning has broken over the hills\nsinging of water and light"
    (take,) = made(start=start_text("sing", begun, words=text))
    words = tune_of(take).words
    assert len(words) == len(tune_of(take).notes())
    assert words[0] == "Morn-"
    assert words[13] == "sing-"
    assert "_" in words
    assert "w:" in take.text


@pytest.mark.parametrize("verb", ["transpose", "tempo", "instrument", "accompany", "continue"])
def test_words_stay_under_their_notes(verb: str) -> None:
    begun = melody(words="The harbour lights are burning low\nand all the boats come in", text="")
    words = tune_of(begun).words
    told = {"bars": 4} if verb == "continue" else TOLD[verb]
    (take,) = made(start=start_text(verb, begun, **told), n=1)
    assert tune_of(take).words[: len(words)] == words


def test_a_melody_far_from_its_register_is_varied_where_it_lies() -> None:
    tune = read_abc(TIED)
    low = Tune(
        tune.meter,
        tune.key,
        tuple(
            tuple(type(s)(None if s.pitch is None else s.pitch - 24, s.ticks, s.tied) for s in bar)
            for bar in tune.bars
        ),
    )
    take = made(start=start_text("vary", {"abc": write_abc(low)}, bars=[3]), n=1)[0]
    after = tune_of(take)
    assert struck(after)[:2] == struck(low)[:2]
    middle = [note.pitch for note in after.notes()]
    assert abs(sum(middle) / len(middle) - 45) < 12


def test_a_melody_wider_than_the_models_words_is_told() -> None:
    abc = "M:4/4\nL:1/4\nK:C\nC,,,CEG | c''' G E C |]"
    with pytest.raises(InvalidInput) as refused:
        ordered(start=start_text("vary", {"abc": abc}))
    assert refused.value.code == "melody_no_words"


@pytest.mark.parametrize("meter", ["5/4", "7/8", "3/8", "6/4", "2/2", "12/8"])
def test_melodies_in_rare_meters_are_varied_and_continued_too(meter: str) -> None:
    beats, unit = meter.split("/")
    bar = "CDEFGABcdefg"[: int(beats)]
    begun = {"abc": f"M:{meter}\nL:1/{unit}\nK:C\n{bar}|{bar}|{bar}|{bar}|]"}
    for verb, told, bars in (("vary", {"bars": [2, 4]}, 4), ("continue", {"bars": 4}, 8)):
        take = made(start=start_text(verb, begun, **told), n=1)[0]
        tune = tune_of(take)
        assert (str(tune.meter), tune.full_bars) == (meter, bars)
        assert {each.name: each.passed for each in take.checks}["bars_add_up"]
    (request, *_) = ordered(start=start_text("vary", begun), n=1).requests
    words = VOCABULARY.encode(request.prompt)
    assert len(words) == len(request.prompt.split())


def test_a_melody_without_a_name_gets_one() -> None:
    for verb in ("vary", "tempo"):
        told = {"tempo_bpm": 90} if verb == "tempo" else {}
        begun = {"abc": "M:4/4\nL:1/4\nK:G\nGABc | d4 | dcBA | G4 |]"}
        take = made(start=start_text(verb, begun, **told), n=1)[0]
        assert take.title == "Melody in G major"
        assert "T:Melody in G major" in take.text


def test_a_variation_follows_what_the_form_sets_over_the_melody() -> None:
    begun = melody(tempo=80)
    order = ordered(
        start=start_text("vary", begun), tempo=120, style="reel", mood="playful", bars=4
    )
    assert (order.plan["tempo"], order.plan["style"], order.plan["mood"]) == (
        120,
        "reel",
        "playful",
    )
    assert order.plan["bars"] == 16
    assert order.plan["meter"] == "6/8"


def _told(verb: str, begun: Mapping[str, Any]) -> dict[str, object]:
    if verb == "sing":
        return {"words": "la " * (3 * len(tune_of(begun).notes()) // 4)}
    return TOLD[verb]


def _others(freed: list[int], bars: int) -> list[int]:
    return [number for number in range(1, bars + 1) if number not in freed]


def test_a_variation_of_a_song_has_a_note_for_every_syllable() -> None:
    poem = "The harbour sleeps beneath the rain\nAnd all the boats come home again"
    (song,) = made(text=LULLABY, words=poem, n=1, bars=8)
    spoken = [word for word in song.data["words"] if word]
    for take in made(text="", start=start_text("vary", kept(song), reach="middle"), n=2):
        assert [word for word in take.data["words"] if word] == spoken
        assert {check.name: check.passed for check in take.checks}["words_laid"]
