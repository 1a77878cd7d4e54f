"""A poem, its picture and its melody: handed on from tab to tab, and found again in the history."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
IDEA = "first frost on the tram lines"
CHINESE_IDEA = "江上夜雨，客舟孤灯"


def poem(visit: Visit, idea: str = IDEA) -> Page:
    visit.open_tab("poetry")
    visit.idea("poetry", idea)
    visit.generate("poetry")
    return visit.page


def hand_over(visit: Visit, craft: str, name: str, target: str) -> None:
    """Press a menu's button and wait for the target's form."""
    page = visit.page
    page.locator(f"#make-of-{craft} [data-name={name}]").click()
    page.wait_for_selector(f"#tab-{target} >> visible=true")
    expect(page.locator(f"#origin-{target} .origin")).to_be_visible()


def chain(visit: Visit, idea: str = IDEA) -> Page:
    """A poem, a picture of it, and a melody with its words."""
    page = poem(visit, idea)
    hand_over(visit, "poetry", "poem_picture", "image")
    visit.generate("image")
    expect(page.locator("#make-of-image .make-of")).to_be_visible()
    visit.open_tab("poetry")
    hand_over(visit, "poetry", "poem_melody", "melody")
    visit.generate("melody")
    return page


def open_newest(visit: Visit) -> Page:
    visit.open_tab("history")
    page = visit.page
    page.locator("#history-cards [data-do=open]").first.click()
    expect(page.locator("#history-detail .detail-title")).to_be_visible()
    return page


def test_a_poem_becomes_a_picture_and_a_melody_and_the_graph_shows_it(
    visit: Visitor, axe_source: str
) -> None:
    here = visit()
    page = poem(here)
    hand_over(here, "poetry", "poem_picture", "image")
    expect(page.locator("#origin-image .passed dt")).to_have_count(4)
    expect(page.locator("#tab-image .idea textarea").first).not_to_have_value("")
    assert violations(here, axe_source) == []
    here.generate("image")

    here.open_tab("poetry")
    hand_over(here, "poetry", "poem_melody", "melody")
    here.generate("melody")
    page = open_newest(here)
    nodes = page.locator("#history-detail .kin li")
    expect(nodes).to_have_count(3)
    expect(page.locator("#history-detail .kin [aria-current]")).to_have_count(1)
    expect(page.locator("#history-detail .kin .tie")).to_have_text(["painted", "set to music"])
    assert violations(here, axe_source) == []

    first = nodes.nth(0).locator("button")
    first.focus()
    page.keyboard.press("ArrowRight")
    expect(nodes.nth(1).locator("button")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(nodes.nth(2).locator("button")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#history-detail .kin li").nth(0).locator("button")).to_have_attribute(
        "aria-current", "true"
    )

    here.reload()
    here.open_tab("melody")
    expect(page.locator("#origin-melody .origin cite")).to_be_visible()
    expect(page.locator("#make-of-melody .make-of")).to_be_visible()
    here.open_tab("image")
    expect(page.locator("#result-image figure.print")).to_have_count(1)
    expect(page.locator("#origin-image .origin")).to_be_visible()
    assert here.errors == []
    assert here.outside == []


def test_a_link_is_dropped_and_what_was_passed_stays_to_be_changed(visit: Visitor) -> None:
    here = visit()
    page = poem(here)
    hand_over(here, "poetry", "poem_picture", "image")
    idea = page.locator("#tab-image .idea textarea").first
    passed = idea.input_value()
    page.locator("#origin-image [data-do=drop-origin]").click()
    expect(page.locator("#origin-image .origin")).to_have_count(0)
    expect(idea).to_have_value(passed)
    here.generate("image")
    page = open_newest(here)
    expect(page.locator("#history-detail .make-of")).to_be_visible()
    expect(page.locator("#history-detail .kin")).to_have_count(0)


def test_a_board_shows_its_lines_and_takes_others(visit: Visitor) -> None:
    here = visit()
    page = poem(here)
    hand_over(here, "poetry", "poem_board", "image")
    lines = page.locator("#board-lines-image textarea")
    expect(lines).to_be_visible()
    count = len(lines.input_value().splitlines())
    assert count > 1
    lines.fill("salt on the window\nthe lamp goes out")
    start = page.locator("#field-image-start textarea")
    expect(start).to_have_value(re.compile("salt on the window"))
    here.generate("image")
    expect(page.locator("#result-image figure.print")).to_have_count(2)
    lines.fill("")
    expect(page.locator("#begun-image")).not_to_have_class("on")


def test_the_version_that_is_chosen_goes(visit: Visitor) -> None:
    here = visit()
    page = here.page
    here.open_tab("image")
    here.idea("image", "two rings")
    number = page.locator("#tab-image .fields input[type=number]").nth(1)
    number.fill("3")
    number.blur()
    here.generate("image")
    expect(page.locator("#make-of-image select option")).to_have_count(3)
    page.locator("#result-image [data-pick]").nth(2).click()
    expect(page.locator("#make-of-image select")).to_have_value("3")
    page.locator("#make-of-image [data-name=picture_words]").click()
    expect(page.locator("#origin-writing .origin small")).to_have_text("version 3")


def test_chinese_on_a_phone_in_the_dark(visit: Visitor, axe_source: str) -> None:
    here = visit("zh-CN", width=390, dark=True)
    page = chain(here, CHINESE_IDEA)
    page = open_newest(here)
    expect(page.locator("#history-detail .kin li")).to_have_count(3)
    expect(page.locator("#history-detail .kin .came").nth(1)).to_be_visible()
    expect(page.locator("#history-detail .kin h4")).to_have_text("作品的来龙去脉")
    assert violations(here, axe_source) == []
    assert not is_wider_than_the_screen(here)
