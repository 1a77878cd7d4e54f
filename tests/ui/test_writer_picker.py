"""Choosing the writer: what a person reads before a model is loaded, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from studio.locales import Locales
from studio.ui.strings import Words
from studio.ui.writer_picker import picked, writers_markup
from studio.writers import Fits, Writer
from tests.ui.visit import Visit

HUB = Writer(
    card="hub/qwen3-1.7b", kind="base", licence="Apache-2.0", languages=("en", "zh"),
    crafts=("writing",), parameters=1_720_574_976, download_bytes=3_441_149_952, installed=False,
    accepted=True, need_bytes=7_000_000_000, free_bytes=9_000_000_000, fits="fits",
)  # fmt: skip


@pytest.fixture(scope="module")
def told(locales: Locales) -> Callable[..., str]:
    words = Words(locales)

    def tell(lang: str = "en", **changes: object) -> str:
        return str(writers_markup([replace(HUB, **changes)], words.tongue(lang)))  # type: ignore[arg-type]

    return tell


def test_size_licence_languages_and_memory_are_told(told: Callable[..., str]) -> None:
    english, chinese = told(), told("zh")
    for text in ("hub/qwen3-1.7b", "1.7B", "Apache-2.0", "7000 MB", "3441 MB"):
        assert text in english
        assert text in chinese
    assert "English, 中文" in english
    assert "尚未安装" in chinese


def test_what_is_not_here_says_how_to_get_it(told: Callable[..., str]) -> None:
    assert "studio models fetch hub/qwen3-1.7b" in told()
    assert "studio models fetch" not in told(installed=True)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_state_has_words_of_its_own(told: Callable[..., str], lang: str) -> None:
    states: list[Fits] = ["loaded", "fits", "makes_room", "too_large", "unknown", "elsewhere"]
    said = [told(lang, installed=True, fits=state) for state in states]
    assert len(set(said)) == len(said)
    assert not any("writers." in each for each in said)
    assert told(lang, installed=True, accepted=False) not in said


def test_a_name_can_not_break_out(told: Callable[..., str]) -> None:
    assert "<script>" not in told(card="<script>", licence="<script>")


def test_leaving_it_to_the_studio_is_no_choice() -> None:
    assert picked("").card == ""
    assert picked("remote/x").card == "remote/x"


@pytest.mark.browser
def test_a_writer_that_is_not_here_can_be_looked_at_and_says_what_to_do(
    visit: Callable[..., Visit],
) -> None:
    page = visit().page
    page.locator("#writers-writing > button").click()
    facts = page.locator("#writer-facts-writing")
    expect(facts).to_contain_text("base/smollm2-135m-instruct")
    page.locator("#writer-writing input").click()
    page.get_by_role("option", name="hub/qwen3-1.7b").click()
    expect(facts).not_to_contain_text("base/smollm2-135m-instruct")
    expect(facts).to_contain_text("studio models fetch hub/qwen3-1.7b")
    page.locator("#tab-writing textarea").first.fill("A letter.")
    page.locator("#go-writing").click()
    expect(page.locator("#status-writing")).to_contain_text("hub/qwen3-1.7b is not installed")
