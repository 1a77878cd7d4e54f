"""A film as a person makes one: two pictures, a melody of their own, and the film on the sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from studio.render.recipe import recipe_of
from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.test_picture_in_browser import begin, choose, use
from tests.ui.visit import PATIENCE_MS, Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
SHORT = "a quick march, 4 bars, 180 bpm"


def hum(visit: Visit) -> None:
    """One short melody."""
    visit.open_tab("melody")
    visit.idea("melody", SHORT)
    visit.generate("melody")


def melodies(page: Page) -> list[str]:
    """What the list of melodies offers."""
    page.locator("#film-melody-image input").first.click()
    options = page.locator("#film-melody-image [role=option]")
    expect(options.first).to_be_visible()
    return options.all_inner_texts()


def test_two_pictures_and_a_melody_become_a_film(
    visit: Visitor, axe_source: str, tmp_path: Path
) -> None:
    here = visit()
    page = begin(here)
    hum(here)
    here.open_tab("image")
    choose(page, 1, 2)
    use(page, "film")
    offered = melodies(page)
    assert any("take 1" in each for each in offered), offered
    page.locator("#film-melody-image [role=option]").first.click()
    assert violations(here, axe_source) == []
    page.locator("#film-image").click()
    page.wait_for_selector("#result-image video.film", timeout=3 * PATIENCE_MS)
    made = page.locator("#tab-image .sheets-made")
    expect(made.locator(".version-line b")).to_have_text("2")
    expect(made).to_contain_text("film")

    video = page.locator("#result-image video.film")
    expect(video).to_have_count(1)
    page.wait_for_function("(video) => video.readyState >= 1", arg=video.element_handle())
    length = video.evaluate("(video) => video.duration")
    assert 10 <= length <= 30.1
    assert video.evaluate("(video) => [video.videoWidth, video.videoHeight]") == [720, 720]
    assert video.get_attribute("poster")
    expect(page.locator("#result-image [data-pick]")).to_have_count(0)
    assert violations(here, axe_source) == []

    with page.expect_download() as caught:
        page.locator("#result-image .of-film .tools a").first.click()
    path = tmp_path / "film.mp4"
    caught.value.save_as(path)
    recipe = recipe_of(path.name, path.read_bytes())
    assert recipe is not None
    assert recipe["craft"] == "image"
    here.reload()
    here.open_tab("image")
    expect(page.locator("#result-image video.film")).to_have_count(1)
    assert here.outside == []
    assert here.errors == []


def test_without_a_melody_the_tool_says_what_to_do(visit: Visitor) -> None:
    here = visit("zh-CN", 390)
    page = begin(here, brief="宁静的蓝色极简构图")
    choose(page, 1, 2)
    use(page, "film")
    page.locator("#film-image").click()
    expect(page.locator("#status-image")).to_contain_text("请先选一段旋律")
    assert not is_wider_than_the_screen(here)
    assert here.errors == []
