"""How many threads a step is given."""

from __future__ import annotations

import time
from unittest.mock import patch

from studio.families.compiled import team
from studio.families.compiled.team import Team, fewest_that_pay


def test_more_threads_only_where_they_pay() -> None:
    assert fewest_that_pay({1: 1.0}) == 1
    assert fewest_that_pay({1: 1.0, 2: 0.97}) == 1, "not worth a core"
    assert fewest_that_pay({1: 1.0, 2: 1.4, 4: 0.5}) == 4
    assert fewest_that_pay({1: 1.0, 2: 0.6, 4: 0.58}) == 2


def test_few_and_many_rows_are_given_what_each_was_fastest_with() -> None:
    crew, asked = Team(4), []

    def step(rows: int) -> None:
        """Few rows wait for memory, many are shared out."""
        threads = crew._threads_for(rows)
        asked.append((rows, threads))
        time.sleep(0.002 if rows < 8 else 0.02 / threads)

    with patch.object(team, "ENOUGH_S", 0.0):
        crew.tune(step)
    assert {crew._threads_for(rows) for rows in (1, 4, 7)} == {1}
    assert {crew._threads_for(rows) for rows in (8, 16, 100)} == {4}
    assert {threads for rows, threads in asked if rows == 8} == {1, 2, 4}, "each was tried"


def test_one_thread_needs_no_trial() -> None:
    Team(1).tune(lambda rows: 1 / 0)
