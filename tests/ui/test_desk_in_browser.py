"""The writing desk as a writer meets it, in a real Chromium, on fake models."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
TEXT = "The keeper wound the lamp. He recieve a letter.\n\nThe sea was calm.\n\nHe slept."
SCENE = "INT. LIFT - NIGHT\n\nDARA\nTell me.\n\nMILO\nNo.\n\nThe cable hums."


def manuscript(visit: Visit) -> Locator:
    return visit.page.locator("#manuscript-writing textarea")


def select(area: Locator, text: str) -> None:
    area.evaluate(
        "(area, text) => { const at = area.value.indexOf(text); area.focus();"
        " area.setSelectionRange(at, at + text.length); }",
        text,
    )


def proposed(visit: Visit) -> Locator:
    accept = visit.page.locator("#desk-writing button.accept")
    expect(accept).to_be_visible()
    return accept


def version(visit: Visit, text: str) -> None:
    expect(visit.page.locator("#desk-writing .version-line")).to_contain_text(text)


def test_a_selection_is_rewritten_accepted_and_taken_back(visit: Visitor, axe_source: str) -> None:
    here = visit()
    area = manuscript(here)
    area.fill(TEXT)
    select(area, "The sea was calm.")
    expect(here.page.locator(".count")).to_contain_text("4 words selected")
    here.page.locator("#revise-rewrite-writing").click()
    accept = proposed(here)
    expect(here.page.locator("#desk-writing .difference del")).to_contain_text("The sea was")
    expect(accept).to_be_focused()
    assert violations(here, axe_source) == []
    here.page.keyboard.press("Enter")
    expect(area).to_be_visible()
    version(here, "rewritten")
    changed = area.input_value()
    assert changed.startswith("The keeper wound the lamp. He recieve a letter.\n\n")
    assert changed.endswith("\n\nHe slept.")
    assert "The sea was calm." not in changed
    here.page.get_by_role("button", name="‹ Earlier").click()
    expect(area).to_have_value(TEXT)
    here.page.get_by_role("button", name="Later ›").click()
    expect(area).to_have_value(changed)
    assert here.outside == []
    assert here.errors == []


def test_going_on_from_the_cursor_by_keys_and_refusing(visit: Visitor) -> None:
    here = visit()
    area = manuscript(here)
    area.fill(TEXT)
    area.evaluate("(area) => { area.focus(); area.setSelectionRange(26, 26); }")
    here.page.keyboard.press("Control+Enter")
    proposed(here)
    passage = here.page.locator("#desk-writing .difference .passage")
    expect(passage).to_contain_text("The keeper wound the lamp.")
    expect(here.page.locator("#desk-writing .difference .around").last).to_contain_text("He slept.")
    first = passage.inner_text()
    here.page.get_by_role("button", name="Other ›").click()
    expect(passage).not_to_have_text(first)
    here.page.keyboard.press("Escape")
    expect(area).to_be_visible()
    expect(area).to_have_value(TEXT)


def test_slips_are_marked_and_one_click_mends_them(visit: Visitor) -> None:
    here = visit()
    area = manuscript(here)
    area.fill(TEXT)
    expect(here.page.locator("#desk-writing .underlines mark")).to_have_text("recieve")
    here.page.locator("[data-fix=receive]").click()
    expect(area).to_have_value(TEXT.replace("recieve", "receive"))
    here.page.keyboard.press("Control+z")
    expect(area).to_have_value(TEXT)
    here.page.locator("[data-leave]").click()
    expect(here.page.locator("#desk-writing .underlines mark")).to_have_count(0)


def test_what_is_typed_survives_a_failure_and_a_reload(visit: Visitor) -> None:
    here = visit()
    area = manuscript(here)
    area.fill(f"[[fail]] {TEXT}")
    select(area, "[[fail]] The keeper")
    here.page.locator("#revise-expand-writing").click()
    expect(here.page.locator("#status-writing .wrong")).to_be_visible()
    expect(area).to_be_visible()
    expect(area).to_have_value(f"[[fail]] {TEXT}")
    area.press("Control+End")
    area.press_sequentially(" And woke.")
    here.page.wait_for_function("localStorage['atelier-draft-desk-writing']?.includes('woke')")
    here.reload()
    expect(area).to_have_value(f"[[fail]] {TEXT} And woke.")
    version(here, "by your hand")


def test_a_new_draft_takes_nothing_away(visit: Visitor) -> None:
    here = visit()
    area = manuscript(here)
    area.fill(TEXT)
    here.idea("writing", "A tram driver composes.")
    here.generate("writing")
    version(here, "draft")
    expect(area).not_to_have_value(TEXT)
    here.page.get_by_role("button", name="‹ Earlier").click()
    expect(area).to_have_value(TEXT)


def test_a_scene_is_taken_away_as_fountain_and_found_in_the_history(visit: Visitor) -> None:
    here = visit()
    manuscript(here).fill(SCENE)
    with here.page.expect_download() as download:
        here.page.locator("#desk-writing button.fountain").click()
    assert download.value.suggested_filename.endswith(".fountain")
    source = Path(download.value.path()).read_text("utf-8")
    assert "INT. LIFT - NIGHT\n\nDARA\nTell me.\n\nMILO\nNo." in source
    here.page.locator("#revise-continue-writing").click()
    proposed(here).click()
    version(here, "continued")
    here.open_tab("history")
    here.page.locator("[data-do=open]").first.click()
    expect(here.page.locator(".lineage li")).to_have_count(2)


def test_a_chinese_writer_on_a_phone_in_the_dark(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh-CN", width=390, dark=True)
    manuscript(here).fill("他慢慢的走过来,看着我。")
    expect(here.page.locator(".count")).to_have_text("10 字")
    expect(here.page.locator("#desk-writing .underlines mark")).to_have_count(2)
    here.page.locator("[data-fix-all]").click()
    expect(manuscript(here)).to_have_value("他慢慢地走过来，看着我。")
    here.page.locator("#tab-writing .notes textarea").fill("顾师傅，六十岁。")
    expect(here.page.locator("#tokens-writing .size")).to_contain_text("词元")
    assert violations(here, axe_source) == []
    assert not is_wider_than_the_screen(here)
