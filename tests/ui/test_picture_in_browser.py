"""Pictures as a designer works with them: a sheet, what is chosen on it, and what becomes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from studio.render.recipe import recipe_of
from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
BRIEF = "calm, almost empty, two warm colours and one thin dark line"


def begin(visit: Visit, count: int = 2, brief: str = BRIEF) -> Page:
    """A fresh sheet of `count` pictures."""
    visit.open_tab("image")
    page = visit.page
    visit.idea("image", brief)
    number = page.locator("#tab-image .fields input[type=number]").nth(1)
    number.fill(str(count))
    number.blur()
    visit.generate("image")
    arrived(page, 1)
    expect(prints(page)).to_have_count(count)
    return page


def prints(page: Page):  # type: ignore[no-untyped-def]
    return page.locator("#result-image figure.print")


def choose(page: Page, *numbers: int) -> None:
    for number in numbers:
        page.locator("#result-image [data-pick]").nth(number - 1).click()


def use(page: Page, tool: str) -> None:
    """Open a tool's panel."""
    page.locator(f"#tool-choice-image input[value={tool}]").check()


def arrived(page: Page, sheet: int) -> None:
    """The sheet of that number is done and lies on the easel."""
    expect(page.locator(".sheets-made .version-line b")).to_have_text(str(sheet))
    expect(page.locator("#status-image .status")).to_have_class("status done")


def pick_option(page: Page, field: str, name: str) -> None:
    page.locator(f"#{field}-image input").first.click()
    page.get_by_role("option", name=name, exact=True).click()


def test_sixteen_pictures_are_chosen_from_varied_and_crossed(
    visit: Visitor, axe_source: str
) -> None:
    here = visit()
    page = begin(here, 16)
    images = page.locator("#result-image figure.print img")
    assert images.evaluate_all("(all) => all.every((each) => each.naturalWidth > 0)")
    assert len(set(images.evaluate_all("(all) => all.map((each) => each.alt)"))) == 16
    assert violations(here, axe_source) == []

    page.locator("#result-image [data-pick]").first.focus()
    for key in ("ArrowRight", "ArrowDown", "Space"):
        page.keyboard.press(key)
    sixth = page.locator("#result-image [data-pick]").nth(5)
    expect(sixth).to_have_attribute("aria-pressed", "true")
    page.locator("#vary-image").click()
    arrived(page, 2)
    expect(page.locator(".sheets-made")).to_contain_text("more like one")

    choose(page, 3, 1)
    expect(page.locator(".tray .counted")).to_have_text("Chosen: 2")
    expect(page.locator("#result-image .chosen .order")).to_have_text(["2", "1"])
    page.locator("button[data-compare]").click()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("dialog .pair input")).to_have_value("49")
    page.keyboard.press("Escape")
    use(page, "cross")
    page.locator("#cross-image").click()
    arrived(page, 3)
    expect(page.locator(".sheets-made")).to_contain_text("crossed")

    page.locator(".sheets-made button").first.click()
    arrived(page, 2)
    choose(page, 4)
    page.locator(".sheets-made button").last.click()
    arrived(page, 3)
    choose(page, 1)
    expect(page.locator(".tray .counted")).to_have_text("Chosen: 2")
    seed = page.locator("#result-image .seed").first.inner_text().split()[-1]
    page.locator("#result-image [data-do=seed]").first.click()
    page.get_by_role("button", name="More settings").click()
    expect(page.get_by_label("Seed", exact=True)).to_have_value(seed)
    here.reload()
    here.open_tab("image")
    expect(prints(page)).to_have_count(16)
    assert here.outside == []
    assert here.errors == []


def test_a_pictures_colours_are_told_tried_and_taken_along(
    visit: Visitor, axe_source: str, tmp_path: Path
) -> None:
    here = visit()
    page = begin(here)
    use(page, "recolour")
    choose(page, 1)
    page.locator("#colour-count-image input").first.fill("3")
    page.locator("#colour-count-image input").first.blur()
    page.locator("#colour-show-image").click()
    sheet = page.locator("#colour-sheet-image")
    expect(sheet.locator(".swatches li")).to_have_count(3)
    expect(sheet.locator("table tbody tr")).to_have_count(3)
    assert violations(here, axe_source) == []
    for kind, start in (("css", b"/*"), ("ase", b"ASEF"), ("gpl", b"GIMP"), ("json", b"{")):
        with page.expect_download() as told:
            sheet.locator(f"a[download$={kind}]").click()
        file = tmp_path / told.value.suggested_filename
        told.value.save_as(file)
        assert file.read_bytes().startswith(start)
    sheet.locator("[data-palette]").nth(4).click()
    typed = page.locator("#colours-image").get_by_role("textbox").input_value()
    assert len(typed.split()) == 5
    choose(page, 1)
    page.locator("#colour-show-image").click()
    expect(page.locator("#status-image .status")).to_contain_text("Choose a picture")
    assert not is_wider_than_the_screen(here)
    assert here.outside == []
    assert here.errors == []


def test_new_colours_another_finish_and_the_file_with_its_recipe(
    visit: Visitor, axe_source: str, tmp_path: Path
) -> None:
    here = visit()
    page = begin(here)
    choose(page, 2)
    use(page, "recolour")
    page.locator("#colours-image").get_by_role("textbox").fill("teal mustard cream")
    page.locator("#harmonies-image [data-palette]").first.click()
    expect(page.locator("#colours-image").get_by_role("textbox")).not_to_have_value(
        "teal mustard cream"
    )
    page.locator("#colours-image").get_by_role("textbox").fill("teal mustard cream; #112233 red")
    page.locator("#recolour-image").click()
    arrived(page, 2)
    expect(prints(page)).to_have_count(2)
    assert violations(here, axe_source) == []

    use(page, "refinish")
    choose(page, 1)
    pick_option(page, "finish", "gouache")
    expect(page.locator("#tools-image .of-gouache")).to_be_visible()
    pick_option(page, "size", "256")
    pick_option(page, "format", "JPEG")
    page.locator("#refinish-image").click()
    arrived(page, 3)
    page.locator("#result-image [data-look]").click()
    with page.expect_download() as told:
        page.locator("dialog.viewer a.tool").first.click()
    file = tmp_path / told.value.suggested_filename
    told.value.save_as(file)
    recipe = recipe_of(file.name, file.read_bytes())
    assert recipe is not None
    inputs = recipe["inputs"]
    assert isinstance(inputs, dict)
    assert (inputs["finish"], inputs["format"]) == ("gouache", "jpeg")
    assert json.loads(inputs["start"])["verb"] == "refinish"
    assert violations(here, axe_source) == []
    assert here.errors == []


def test_pictures_melt_into_a_loop_to_take_away(visit: Visitor) -> None:
    here = visit()
    page = begin(here)
    choose(page, 1, 2)
    use(page, "morph")
    frames = page.locator(".for-morph input[type=number]").first
    frames.fill("4")
    frames.blur()
    page.locator("#morph-image").click()
    arrived(page, 2)
    page.locator("#result-image [data-look]").click()
    files = page.locator("dialog.viewer a.tool")
    assert {"GIF", "WebP", "MP4"} <= set(files.all_inner_texts())


def test_a_grid_is_labelled_and_a_cell_gives_its_recipe(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = begin(here, brief="rings in the dark")
    use(page, "grid")
    pick_option(page, "axis-x", "Density")
    expect(page.locator("#values-x-image")).to_contain_text("0.1")
    page.locator("#grid-image").click()
    arrived(page, 2)
    expect(page.locator("table.cells th[scope=col]")).to_have_count(3)
    expect(page.locator("table.cells caption")).to_contain_text("Density")
    assert violations(here, axe_source) == []
    here.idea("image", "something else")
    page.locator("[data-do=cell]").last.click()
    expect(page.locator("#tab-image .idea textarea").first).to_have_value("rings in the dark")
    wildness = page.locator("#tab-image .fields input[type=number]").first
    expect(wildness).to_have_value("0.9")


def test_a_sketch_is_drawn_with_keys_and_painted(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = here.page
    here.open_tab("image")
    here.idea("image", BRIEF)
    page.locator("#sketching-image > button").click()
    page.locator(".pad [data-at]").first.focus()
    for key in ("3", "Space", "ArrowRight", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator(".pad [data-at='13']")).to_have_attribute(
        "aria-label", "Row 2, column 2: #c8553d"
    )
    assert violations(here, axe_source) == []
    page.locator("#sketch-image").click()
    arrived(page, 1)
    expect(page.locator(".sheets-made")).to_contain_text("from a sketch")


def test_on_a_phone_in_chinese_and_the_dark(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh-CN", width=390, dark=True)
    page = begin(here, 4, "宁静的蓝色极简构图，像清晨的湖面")
    assert not is_wider_than_the_screen(here)
    choose(page, 1)
    expect(page.locator(".tray .counted")).to_have_text("已选 1 幅")
    for tool in ("walk", "refinish", "grid", "recolour", "morph"):
        use(page, tool)
        assert not is_wider_than_the_screen(here), tool
        assert violations(here, axe_source) == [], tool
    page.locator("#result-image [data-look]").first.click()
    expect(page.locator("dialog.viewer")).to_be_visible()
    assert violations(here, axe_source) == []
    page.keyboard.press("Escape")
    choose(page, 1)
    use(page, "vary")
    page.locator("#vary-image").click()
    expect(page.locator("#status-image .wrong")).to_have_text("请先选一幅画：点图板上的一幅。")
    assert here.outside == []
