"""What people are told, measured on fakes: every work that was told is counted, errors add up."""

from __future__ import annotations

import pytest

from studio.estimate_bench import EstimateRun, Foretold, bench_estimate
from studio.settings import Settings


def test_errors_are_relative_to_what_came_true() -> None:
    told = Foretold(first_s=1.0, done_s=3.0, true_first_s=2.0, true_done_s=2.0)
    assert told.first_error == pytest.approx(0.5)
    assert told.done_error == pytest.approx(0.5)


def test_a_run_on_fakes_counts_every_work(fake_settings: Settings) -> None:
    numbers = bench_estimate(fake_settings, EstimateRun(works=4, people=4))
    told = numbers["works"]["number"]
    assert told + numbers["works_not_told"] > 0
    assert sum(each["number"] for each in numbers["crafts"].values()) == told
    assert [each["name"] for each in numbers["goals"]] == ["done"]
