"""A writer with terms of use on the page: read, accepted once, then it writes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from studio.service import Studio
from tests.ui.visit import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def nothing_accepted(paced_studio: Studio) -> Iterator[None]:
    file = paced_studio.settings.accepted_terms
    file.unlink(missing_ok=True)
    yield
    file.unlink(missing_ok=True)


@pytest.mark.usefixtures("nothing_accepted")
def test_the_terms_are_shown_accepted_once_and_then_it_writes(
    visit: Callable[..., Visit], paced_studio: Studio
) -> None:
    here = visit(locale="zh-CN")
    panel = here.page.locator("#terms-writing")
    expect(panel).to_have_count(0)
    here.idea("writing", "雨夜，一位修表匠收到一块停在明天的怀表。")
    here.page.locator("#go-writing").click()
    expect(panel).to_be_visible()
    expect(panel).to_contain_text("禁止用途")
    link = panel.get_by_role("link", name="Gemma Terms of Use")
    expect(link).to_have_attribute("href", "https://ai.google.dev/gemma/terms")
    assert not paced_studio.settings.accepted_terms.exists()
    panel.get_by_role("button").click()
    here.done("writing")
    expect(here.page.locator("#result-writing [data-text]").first).to_be_attached()
    expect(panel).to_have_count(0)
    assert paced_studio.settings.accepted_terms.exists()
    again = visit(locale="zh-CN")
    again.idea("writing", "江上的渡船停了一夜。")
    again.generate("writing")
    expect(again.page.locator("#terms-writing")).to_have_count(0)
    assert here.outside == []
    assert here.errors == []
