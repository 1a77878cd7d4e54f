"""The sign-in page as a person meets it, in a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.door.conftest import ANN, House
from tests.ui.visit import PATIENCE_MS

pytestmark = pytest.mark.browser
NAME, _, PASSWORD = ANN.partition(":")


@pytest.fixture
def outside(browser: Browser, house: House) -> Iterator[Callable[..., Page]]:
    opened: list[Any] = []

    def start(locale: str = "en-US", width: int = 1280, dark: bool = False) -> Page:
        scheme: Any = "dark" if dark else "light"
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 860}, color_scheme=scheme
        )
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.complaints = []  # type: ignore[attr-defined]
        page.on("console", lambda said: _note(page, said.type, said.text))
        page.goto(house.url + "/", wait_until="domcontentloaded")
        return page

    yield start
    for each in opened:
        each.close()


def _note(page: Any, kind: str, text: str) -> None:
    left = "AbortError" in text  # what the page still asked for when it was left
    if kind == "error" and "401" not in text and not left:
        page.complaints.append(text)


@pytest.mark.parametrize(
    ("locale", "width", "dark"), [("en-US", 1280, False), ("zh-CN", 390, True)]
)
def test_the_form_is_open_to_everybody(
    outside: Callable[..., Page], axe_source: str, locale: str, width: int, dark: bool
) -> None:
    page = outside(locale, width, dark)
    expect(page).to_have_title("Sign in · Atelier" if locale == "en-US" else "登录 · Atelier")
    page.bring_to_front()
    found = page.evaluate(f"async () => {{ {axe_source}; return await axe.run() }}")
    assert found["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.classList.contains('dark')") is dark


def test_signing_in_and_out_with_the_keyboard(outside: Callable[..., Page]) -> None:
    page: Any = outside()
    expect(page.locator("#name")).to_be_focused()
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type("not it")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("#name")).to_have_value(NAME)
    expect(page.locator("#password")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("button.go")
    expect(page.locator(".signed-in span")).to_have_text(NAME)
    page.evaluate("localStorage.setItem('atelier-draft-writing', 'mine')")
    page.evaluate("localStorage.setItem('atelier-theme', 'dark')")
    page.locator(".signed-in button").click()
    page.wait_for_selector("#password")
    assert page.evaluate("Object.keys(localStorage)") == ["atelier-theme"]
    assert page.evaluate("document.documentElement.classList.contains('dark')")
    assert page.complaints == []
