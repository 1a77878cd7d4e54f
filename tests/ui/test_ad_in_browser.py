"""An ad as a copywriter works on it: line by line, counted as the channel counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]


def begin(here: Visit, lang: str = "en", number: int = 0) -> Page:
    """A finished ad of an example's brief."""
    here.open_tab("ad_copy")
    here.example("ad_copy", lang, number)
    here.page.locator("#go-ad_copy").click()
    agree = here.page.locator("#tab-ad_copy .terms .accept")
    expect(agree.or_(here.page.locator("#tab-ad_copy .version-line b"))).to_be_visible()
    if agree.is_visible():
        agree.click()
    arrived(here.page, 1)
    return here.page


def arrived(page: Page, number: int) -> None:
    """The ad of that number is done and lies on its sheet."""
    expect(page.locator("#tab-ad_copy .version-line b")).to_have_text(str(number))
    expect(page.locator("#status-ad_copy .status")).to_have_class("status done")
    expect(page.locator("#result-ad_copy [data-board]")).to_be_visible()


def rows(page: Page) -> Locator:
    return page.locator("#result-ad_copy .ad-row")


def texts(page: Page) -> list[str]:
    found: list[str] = page.locator("#result-ad_copy textarea").evaluate_all(
        "(areas) => areas.map((each) => each.value)"
    )
    return found


def test_a_locked_line_stays_and_the_others_are_written_anew(
    visit: Visitor, axe_source: str
) -> None:
    here = visit()
    page = begin(here)
    assert violations(here, axe_source) == []
    kept = texts(page)[1]
    lock = rows(page).nth(1).locator("[data-lock]")
    lock.focus()
    page.keyboard.press("Enter")
    expect(lock).to_have_attribute("aria-pressed", "true")
    press = page.locator("#result-ad_copy [data-press=rewrite]")
    press.focus()
    page.keyboard.press("Enter")
    arrived(page, 2)
    assert kept in texts(page)
    expect(page.locator("#tab-ad_copy .version-line")).to_contain_text("rewritten")
    expect(page.locator("#result-ad_copy .ad-row.locked")).to_have_count(1)
    assert here.errors == []


def test_a_line_is_edited_under_a_live_counter_and_the_preview_follows(visit: Visitor) -> None:
    here = visit()
    page = begin(here)
    first = rows(page).first
    area = first.locator("textarea")
    area.fill("COLD WATER all day long, wherever you go!!")
    expect(first.locator("[data-used]")).to_have_text("42")
    expect(first.locator("[data-left]")).to_have_text("12 over")
    expect(page.locator("#result-ad_copy .pv-title")).to_contain_text("COLD WATER")
    offered = first.locator(".complaint [data-take]").first
    mended = offered.get_attribute("data-take")
    offered.click()
    expect(area).to_have_value(str(mended))
    area.fill("Cold water, all day")
    expect(first.locator(".complaint")).to_have_count(0)
    page.locator("#result-ad_copy [data-press=edit]").click()
    arrived(page, 2)
    assert texts(page)[0] == "Cold water, all day"
    expect(page.locator("#tab-ad_copy .version-line")).to_contain_text("edited")


def test_combinations_take_turns(visit: Visitor) -> None:
    page = begin(visit())
    title = page.locator("#result-ad_copy .pv-title")
    before = title.inner_text()
    page.locator("#result-ad_copy [data-combine='1']").click()
    expect(title).not_to_have_text(before)
    expect(page.locator("#result-ad_copy [data-combination]")).to_have_text("2")
    page.locator("#result-ad_copy [data-combine='-1']").click()
    expect(title).to_have_text(before)


def test_a_chinese_note_in_the_dark_on_a_phone(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh-CN", width=390, dark=True)
    page = begin(here, "zh")
    expect(page.locator("#result-ad_copy .pv-xiaohongshu")).to_contain_text("赞助")
    first = rows(page).first
    first.locator("textarea").fill("冷水三分钟")
    expect(first.locator("[data-left]")).to_have_text("还剩 15")
    assert not is_wider_than_the_screen(here)
    assert violations(here, axe_source) == []
    assert here.outside == []
