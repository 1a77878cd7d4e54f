"""A board of pictures: one style and palette, each line its own plan and seed."""

from __future__ import annotations

import pytest

from studio.crafts import CRAFTS
from studio.crafts.form import fill
from studio.crafts.image_board import MOST_PANELS, board_start
from studio.crafts.image_form import form_values
from studio.crafts.image_order import sheet_of
from studio.errors import InvalidInput

PANELS = ("a storm of crowded black shards", "a still pale empty lake", "warm lamplight")
FORM = {"text": "a night at sea", "seed": 11, "n": 1}


def sheet(panels, **more):
    given = {**FORM, **more, "start": board_start(panels)}
    return sheet_of(fill(CRAFTS["image"], given, lambda: 11))


def test_panels_share_style_and_palette_and_differ_in_the_rest():
    made = sheet(PANELS)
    assert [each.text for each in made.wishes] == list(PANELS)
    assert [each.seed for each in made.wishes] == [11, 12, 13]
    assert {each.plan.palette for each in made.wishes} == {made.plan.palette}
    assert {each.plan.style for each in made.wishes} == {made.plan.style}
    storm, lake, _ = made.wishes
    assert storm.plan.numbers["density"] > lake.plan.numbers["density"]


def test_the_plan_that_is_shown_makes_the_same_board_again():
    inputs = fill(CRAFTS["image"], {**FORM, "start": board_start(PANELS)}, lambda: 11)
    first = sheet_of(inputs)
    again = sheet_of({**inputs, **form_values(first.plan)})
    assert [each.plan for each in again.wishes] == [each.plan for each in first.wishes]


def test_what_the_person_sets_holds_for_every_panel():
    made = sheet(PANELS, style="rings", palette="#101010 #f0e0c0")
    assert {each.plan.style for each in made.wishes} == {"rings"}
    assert made.plan.palette == ("#101010", "#f0e0c0")


@pytest.mark.parametrize(
    "start",
    [
        '{"verb": "board", "panels": ["alone"]}',
        '{"verb": "board", "panels": "lines"}',
        '{"verb": "board", "panels": ["one", 2]}',
        '{"verb": "board", "panels": ["one", ""]}',
        '{"verb": "board"}',
    ],
)
def test_other_boards_are_refused(start):
    with pytest.raises(InvalidInput) as caught:
        sheet_of(fill(CRAFTS["image"], {**FORM, "start": start}, lambda: 11))
    assert caught.value.field == "start"


def test_a_start_never_holds_more_than_a_sheet():
    assert len(sheet([f"line {n}" for n in range(40)]).wishes) == MOST_PANELS
