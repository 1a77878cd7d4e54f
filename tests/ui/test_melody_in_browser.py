"""Melodies as a musician works with them: takes to hear and to read, and what becomes of one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.render.recipe import recipe_of
from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
BRIEF = "a slow lullaby for a rainy harbour, minor but hopeful, 6/8"
TUNE = b"""X:1
T:Harbour
M:6/8
L:1/8
Q:3/8=60
K:Dm
A2d f2e | d2A F3 | G2A B2G | A6 | A2d f2e | d2A F3 | G2E F2E | D6 |]
"""


def begin(visit: Visit, count: int = 2, brief: str = BRIEF) -> Page:
    """Fresh takes of a brief."""
    visit.open_tab("melody")
    page = visit.page
    visit.idea("melody", brief)
    number = page.locator("#field-melody-n input[type=number]")
    number.fill(str(count))
    number.blur()
    visit.generate("melody")
    arrived(page, 1)
    expect(takes(page)).to_have_count(count)
    return page


def takes(page: Page) -> Locator:
    return page.locator("#result-melody .take")


def shown(page: Page) -> Locator:
    """The page of the chosen take."""
    return page.locator("#result-melody .take-page:not([hidden])")


def use(page: Page, tool: str) -> None:
    """Open a tool's panel."""
    page.locator(f"#tool-choice-melody input[value={tool}]").check()


def arrived(page: Page, number: int) -> None:
    """The work of that number is done and lies on the stand."""
    expect(page.locator("#tab-melody .version-line b")).to_have_text(str(number))
    expect(page.locator("#status-melody .status")).to_have_class("status done")
    expect(page.locator("#result-melody .roll .grid")).to_be_visible()


def abc(page: Page) -> str:
    return page.locator("#result-melody .take.chosen").get_attribute("data-abc") or ""


def test_one_take_plays_at_a_time_and_roll_and_score_move_with_it(
    visit: Visitor, axe_source: str
) -> None:
    here = visit()
    page = begin(here)
    assert violations(here, axe_source) == []
    first, second = takes(page).nth(0), takes(page).nth(1)
    first.locator("[data-play]").click()
    expect(first.locator("[data-play]")).to_have_attribute("aria-pressed", "true")
    expect(shown(page).locator(".note.sounding")).not_to_have_count(0)
    expect(shown(page).locator(".score svg .lit")).not_to_have_count(0)
    second.locator("[data-play]").click()
    expect(first.locator("[data-play]")).to_have_attribute("aria-pressed", "false")
    expect(second.locator("input[data-choose]")).to_be_checked()
    second.locator("[data-play]").click()

    seek = second.locator("[data-seek]")
    seek.focus()
    page.keyboard.press("Home")
    for _ in range(9):
        page.keyboard.press("ArrowRight")
    expect(second.locator("[data-time]")).not_to_contain_text("0:00 /")
    second.locator("[data-loop]").click()
    assert second.locator("audio").evaluate("(audio) => audio.loop")
    page.locator("#result-melody .read-as [data-field=meter]").click()
    expect(page.locator("#field-melody-meter input")).to_have_value("6/8")
    expect(page.locator("#field-melody-meter input")).to_be_focused()
    assert here.outside == []
    assert here.errors == []


def test_chosen_bars_are_varied_continued_and_every_version_is_kept(
    visit: Visitor, axe_source: str
) -> None:
    here = visit()
    page = begin(here, 1)
    for number in (5, 6):
        shown(page).locator(f"[data-bar='{number}']").click()
    expect(page.locator("#bars-melody").get_by_role("textbox")).to_have_value("5-6")
    before = abc(page)
    page.locator("#vary-melody").click()
    arrived(page, 2)
    expect(page.locator("#tab-melody .version-line")).to_contain_text("more like one")
    use(page, "continue")
    page.locator("#continue-melody").click()
    arrived(page, 3)
    assert shown(page).locator("[data-bar]").count() == 16
    assert violations(here, axe_source) == []
    use(page, "pitch")
    page.locator("[data-tool=transpose][data-set='2']").click()
    arrived(page, 4)
    use(page, "sound")
    page.locator("#instrument-melody").click()
    arrived(page, 5)
    for number in (4, 3, 2, 1):
        page.locator("#tab-melody .sheets-made button").first.click()
        arrived(page, number)
    assert abc(page) == before
    here.reload()
    here.open_tab("melody")
    expect(takes(page)).to_have_count(1)
    assert abc(page) == before


def test_notes_are_moved_with_keys_and_heard(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = begin(here, 1)
    use(page, "notes")
    notes = shown(page).locator(".roll.live button.note")
    count = notes.count()
    label = notes.nth(1).get_attribute("aria-label") or ""
    notes.nth(1).focus()
    page.keyboard.press("ArrowUp")
    expect(notes.nth(1)).not_to_have_attribute("aria-label", label)
    expect(page.locator(".note-pad .told")).to_have_text(
        notes.nth(1).get_attribute("aria-label") or ""
    )
    page.keyboard.press("Control+z")
    expect(notes.nth(1)).to_have_attribute("aria-label", label)
    page.keyboard.press("Delete")
    expect(notes).to_have_count(count - 1)
    assert violations(here, axe_source) == []
    before = abc(page)
    page.locator("#notes-melody").click()
    arrived(page, 2)
    expect(notes).to_have_count(count - 1)
    expect(page.locator("#tab-melody .version-line")).to_contain_text("edited")
    assert abc(page) != before
    assert here.errors == []


def test_abc_that_does_not_read_is_told_and_stays(visit: Visitor, tmp_path: Path) -> None:
    here = visit()
    page = begin(here, 1)
    use(page, "abc")
    area = page.locator("#abc-text-melody textarea")
    expect(area).to_have_value(abc(page))
    area.fill("X:1\nK:C\nCDEF &&& |")
    page.locator("#abc-melody").click()
    expect(page.locator("#status-melody .wrong")).to_be_visible()
    expect(area).to_have_value("X:1\nK:C\nCDEF &&& |")
    area.fill(TUNE.decode())
    page.locator("#abc-melody").click()
    arrived(page, 2)
    with page.expect_download() as told:
        shown(page).locator("a.tool", has_text="MIDI").click()
    file = tmp_path / told.value.suggested_filename
    told.value.save_as(file)
    recipe = recipe_of(file.name, file.read_bytes())
    assert recipe is not None
    inputs = recipe["inputs"]
    assert isinstance(inputs, dict)
    assert json.loads(inputs["start"])["verb"] == "edit"
    with page.expect_download() as told:
        shown(page).locator("button[data-sound]", has_text="FLAC").click()
    assert told.value.suggested_filename.endswith(".flac")


def test_words_are_counted_before_they_are_sung(visit: Visitor) -> None:
    here = visit()
    page = brought(here)
    use(page, "words")
    words = page.locator("#lyrics-melody textarea")
    words.fill("rain on the harbour")
    expect(page.locator("#counted-melody .count")).to_contain_text("5 syllables for 24 notes")
    expect(page.locator("#counted-melody .few")).to_be_visible()
    words.fill("rain on the bay and rain on the hill " * 2)
    expect(page.locator("#counted-melody .less")).to_contain_text("18 syllables for 24 notes")
    page.locator("#sing-melody").click()
    arrived(page, 2)
    assert "\nw:" in abc(page)


def brought(visit: Visit) -> Page:
    """A melody of the person's own, on the stand."""
    page = visit.page
    visit.open_tab("melody")
    page.locator("#bringing-melody > button").click()
    file = {"name": "harbour.abc", "mimeType": "text/plain", "buffer": TUNE}
    page.locator("#bringing-melody input[type=file]").set_input_files(file)
    expect(page.locator("#brought-melody .read-table")).to_contain_text("D minor")
    page.locator("#bring_take-melody").click()
    arrived(page, 1)
    return page


def test_an_own_melody_is_shown_before_it_is_used(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = here.page
    here.open_tab("melody")
    page.locator("#bringing-melody > button").click()
    upload = page.locator("#bringing-melody input[type=file]")
    upload.set_input_files({"name": "a.abc", "mimeType": "text/plain", "buffer": TUNE})
    table = page.locator("#brought-melody .read-table")
    expect(table).to_contain_text("6/8")
    expect(table).to_contain_text("D4–F5")
    expect(page.locator("#brought-melody .score > svg")).to_be_visible()
    assert takes(page).count() == 0
    assert violations(here, axe_source) == []
    page.locator("#bring_continue-melody").click()
    arrived(page, 1)
    expect(page.locator("#tab-melody .version-line")).to_contain_text("continued")
    upload.set_input_files({"name": "a.mid", "mimeType": "audio/midi", "buffer": b"no music"})
    expect(page.locator("#brought-melody .wrong")).to_be_visible()
    expect(page.locator("#bring_continue-melody")).to_have_count(0)
    assert here.outside == []


def test_on_a_phone_in_chinese_and_the_dark(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh-CN", width=390, dark=True)
    page = begin(here, 2, "江南水乡的清晨，悠扬")
    assert not is_wider_than_the_screen(here)
    for tool in ("continue", "pitch", "sound", "words", "notes", "abc", "vary"):
        use(page, tool)
        assert not is_wider_than_the_screen(here), tool
        assert violations(here, axe_source) == [], tool
    page.locator("#bars-melody").get_by_role("textbox").fill("五")
    page.locator("#vary-melody").click()
    expect(page.locator("#status-melody .wrong")).to_contain_text("“五”")
    assert here.outside == []
    assert here.errors == []
