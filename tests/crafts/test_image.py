"""Image: what a description asks for is seen in the plan, and the plan can be changed."""

from __future__ import annotations

import json

import pytest

from studio.crafts.craft import Order
from studio.crafts.form import fill
from studio.crafts.image import CRAFT, PLAN_NUMBERS
from studio.crafts.palette import hex_to_lab, hex_to_rgb, warmth
from studio.errors import InvalidInput
from studio.requests import Completion, Picture

CALM = "calm, almost empty, two warm colours and one thin dark line"
STORM = "angry geometric storm in red and black, crowded, sharp"
LAKE = "宁静的蓝色极简构图，像清晨的湖面"
RHYTHM = "一幅抽象画，色彩丰富，形态多变，线条流畅，充满动感和节奏感。"


class _Roster:
    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        assert role == "picture"
        return "gan/abstract", None


def _order(text: str, **fields: object) -> Order:
    return CRAFT.order(fill(CRAFT, {"text": text, "seed": 5, **fields}, lambda: 1), _Roster())


def _colours(order: Order) -> list[str]:
    return str(order.plan["palette"]).split()


def _number(order: Order, name: str) -> float:
    return float(str(order.plan[name]))


def test_calm_and_empty() -> None:
    order = _order(CALM)
    assert order.plan["style"] == "minimal"
    assert _number(order, "density") < 0.25
    assert _number(order, "movement") < 0.4
    *warm, dark = sorted(_colours(order), key=warmth, reverse=True)
    assert len(warm) == 2
    assert min(warmth(each) for each in warm) > 0.6
    assert hex_to_lab(dark)[0] < 20


def test_a_storm_is_crowded_and_sharp_in_its_two_colours() -> None:
    order = _order(STORM)
    assert order.plan["style"] == "geometric"
    assert _number(order, "density") > 0.7
    assert _number(order, "angularity") > 0.7
    assert _number(order, "movement") > 0.7
    red, black = _colours(order)
    assert hex_to_rgb(red)[0] > 180
    assert hex_to_lab(black)[0] < 15


def test_chinese_is_read_as_well() -> None:
    lake, rhythm = _order(LAKE), _order(RHYTHM)
    assert (lake.lang, rhythm.lang) == ("zh", "zh")
    assert lake.plan["style"] in ("minimal", "waves", "colorfield")
    assert _number(lake, "density") < 0.3
    assert all(warmth(each) < 0.5 for each in _colours(lake))
    assert _number(rhythm, "movement") > 0.6
    assert _number(rhythm, "density") > _number(lake, "density") + 0.3
    assert len(_colours(rhythm)) >= 4


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [("soft shapes in sage and cream, no red", "#d62828"), ("深蓝与银，不要红色", "#d62828")],
)
def test_what_is_not_wanted_is_left_out(text: str, unwanted: str) -> None:
    assert unwanted not in _colours(_order(text))


def test_one_named_colour_is_shown_in_its_tints() -> None:
    assert all(hex_to_lab(each)[2] < 0 for each in _colours(_order("blue, like a quiet morning")))


def test_the_form_stands_over_the_words() -> None:
    order = _order(CALM, style="grid", density=0.9, palette="墨绿, cream #d62828")
    assert order.plan["style"] == "grid"
    assert _number(order, "density") == 0.9
    assert len(_colours(order)) == 3
    assert "#d62828" in _colours(order)


@pytest.mark.parametrize("text", [CALM, STORM, LAKE, RHYTHM, "mood of an old radio"])
def test_filling_the_form_with_the_plan_gives_the_same_pictures(text: str) -> None:
    order = _order(text)
    again = _order(text, **order.plan)
    assert again.requests == order.requests
    assert again.plan == order.plan


def test_a_sheet_has_one_seed_a_picture_and_one_plan() -> None:
    requests = _order(LAKE, n=6, seed=40).requests
    assert [each.seed for each in requests] == list(range(40, 46))
    assert all(each.condition == requests[0].condition for each in requests)
    json.dumps(dict(requests[0].condition))


def test_no_colour_is_said_so() -> None:
    with pytest.raises(InvalidInput) as refused:
        _order(CALM, palette="blurple, #12")
    assert refused.value.field == "palette"
    assert refused.value.code == "no_colour"


def _flat(colour: str) -> Picture:
    return Picture(64, 64, bytes(hex_to_rgb(colour)) * 64 * 64)


def test_pictures_are_measured_against_the_plan() -> None:
    order = _order(CALM, palette="#d9623b", n=2)
    pictures = [_flat("#d9623b"), _flat("#16306b")]
    kept, missed = CRAFT.finish(order, [Completion(picture=each) for each in pictures])
    verdicts = {each.name: each.passed for each in kept.checks}
    assert verdicts["palette_match"]
    assert verdicts["warmth_match"]
    assert verdicts["density_match"]
    wrong = {each.name: each.passed for each in missed.checks}
    assert not wrong["palette_match"]
    assert not wrong["warmth_match"]


def test_what_is_kept_can_be_finished_and_made_again() -> None:
    order = _order(STORM, finish="smooth", size="2048", n=1)
    made = Completion(picture=_flat("#d62828"), data={"layout": [["#d62828"] * 2] * 2})
    (output,) = CRAFT.finish(order, [made])
    assert (output.data["finish"], output.data["size"]) == ("smooth", 2048)
    assert output.data["plan"] == order.plan
    assert output.seed == 5
    json.dumps(dict(output.data))


def test_a_picture_that_is_missing_does_not_break_the_sheet() -> None:
    (output,) = CRAFT.finish(_order(CALM, n=1), [Completion()])
    assert output.picture is None


def test_every_example_fills_the_form() -> None:
    for example in CRAFT.examples:
        order = CRAFT.order(fill(CRAFT, example, lambda: 3), _Roster())
        assert 2 <= len(_colours(order)) <= 8
        assert all(0 <= _number(order, name) <= 1 for name in PLAN_NUMBERS)
