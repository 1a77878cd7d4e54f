"""The page as a person meets it, in a real Chromium, on fake models."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from studio.crafts import CRAFTS
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
AXE = """async (rules) => {
  for (const each of document.getAnimations()) {
    if (each.effect.getComputedTiming().endTime !== Infinity) each.finish();
  }
  const found = await axe.run(document, { runOnly: rules });
  const told = (node) => `${node.target} ${node.failureSummary}`;
  return found.violations.map((each) => `${each.id}: ${told(each.nodes[0])}`);
}"""
RESULTS = {
    "text": ".sheet [data-text]",
    "melody": ".take audio",
    "picture": ".print img",
    "ad": ".sheet [data-text]",
    "kit": ".sheet.kit .zip a",
}


def violations(visit: Visit, axe_source: str) -> list[str]:
    if not visit.page.evaluate("() => 'axe' in window"):
        visit.page.evaluate(axe_source)
    found: list[str] = visit.page.evaluate(AXE, RULES)
    return found


def is_wider_than_the_screen(visit: Visit) -> bool:
    return bool(visit.page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_every_tab_makes_its_work_accessibly_and_stays_at_home(
    visit: Visitor, axe_source: str
) -> None:
    here = visit()
    for name, craft in CRAFTS.items():
        here.open_tab(name)
        here.example(name)
        here.page.keyboard.press("Control+Enter")
        here.done(name)
        if craft.desk:
            expect(here.page.locator(f"#manuscript-{name} textarea")).not_to_have_value("")
        else:
            made = here.page.locator(f"#result-{name} {RESULTS[craft.output]}").first
            expect(made).to_be_attached()
        assert violations(here, axe_source) == [], name
    here.page.locator("#engine > button").click()
    expect(here.page.locator("#engine .engine-sheet")).to_contain_text("cpu")
    assert here.outside == []
    assert here.errors == []


WATCH = """() => {
  window.seen = new Set();
  const look = () => {
    const text = document.querySelector("#result-writing .writing > div");
    if (text) window.seen.add(text.innerText);
  };
  const everything = { subtree: true, childList: true, characterData: true };
  new MutationObserver(look).observe(document.body, everything);
}"""


@pytest.mark.usefixtures("slowly")
def test_a_text_grows_and_stopping_keeps_it(visit: Visitor) -> None:
    here = visit()
    here.page.evaluate(WATCH)
    here.idea("writing", "A lighthouse keeper finds a letter.")
    here.page.keyboard.press("Control+Enter")
    here.page.wait_for_function("() => window.seen.size >= 4")
    here.page.keyboard.press("Escape")
    expect(here.page.locator("#status-writing")).to_contain_text("Stopped")
    expect(here.page.locator("#stop-writing")).to_have_count(0)
    manuscript = here.page.locator("#manuscript-writing textarea")
    expect(manuscript).to_be_visible()
    expect(manuscript).not_to_have_value("")
    kept = manuscript.input_value()
    assert len(kept) > 5
    here.page.wait_for_timeout(400)
    assert manuscript.input_value() == kept
    here.open_tab("history")
    asked = here.page.locator("[data-work] .asked")
    expect(asked).to_have_text("A lighthouse keeper finds a letter.")


@pytest.mark.usefixtures("slowly")
def test_escape_stops_though_its_button_comes_late(visit: Visitor) -> None:
    here = visit()
    here.page.evaluate(WATCH)
    here.page.add_style_tag(content="#stop-writing { display: none }")
    here.idea("writing", "A lighthouse keeper finds a letter.")
    here.page.keyboard.press("Control+Enter")
    here.page.wait_for_function("() => window.seen.size >= 2")
    here.page.keyboard.press("Escape")
    here.page.evaluate("document.head.lastElementChild.remove()")
    expect(here.page.locator("#status-writing")).to_contain_text("Stopped")
    expect(here.page.locator("#stop-writing")).to_have_count(0)


def test_two_versions_are_blind_until_the_vote(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = here.page
    here.open_tab("poetry")
    here.example("poetry")
    page.locator("#compare-poetry > button").click()
    page.locator("#compare-poetry input").first.click()
    page.get_by_role("option", name="Temperature").click()
    expect(page.locator("#compare-poetry .compare-row input")).to_have_count(3)
    page.locator("#duel-poetry").click()
    expect(page.locator("#vote-a-poetry")).to_be_visible()
    expect(page.locator("#duel-b-poetry [data-text]")).to_be_visible()
    assert page.locator("#compare-poetry .tools").count() == 0
    assert page.locator("#reveal-poetry .reveal").count() == 0
    assert violations(here, axe_source) == []
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("2")
    expect(page.locator("#reveal-poetry .reveal li")).to_have_count(2)
    expect(page.locator("#reveal-poetry .reveal")).to_contain_text("Temperature =")
    expect(page.locator("#reveal-poetry .standings tbody tr")).to_have_count(2)
    expect(page.locator("#vote-a-poetry")).to_have_count(0)
    expect(page.locator("#duel-a-poetry .tools")).to_be_visible()


def test_history_survives_a_reload_and_gives_recipes_back(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = here.page
    here.open_tab("poetry")
    here.example("poetry")
    idea = "<img src=x onerror='window.broken=1'> first frost"
    here.idea("poetry", idea)
    form = page.locator("#tab-poetry .fields input").first.input_value()
    here.generate("poetry")
    poem = page.locator("#result-poetry [data-text]").get_attribute("data-text")
    here.idea("poetry", "something else")
    here.reload()
    here.open_tab("history")
    page.locator("[data-do=open]").click()
    expect(page.locator("#history-detail [data-text]")).to_have_attribute("data-text", poem or "")
    assert violations(here, axe_source) == []
    page.locator("[data-do=star]").click()
    page.locator("#history-starred input").check()
    expect(page.locator("[data-do=unstar]")).to_have_count(1)
    search = page.locator("#history-search").get_by_role("textbox")
    search.fill("no such words")
    expect(page.locator("#history-cards .nothing")).to_be_visible()
    search.fill("")
    page.locator("[data-do=use]").click()
    expect(page.locator("#tab-poetry .idea textarea")).to_have_value(idea)
    assert page.locator("#tab-poetry .fields input").first.input_value() == form
    expect(page.locator("#result-poetry [data-text]")).to_be_visible()
    assert page.evaluate("() => window.broken") is None


def test_history_is_ones_own_and_a_dropped_file_fills_its_form(visit: Visitor) -> None:
    here = visit()
    here.open_tab("history")
    expect(here.page.locator("#history-cards .nothing")).to_be_visible()
    drop = here.page.locator("#history-drop input[type=file]")
    drop.set_input_files({"name": "a.txt", "mimeType": "text/plain", "buffer": b"nothing here"})
    expect(here.page.locator("#history-status")).to_contain_text("a.txt carries no recipe")
    recipe = {"craft": "melody", "inputs": {"text": "from a file", "bars": 16}}
    content = json.dumps({"recipe": recipe}).encode()
    drop.set_input_files({"name": "a.json", "mimeType": "application/json", "buffer": content})
    expect(here.page.locator("#tab-melody .idea textarea")).to_have_value("from a file")


def test_the_language_switch_lasts_and_keeps_what_was_typed(visit: Visitor) -> None:
    here = visit()
    here.idea("writing", "a half-finished thought")
    here.page.wait_for_function("() => localStorage['atelier-draft-writing']?.includes('half')")
    here.page.locator("#language label", has_text="中文").click()
    expect(here.page.locator("#go-writing")).to_have_text("生成")
    here.reload()
    expect(here.page.locator("#tab-poetry-button")).to_have_text("诗歌")
    typed = here.page.locator("#tab-writing .idea textarea")
    expect(typed).to_have_value("a half-finished thought")
    assert here.page.evaluate("document.documentElement.lang") == "zh-CN"
    here.idea("writing", " ")
    here.page.keyboard.press("Control+Enter")
    expect(here.page.locator("#status-writing .wrong")).to_have_text("请填写：你的想法。")


def test_a_chinese_browser_gets_chinese_and_its_errors(visit: Visitor) -> None:
    here = visit(locale="zh-HK")
    expect(here.page.locator("#go-writing")).to_have_text("生成")
    story = "[[fail]] A lighthouse keeper finds a letter."
    here.idea("writing", story)
    here.page.keyboard.press("Control+Enter")
    expect(here.page.locator("#status-writing .wrong")).to_contain_text("换一个种子")
    expect(here.page.locator(".toast-body")).to_contain_text("换一个种子")
    expect(here.page.locator("#stop-writing")).to_have_count(0)
    expect(here.page.locator("#tab-writing .idea textarea")).to_have_value(story)


def test_a_phone_in_the_dark(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh", width=390, dark=True)
    for name in CRAFTS:
        here.open_tab(name)
        if name in ("poetry", "melody"):
            here.example(name, "zh")
            here.generate(name)
            assert violations(here, axe_source) == [], name
        assert not is_wider_than_the_screen(here), name
    here.open_tab("history")
    expect(here.page.locator("li.work[data-work]")).to_have_count(2)
    assert not is_wider_than_the_screen(here)
    assert here.page.evaluate("document.body.classList.contains('dark')")


def test_a_plan_and_the_light_are_kept(visit: Visitor) -> None:
    here = visit()
    page = here.page
    here.open_tab("melody")
    here.idea("melody", "a slow lullaby, 6/8")
    here.generate("melody")
    page.get_by_role("button", name="Keep this plan").locator("visible=true").click()
    page.locator("#tab-melody .more > button").first.click()
    meter = page.locator("#tab-melody .more").first.get_by_label("Meter")
    expect(meter).to_have_value("6/8")
    page.locator(".theme-button").click()
    here.reload()
    page.wait_for_function("() => document.body.classList.contains('dark')")
