"""The engine's panel as who runs the studio meets it, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from studio.service import Studio
from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
CARD = "base/smollm2-135m-instruct"


def test_memory_is_freed_from_the_keyboard_and_the_news_keep_the_place(
    visit: Visitor, axe_source: str, paced_studio: Studio
) -> None:
    here = visit()
    page = here.page
    here.example("writing")
    here.generate("writing")
    page.locator("#engine > button").focus()
    page.keyboard.press("Enter")
    button = page.locator(f"#engine [data-id='{CARD}']")
    expect(button).to_be_enabled()
    expect(page.locator("#engine .sparkline")).to_be_visible()
    assert violations(here, axe_source) == []
    button.focus()
    page.evaluate("() => document.querySelector('.engine-sheet').dataset.seen = 1")
    page.wait_for_function("() => !document.querySelector('.engine-sheet').dataset.seen")
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#engine-status")).to_contain_text("has left the memory")
    expect(button).to_have_count(0)
    assert CARD not in paced_studio.engine().resident


def test_the_panel_on_a_phone_in_the_dark(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh", width=390, dark=True)
    here.page.locator("#engine > button").click()
    expect(here.page.locator("#engine .gauges")).to_contain_text("每秒词元")
    assert violations(here, axe_source) == []
    assert not is_wider_than_the_screen(here)
