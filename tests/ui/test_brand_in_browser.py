"""A brand card as a designer makes one: three questions, a logo, saved, kept, chosen, taken off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.ads.brand import Brand
from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
CRAFT = "kit"
ANSWERS = {
    "name": "Morrow",
    "sells": "Refillable steel bottles for hikers",
    "feels": "warm, dry, honest",
    "never": "revolutionary",
}


@pytest.fixture
def a_logo_path(tmp_path: Path, a_logo_file: bytes) -> Path:
    path = tmp_path / "logo.png"
    path.write_bytes(a_logo_file)
    return path


def part(page: Page, name: str) -> Locator:
    return page.locator(f"#brand-{name}")


def typed(page: Page, name: str) -> Locator:
    return part(page, f"{CRAFT}-{name}").locator("textarea, input").first


def open_card(here: Visit) -> Page:
    here.open_tab(CRAFT)
    part(here.page, f"card-{CRAFT}").locator("> .label-wrap").click()
    return here.page


def answered(page: Page, answers: dict[str, str] = ANSWERS) -> None:
    part(page, f"asking-{CRAFT}").locator("> .label-wrap").click()
    for name, answer in answers.items():
        part(page, f"ask-{CRAFT}-{name}").locator("textarea, input").first.fill(answer)
    part(page, f"ask-{CRAFT}").click()
    expect(typed(page, "name")).to_have_value(answers["name"])


def saved(page: Page, version: int) -> None:
    part(page, f"save-{CRAFT}").click()
    expect(part(page, f"status-{CRAFT}")).to_contain_text(f"version {version}")


def bring(page: Page, file: Path) -> None:
    beside = part(page, f"bring-{CRAFT}").locator("xpath=..")
    beside.locator("input[type=file]").first.set_input_files(file)


def form_brand(page: Page) -> Locator:
    return page.locator(f"#field-{CRAFT}-brand").locator("textarea, input").first


def choose(page: Page, name: str) -> None:
    part(page, f"picker-{CRAFT}").locator("input").click()
    page.get_by_role("option", name=name, exact=True).click()


def test_a_brand_is_made_saved_found_again_and_chosen(
    visit: Visitor, a_logo_path: Path, axe_source: str
) -> None:
    here = visit()
    page = open_card(here)
    answered(page)
    expect(typed(page, "voice")).to_have_value("warm, dry, honest")
    expect(typed(page, "audience")).to_have_value("hikers")
    look = part(page, f"look-{CRAFT}")
    expect(look.locator("li")).not_to_have_count(0)

    part(page, f"drop-{CRAFT}").locator("input[type=file]").set_input_files(a_logo_path)
    expect(typed(page, "colours")).to_have_value("#c8102e #1a1a1a")
    expect(look.locator("img")).to_have_attribute("alt", "Logo")
    look.get_by_role("button", name="main colour").click()
    expect(typed(page, "colours")).to_have_value("#1a1a1a #c8102e")
    expect(look.locator(".reads").first).to_contain_text(":1")

    saved(page, 1)
    expect(form_brand(page)).to_have_value("Morrow")
    worn = part(page, f"worn-{CRAFT}")
    expect(worn).to_contain_text("Morrow")
    assert violations(here, axe_source) == []

    typed(page, "audience").fill("hikers who mend their gear")
    saved(page, 2)
    versions = part(page, f"past-{CRAFT}").locator(".brand-versions li")
    expect(versions).to_have_count(2)

    here.reload()
    here.open_tab(CRAFT)
    expect(worn).to_contain_text("Morrow")
    expect(form_brand(page)).to_have_value("Morrow")
    page = open_card(here)
    choose(page, "No brand card")
    expect(worn).not_to_contain_text("Morrow")
    choose(page, "Morrow")
    expect(worn).to_contain_text("Morrow")
    part(page, f"editor-{CRAFT}").locator("> .label-wrap").click()
    expect(typed(page, "audience")).to_have_value("hikers who mend their gear")

    versions.last.get_by_role("button").click()
    expect(typed(page, "audience")).to_have_value("hikers")
    expect(versions).to_have_count(3)
    assert here.errors == []
    assert here.outside == []


def test_a_card_travels_as_a_file_and_is_nobody_elses(visit: Visitor, tmp_path: Path) -> None:
    ann = visit()
    page = open_card(ann)
    answered(page, {**ANSWERS, "name": "Lowtide"})
    saved(page, 1)
    with page.expect_download() as downloading:
        part(page, f"past-{CRAFT}").get_by_text("Export JSON").click()
    file = tmp_path / downloading.value.suggested_filename
    downloading.value.save_as(file)
    assert file.name == "lowtide.brand.json"
    assert Brand.read(file.read_text("utf-8")).name == "Lowtide"

    bob = visit()
    other = open_card(bob)
    part(other, f"picker-{CRAFT}").locator("input").click()
    expect(other.get_by_role("option")).to_have_count(1)
    other.keyboard.press("Escape")
    part(other, f"bring-{CRAFT}").locator("xpath=..").locator(
        "input[type=file]"
    ).first.set_input_files(file)
    expect(typed(other, "name")).to_have_value("Lowtide")
    saved(other, 1)

    page.locator(".erase summary").click()
    page.get_by_role("button", name="Yes, erase it").click()
    expect(part(page, f"status-{CRAFT}")).to_contain_text("Lowtide is erased")
    expect(part(page, f"worn-{CRAFT}")).not_to_contain_text("Lowtide")


def test_what_is_wrong_is_said_in_the_panel(visit: Visitor, tmp_path: Path) -> None:
    here = visit(locale="zh-CN")
    page = open_card(here)
    part(page, f"save-{CRAFT}").click()
    status = part(page, f"status-{CRAFT}")
    expect(status).to_contain_text("请先填写品牌名")
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps({"name": "M", "slogan": "x"}), "utf-8")
    part(page, f"bring-{CRAFT}").locator("xpath=..").locator(
        "input[type=file]"
    ).first.set_input_files(wrong)
    expect(status).to_contain_text("slogan")
    no_picture = tmp_path / "logo.png"
    no_picture.write_bytes(b"no picture at all")
    part(page, f"editor-{CRAFT}").locator("> .label-wrap").click()
    part(page, f"drop-{CRAFT}").locator("input[type=file]").set_input_files(no_picture)
    expect(status).to_contain_text("无法读取这张图片")


@pytest.mark.parametrize(("locale", "dark"), [("en-US", True), ("zh-CN", False)])
def test_it_fits_a_phone_and_reads_in_light_and_dark(
    visit: Visitor, axe_source: str, a_logo_path: Path, locale: str, dark: bool
) -> None:
    here = visit(locale=locale, width=390, dark=dark)
    page = open_card(here)
    answered(page)
    part(page, f"drop-{CRAFT}").locator("input[type=file]").set_input_files(a_logo_path)
    expect(typed(page, "colours")).to_have_value("#c8102e #1a1a1a")
    assert not is_wider_than_the_screen(here)
    assert violations(here, axe_source) == []
