"""The pictures' benchmark: it runs on any card and gives every number it promises."""

from __future__ import annotations

from typing import Any

import pytest

from studio.bench import picture_numbers
from studio.families.picture_bench import PICTURES, STAGES, orders
from tests.families.tiny_generator import tiny_generator


@pytest.fixture(scope="module")
def numbers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("models")
    tiny_generator(folder)
    place = (folder / "gan", folder / "prior", "cpu", "float32")
    return picture_numbers(*place, rounds=1, print_edge=320)


def test_every_number_is_there(numbers: dict[str, Any]) -> None:
    raw, done, beside = numbers["raw"], numbers["finished"], numbers["composition"]
    assert numbers["threads"] >= 1
    assert raw["batch_x"]["median"] > 0
    assert set(raw["shares"]) == {*STAGES, "rest"}
    assert abs(sum(each["median"] for each in raw["shares"].values()) - 1) < 0.01
    assert all(0 <= each["median"] < 1 for each in raw["shares"].values())
    assert 0 < done["finish_share"]["median"] < 1
    assert done["pictures"] == raw["pictures"] == PICTURES
    assert beside["ours_in_fastgans"]["median"] > 0
    assert numbers["print"]["edge"] == 320
    assert numbers["print"]["bytes_over_idle"] >= 0
    for spread in (raw["batch_s"], raw["one_by_one_s"], done["seconds"], beside["fastgan_s"]):
        assert 0 < spread["low"] <= spread["median"] <= spread["high"]


def test_goals_stand_beside_what_was_measured(numbers: dict[str, Any]) -> None:
    goals = {each["name"]: each for each in numbers["goals"]}
    assert set(goals) == {
        *("raw_16_s", "finished_16_s", "batch_x", "print_s", "print_bytes_over_idle"),
        "gpu_pictures_per_s",
    }
    assert goals.pop("gpu_pictures_per_s")["met"] is None
    for each in goals.values():
        assert isinstance(each["met"], bool)
        assert each["goal"].startswith(("at most", "at least"))


def test_the_briefs_are_unlike_each_other() -> None:
    asked = orders()
    assert len({each.seed for each in asked}) == PICTURES
    assert len({each.style for each in asked}) > 10
    assert {each.text.isascii() for each in asked} == {True, False}
