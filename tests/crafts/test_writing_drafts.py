"""Several drafts of one text: the best by measured things is shown, the others are kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from studio.crafts.craft import Order, Output
from studio.crafts.form import fill
from studio.crafts.writing import CRAFT, MOST_ROWS
from studio.crafts.writing_prompts import Assignment
from studio.crafts.writing_ranking import (
    Traits,
    misspelt,
    name_slips,
    names_in,
    ranking,
    repeated_share,
)
from studio.requests import Completion

BRIEF = "Ines the lighthouse keeper finds a letter."
GOOD = "Ines climbed the lighthouse. The letter lay on the sill. The keeper read it and smiled."
LOOPING = "The keeper read the letter. The keeper read the letter. The keeper read the letter."
LOST = "A lawyer ate soup in the office. It was a grey day and nobody came by at all until five."


class Writers:
    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        return "base/small", None

    def drafts(self, card: str) -> int:
        return 8


def ordered(**given: object) -> Order:
    inputs = fill(CRAFT, {"text": BRIEF, "seed": 7, "length": "short", **given}, lambda: 1)
    return CRAFT.order(inputs, Writers())


def finished(order: Order, *drafts: str | Completion) -> tuple[Output, ...]:
    return CRAFT.finish(order, [d if isinstance(d, Completion) else Completion(d) for d in drafts])


def alternatives(output: Output) -> list[Mapping[str, object]]:
    found = output.data["alternatives"]
    assert isinstance(found, list)
    return found


def test_the_writer_says_how_many_drafts_it_can_afford_and_the_person_may_choose() -> None:
    assert len(ordered().requests) == 8
    assert len(ordered(drafts=3).requests) == 3
    assert len(ordered(drafts=1, n=2).requests) == 2
    assert len(ordered(n=4).requests) == MOST_ROWS


def test_drafts_differ_by_their_seeds_only_and_the_order_can_be_made_again() -> None:
    order = ordered(drafts=3)
    assert [each.seed for each in order.requests] == [7, 8, 9]
    first = order.requests[0]
    assert all(replace(each, seed=first.seed) == first for each in order.requests)
    again = CRAFT.order(order.inputs, Writers())
    assert again.requests == order.requests


def test_what_was_drawn_is_written_down_so_that_another_machine_draws_as_many() -> None:
    assert ordered().inputs["drafts"] == 8


def test_the_good_draft_comes_first_and_the_others_are_kept_best_first() -> None:
    (output,) = finished(ordered(drafts=3), LOST, LOOPING, GOOD)
    assert output.text == GOOD
    assert output.seed == 9
    assert output.data["drafts"] == 3
    assert [each["seed"] for each in alternatives(output)][-1] in (7, 8)
    assert {each["text"] for each in alternatives(output)} == {LOST, LOOPING}


def test_alternatives_can_be_stored_and_say_their_verdicts() -> None:
    (output,) = finished(ordered(drafts=2), GOOD, LOST)
    (other,) = json.loads(json.dumps(alternatives(output)))
    assert other["title"] == ""
    assert {check["name"] for check in other["checks"]} == {"on_topic", "ends_at_sentence"}


def test_equal_and_empty_drafts_are_no_alternatives() -> None:
    (output,) = finished(ordered(drafts=5), GOOD, GOOD, "", LOST, LOST)
    assert output.text == GOOD
    assert [each["text"] for each in alternatives(output)] == [LOST]


def test_each_version_is_the_best_of_its_own_drafts() -> None:
    first, second = finished(ordered(drafts=2, n=2), LOST, GOOD, LOOPING, GOOD + " She wrote back.")
    assert first.text == GOOD
    assert second.text == GOOD + " She wrote back."
    assert [each["text"] for each in alternatives(second)] == [LOOPING]


def test_a_draft_that_was_cut_or_looped_stands_behind_one_that_ended() -> None:
    for worse in ("length", "loop"):
        (output,) = finished(
            ordered(drafts=2),
            Completion(GOOD + " She wept.", finish=worse),  # type: ignore[arg-type]
            Completion(GOOD),
        )
        assert output.text == GOOD


def test_nearness_to_the_brief_and_likelihood_decide_between_sound_drafts() -> None:
    other = GOOD.replace("smiled", "laughed")
    for measured in ({"coverage": 0.86}, {"mean_logprob": -1.2}):
        (output,) = finished(
            ordered(drafts=2),
            Completion(GOOD, coverage=0.8, mean_logprob=-2.0),
            replace(Completion(other, coverage=0.8, mean_logprob=-2.0), **measured),
        )
        assert output.text == other


def test_what_was_measured_of_one_draft_only_decides_nothing() -> None:
    other = GOOD.replace("smiled", "nodded")
    (output,) = finished(ordered(drafts=2), GOOD, Completion(other, coverage=0.9))
    assert output.text == GOOD


def test_of_equals_the_first_stays_so_that_the_seed_decides() -> None:
    same = Traits(0, 0, 0, 0, 0, 0, coverage=0.8, mean_logprob=-1.00001)
    assert ranking([same, replace(same, mean_logprob=-1.0)]) == (0, 1)


def test_a_person_who_stops_keeps_what_they_saw() -> None:
    (output,) = finished(
        ordered(drafts=3), Completion("The grey", cut_short=True), GOOD, Completion("")
    )
    assert output.text == "The grey"
    assert [each["text"] for each in alternatives(output)] == [GOOD]


def test_the_preview_shows_the_first_draft() -> None:
    order = ordered(drafts=2, n=2)
    assert CRAFT.preview is not None
    assert CRAFT.preview(order, ["One.", "Two.", "Three.", "Four."]).split() == [
        "One.",
        *["*", "*", "*"],
        "Three.",
    ]


def test_repetition_is_counted_in_both_languages() -> None:
    assert repeated_share("one two three four") == 0
    assert repeated_share("a b c d a b c d") == pytest.approx(1 / 5)
    assert repeated_share("雨夜灯下雨夜灯下") == pytest.approx(1 / 5)
    assert repeated_share("") == 0


def test_a_name_that_changes_its_spelling_is_noticed() -> None:
    assert misspelt(["Michael", "Micheal", "Anna"]) == 1
    assert misspelt(["Ann", "Anna", "Bob", "Bea"]) == 0
    text = "MICHAEL\nSit.\n\nMICHEAL\nNo.\n\nANNA\nPlease."
    assert names_in(text, "en") == ("Michael", "Micheal", "Anna")


def test_a_name_of_the_brief_that_is_lost_and_a_crowd_are_noticed() -> None:
    brief = Assignment("story", "en", "The keeper Ines finds a letter.")
    assert name_slips(brief, "In the tower Ines read it.") == 0
    assert name_slips(brief, "In the tower she read it.") == 1
    crowd = "Then Ines met Ada, then Ben, then Carl, then Dora, then Emil, then Fritz, then Gus."
    assert name_slips(brief, crowd) == 2
