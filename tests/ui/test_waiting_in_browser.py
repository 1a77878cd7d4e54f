"""Whoever waits for a slot is told about how long it takes, and no longer once it runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from studio.requests import Request, Sampling
from studio.service import Studio
from tests.ui.conftest import Pace
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

WATCH = """() => {
  window.told = [];
  const look = () => {
    const line = document.querySelector("#status-writing");
    if (line && line.innerText !== window.told.at(-1)) window.told.push(line.innerText);
  };
  const everything = { subtree: true, childList: true, characterData: true };
  new MutationObserver(look).observe(document.body, everything);
}"""
ESTIMATE = "Ready in about"


def test_a_wait_has_an_estimate_that_goes_away(
    visit: Callable[..., Visit], paced_studio: Studio, pace: Pace
) -> None:
    here = visit()
    here.idea("writing", "A lighthouse keeper finds a letter.")
    here.generate("writing")  # what a step costs is learnt from it
    card = next(each.card for each in paced_studio.engine().cards if each.lane == "text")
    pace.step_s = 0.2
    manager = paced_studio._manager
    ask = Request(card=card, seed=1, user="crowd", sampling=Sampling(max_tokens=200))
    crowd = [manager.submit(ask) for _ in range(80)]
    try:
        here.page.evaluate(WATCH)
        here.page.locator("#go-writing").click()
        here.page.wait_for_function(
            "(estimate) => window.told.some((each) => each.includes(estimate))", arg=ESTIMATE
        )
    finally:
        pace.step_s = 0.0
        for ticket in crowd:
            ticket.cancel()
    here.done("writing")
    expect(here.page.locator("#status-writing")).not_to_contain_text(ESTIMATE)
    told = here.page.evaluate("() => window.told")
    first = next(number for number, each in enumerate(told) if ESTIMATE in each)
    assert "Waiting" in told[first]
    assert ESTIMATE not in told[-1]
