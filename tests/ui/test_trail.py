"""The versions on a desk, as the browser keeps them."""

from __future__ import annotations

import json

import pytest

from studio.ui.trail import MOST_STEPS, Step, Trail, steps_of, version_of
from studio.works import Work, WorkOutput


def a_work(**data: object) -> Work:
    return Work(
        id="w", craft="writing", lang="en", title="", text="", inputs={}, plan={},
        outputs=(WorkOutput("first", data=data),), recipe={}, created="now",
    )  # fmt: skip


OTHER = {"text": "second", "title": "T", "seed": 7, "checks": [{"name": "safety", "passed": True}]}


def test_a_trail_survives_the_browser():
    trail = Trail().with_steps([Step("a"), Step("a", 0, 0, "alternative")]).with_steps([Step("b")])
    assert Trail.read(trail.json()) == trail
    assert trail.now == Step("b")
    assert trail.moved(-1).now == Step("a", 0, 0, "alternative")
    assert trail.moved(-9).at == 0
    assert trail.moved(9).at == 2


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "7", '{"steps": 3}', '{"steps": [{"output": 1}]}', '{"at": 5}']
)
def test_what_is_no_trail_is_an_empty_one(text):
    assert Trail.read(text).now is None


def test_a_trail_does_not_grow_for_ever():
    trail = Trail()
    for number in range(MOST_STEPS + 20):
        trail = trail.with_steps([Step(str(number))])
    assert len(trail.steps) == MOST_STEPS
    assert trail.now == Step(str(MOST_STEPS + 19))
    assert len(json.loads(trail.json())["steps"]) == MOST_STEPS


def test_alternatives_are_steps_with_their_own_text():
    work = a_work(alternatives=[OTHER])
    steps = steps_of(work)
    assert [version_of(work, each).text for each in steps] == ["first", "second"]
    assert version_of(work, steps[1]).seed == 7
    assert version_of(work, steps[1]).checks[0].name == "safety"
    assert version_of(work, Step("w", 0, 9)).text == "first"
