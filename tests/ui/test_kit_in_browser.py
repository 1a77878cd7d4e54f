"""A kit as a person works with it: from the brief to the archive, by hand, by keys, on a phone."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from studio.ads.channels import CHANNELS
from studio.ads.widths import width
from studio.ui.ad_counting import counting_json
from tests.ui.test_page_in_browser import is_wider_than_the_screen, violations
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser

Visitor = Callable[..., Visit]
LONG_MS = 180_000
"""A kit is thirty-three banners and a piece of music."""
TEXTS = (
    "",
    "Cold for a day",
    "冷水三分钟，就有茶香。",
    "全角ＡＢＣ半角abc",
    "e\u0301 cafe\u0301",
    "go to https://example.com/a?b=c now, or example.org.",
    "me@example.com 茶.com x.com/茶",
    "🏔️ 🧑‍🚀 👩🏽‍💻 🇨🇳 1️⃣ ❤️ ☕",
    "“quotes” — dash … · ½ № ™",
    "한국어 ひらがな カタカナ ไทย",
)


def begin(here: Visit, brand: str = "Morrow", product: str = "steel bottle for hikers") -> Page:
    """A finished kit."""
    here.open_tab("kit")
    page = here.page
    fill(page, "brand", brand)
    fill(page, "product", product)
    page.locator("#field-kit-benefits textarea").fill("keeps cold 24 h\nrepairable cap")
    page.locator("#go-kit").click()
    agree = page.locator("#tab-kit .terms .accept")
    expect(agree.or_(page.locator("#tab-kit .version-line b"))).to_be_visible(timeout=LONG_MS)
    if agree.is_visible():
        agree.click()
    arrived(page, 1)
    return page


def fill(page: Page, name: str, text: str) -> None:
    page.locator(f"#field-kit-{name}").locator("textarea, input").first.fill(text)


def arrived(page: Page, number: int) -> None:
    """The kit of that number is done and lies on the stand."""
    line = page.locator("#tab-kit .version-line b")
    expect(line).to_have_text(str(number), timeout=LONG_MS)
    expect(page.locator("#status-kit .status")).to_have_class("status done")
    expect(page.locator("#result-kit [data-board]")).to_be_visible()


def part(page: Page, name: str) -> Locator:
    """Open a part of the kit."""
    page.locator(f"#result-kit [data-open-part={name}]").click()
    return page.locator(f"#result-kit .part-{name}")


def row(page: Page, channel: str, number: int = 0) -> Locator:
    return page.locator(f"#result-kit .channel-page[data-channel={channel}] .ad-row").nth(number)


def told(row: Locator) -> str:
    return row.locator("textarea").input_value()


def archive(page: Page) -> zipfile.ZipFile:
    """The kit's archive, as it is saved."""
    with page.expect_download() as saved:
        page.locator("#result-kit .zip a").click()
    return zipfile.ZipFile(Path(saved.value.path()))


def test_from_the_brief_to_the_archive(visit: Visitor, axe_source: str) -> None:
    here = visit()
    page = begin(here)
    tabs = page.locator("#result-kit .channel-tabs [role=tab]")
    expect(tabs).to_have_count(len(CHANNELS))
    expect(page.locator("#result-kit .channel-page:visible .pv")).to_be_visible()
    for name in ("copy", "banners", "pictures", "jingle", "files"):
        expect(part(page, name)).to_be_visible()
        assert violations(here, axe_source) == [], name
    expect(page.locator("#result-kit .part-files .files a")).not_to_have_count(0)
    with archive(page) as whole:
        names = whole.namelist()
        rows = list(csv.DictReader(io.StringIO(whole.read("copy.csv").decode("utf-8-sig"))))
    assert {"copy.csv", "brand.json", "recipe.json", "contact-sheet.pdf"} <= set(names)
    assert any(each.endswith("300x250.png") or "300x250" in each for each in names)
    assert rows
    part(page, "jingle").locator("[data-play]").click()
    playing = page.locator("#result-kit .part-jingle [data-play]")
    expect(playing).to_have_attribute("aria-pressed", "true")
    assert here.outside == []
    assert here.errors == []


def test_kept_and_changed_lines_stay_and_the_rest_is_new(visit: Visitor) -> None:
    here = visit()
    page = begin(here)
    kept, changed = told(row(page, "google_rsa")), "The cap you can mend"
    row(page, "google_rsa").locator("[data-lock]").click()
    row(page, "google_rsa", 1).locator("textarea").fill(changed)
    expect(row(page, "google_rsa", 1).locator("[data-lock]")).to_have_attribute(
        "aria-pressed", "true"
    )
    tally = page.locator("#result-kit .part-copy [data-tally]")
    expect(tally).to_have_text("kept 2 · changed 1")
    here.reload()
    here.open_tab("kit")
    expect(tally).to_have_text("kept 2 · changed 1")
    page.locator("#result-kit [data-press=copy]").click()
    arrived(page, 2)
    texts = page.locator("#result-kit .channel-page[data-channel=google_rsa] textarea")
    values = texts.evaluate_all("(areas) => areas.map((each) => each.value)")
    assert kept in values
    assert changed in values
    page.locator("#tab-kit .sheets-made button").first.click()
    expect(page.locator("#tab-kit .version-line b")).to_have_text("1")
    expect(page.locator("#result-kit [data-board]")).to_be_visible()


def test_a_line_is_counted_judged_and_kept_while_it_is_typed(visit: Visitor) -> None:
    here = visit()
    page = begin(here)
    first = row(page, "google_rsa")
    area, before = first.locator("textarea"), told(first)
    area.fill("THE BEST bottle in the whole wide world!!")
    expect(first.locator(".room")).to_have_class("room over")
    expect(first.locator("[data-left]")).to_have_text("11 over")
    expect(first.locator(".complaint")).not_to_have_count(0)
    expect(first.locator(".complaints")).to_contain_text("capitals")
    expect(page.locator("#result-kit .pv-google_rsa .pv-title").first).to_contain_text("THE BEST")
    page.locator("#result-kit .part-copy [data-press=edit]").click()
    expect(page.locator("#status-kit .status.wrong")).to_contain_text("30")
    shouted = first.locator(".complaint", has_text="capitals").locator("[data-take]")
    mended = shouted.get_attribute("data-take")
    shouted.click()
    expect(area).to_have_value(str(mended))
    area.fill("Never mind")
    first.locator("[data-undo]").click()
    assert told(first) == before
    area.fill("冷水三分钟 for you")
    expect(first.locator("[data-used]")).to_have_text("18")
    expect(first.locator(".complaint")).to_have_count(0)
    page.locator("#result-kit .part-copy [data-press=edit]").click()
    arrived(page, 2)
    assert told(row(page, "google_rsa")) == "冷水三分钟 for you"
    expect(page.locator("#tab-kit .version-line")).to_contain_text("edited")


def test_layouts_are_picked_with_keys_and_go_into_the_archive(
    visit: Visitor, axe_source: str
) -> None:
    here = visit(dark=True)
    page = begin(here)
    page.locator("#result-kit [data-open-part=copy]").focus()
    page.keyboard.press("ArrowRight")
    banners = page.locator("#result-kit .part-banners")
    expect(banners).to_be_visible()
    keep = banners.locator("[data-press=layout]")
    expect(keep).to_be_disabled()
    shown = banners.locator(".banner-size:visible .banner-large img")
    before = shown.get_attribute("src")
    radios = banners.locator(".banner-size:visible [data-layout]")
    expect(radios).to_have_count(3)
    radios.first.focus()
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_checked()
    assert shown.get_attribute("src") != before
    banners.locator("[data-open-size='728x90']").press("Enter")
    expect(banners.locator(".banner-size[data-size='728x90']")).to_be_visible()
    assert violations(here, axe_source) == []
    keep.press("Enter")
    arrived(page, 2)
    expect(keep).to_be_disabled()
    picked = page.locator("#result-kit .banner-size[data-size='300x250'] [data-layout]:checked")
    assert picked.get_attribute("value") == "2"
    expect(page.locator("#tab-kit .version-line")).to_contain_text("other layouts")


def test_a_chinese_kit_on_a_phone(visit: Visitor, axe_source: str) -> None:
    here = visit(locale="zh-CN", width=390)
    page = begin(here, "半亩茶", "冷泡乌龙茶包")
    for name in ("copy", "banners", "pictures", "jingle", "files"):
        part(page, name)
        assert not is_wider_than_the_screen(here), name
        assert violations(here, axe_source) == [], name
    part(page, "pictures").locator("[data-press=picture]").click()
    arrived(page, 2)
    expect(page.locator("#tab-kit .version-line")).to_contain_text("换了画面")
    assert here.outside == []


def test_the_browser_counts_as_the_channels_do(visit: Visitor) -> None:
    here = visit()
    here.open_tab("kit")
    count = "([counter, texts]) => texts.map((text) => window.atelier.ads.count(counter, text))"
    here.page.wait_for_function("() => window.atelier.ads.count('double_width', '茶') === 2")
    for counter in json.loads(counting_json()):
        found = here.page.evaluate(count, [counter, list(TEXTS)])
        assert found == [width(counter, each) for each in TEXTS], counter


def test_two_kits_are_blind_until_the_vote(visit: Visitor) -> None:
    here = visit()
    page = here.page
    here.open_tab("kit")
    fill(page, "brand", "Morrow")
    fill(page, "product", "steel bottle")
    page.locator("#compare-kit > button").click()
    page.locator("#duel-kit").click()
    expect(page.locator("#vote-a-kit")).to_be_visible(timeout=LONG_MS)
    arena = page.locator("#compare-kit .arena")
    expect(arena.locator(".sheet.kit")).to_have_count(2)
    assert arena.locator("a[download]").count() == 0
    page.locator("#vote-a-kit").click()
    expect(page.locator("#reveal-kit .reveal")).to_be_visible()
    expect(arena.locator(".zip a")).to_have_count(2)


def test_an_own_picture_is_brought_kept_over_a_reload_and_taken_back(
    visit: Visit, tmp_path: Path
) -> None:
    here = visit()
    here.open_tab("kit")
    page = here.page
    path = tmp_path / "own.png"
    Image.new("RGB", (400, 300), "#1144aa").save(path)
    bring(page, path)
    seen = page.locator("#brought-picture-kit img")
    expect(seen).to_be_visible()
    page.wait_for_timeout(1500)
    page.reload(wait_until="domcontentloaded")
    here.open_tab("kit")
    expect(seen).to_be_visible()
    page.locator("#drop-picture-kit").click()
    expect(seen).to_have_count(0)
    (tmp_path / "no.png").write_text("no picture")
    bring(page, tmp_path / "no.png")
    expect(page.locator("#status-kit")).to_contain_text("no picture")
    assert here.outside == []


def bring(page: Page, path: Path) -> None:
    """Choose a file as a person does: the button opens the system's own dialogue."""
    with page.expect_file_chooser() as chooser:
        page.locator("#bring-picture-kit").click()
    chooser.value.set_files(path)
