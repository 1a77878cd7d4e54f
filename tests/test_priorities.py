"""What a person waits for, what may come later, and what came too late."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.catalog import Catalog
from studio.crafts.craft import Output
from studio.priorities import SOON, in_time, prioritised
from studio.requests import Completion, Request

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.read(ROOT / "models")


def test_the_first_pictures_of_a_grid_are_waited_for_and_the_rest_may_come(
    catalog: Catalog,
) -> None:
    grid = [Request(card="gan/abstract", seed=n) for n in range(16)]
    words = [Request(card="base/smollm2-135m-instruct", seed=n) for n in range(9)]
    told = [each.priority for each in prioritised([*words, *grid], catalog, "interactive")]
    assert told == ["interactive"] * (9 + SOON) + ["bulk"] * (16 - SOON)


def test_a_batch_waits_behind_everybody(catalog: Catalog) -> None:
    asked = [Request(card="gan/abstract", seed=1)]
    assert prioritised(asked, catalog, "bulk")[0].priority == "bulk"


def test_a_text_cut_off_at_its_deadline_says_so() -> None:
    outputs = (Output("Once upon"),)
    assert in_time(outputs, [Completion("Once upon")])[0].checks == ()
    (cut,) = in_time(outputs, [Completion("Once upon", finish="deadline")])
    assert [(each.name, each.passed) for each in cut.checks] == [("in_time", False)]
