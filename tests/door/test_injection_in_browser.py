"""What people write stays writing: nothing of it becomes an element, and nothing of it runs.

The browser's own policy would stop most of it; it is switched off here, so that the page alone has
to hold.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from studio.service import Studio
from tests.ui.visit import PATIENCE_MS, Visit

pytestmark = pytest.mark.browser
PAYLOADS = (
    "<img src=x onerror=window.hit=1 data-evil>",
    '"><script data-evil>window.hit=1</script>',
    "<svg onload=window.hit=1 data-evil></svg>",
    "' onfocus='window.hit=1' autofocus data-evil='",
    "[a](javascript:window.hit=1) ![b](x' onerror='window.hit=1)",
    "{{constructor.constructor('window.hit=1')()}} ${window.hit=1}",
    "<iframe data-evil srcdoc='<script>parent.hit=1</script>'></iframe>",
    "</style></textarea></title><img src=x onerror=window.hit=1 data-evil>",
)
EVIL = "[data-evil], [onerror], [onload], [onfocus], iframe, [href^='javascript:' i]"
FIELDS = ".form textarea:visible, .form input[type=text]:visible, .idea textarea:visible"
SCRIPTED = {".svg", ".html", ".htm", ".xml", ".musicxml", ".json", ".md", ".txt", ".csv"}


@pytest.fixture
def bare(browser: Browser, address: str) -> Iterator[Visit]:
    context = browser.new_context(
        bypass_csp=True, viewport={"width": 1280, "height": 860}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    visit = Visit(page, context, address)
    page.on("request", lambda asked: visit.requests.append(asked.post_data or ""))
    visit.load()
    yield visit
    context.close()


def unharmed(page: Page, where: str) -> None:
    page.wait_for_timeout(60)
    assert page.evaluate("window.hit") is None, where
    assert page.locator(EVIL).count() == 0, where


def fill(page: Page, craft: str) -> int:
    """Every text field of the tab gets one of the payloads, in turn."""
    fields = page.locator(f"#tab-{craft}").locator(FIELDS)
    count = fields.count()
    for number in range(count):
        if fields.nth(number).is_editable():
            fields.nth(number).fill(PAYLOADS[number % len(PAYLOADS)])
    return count


def person_of(visit: Visit) -> str:
    """The id that the page sends with its events."""
    found = (re.search(r'"([0-9a-f]{32})"', sent) for sent in visit.requests)
    return next(each[1] for each in found if each)


def test_this_browser_would_run_it(browser: Browser) -> None:
    """Else the other tests would prove nothing."""
    page = browser.new_page()
    page.set_content(PAYLOADS[0])
    page.wait_for_function("window.hit === 1")
    assert page.locator(EVIL).count() == 1
    page.close()


def test_nothing_that_is_written_runs(bare: Visit, paced_studio: Studio) -> None:
    page = bare.page
    for craft in paced_studio.crafts:
        make(bare, craft, go=craft != "kit")
    person = person_of(bare)
    kept(paced_studio, person)
    look_at_history(page, bare)
    bare.reload()
    unharmed(page, "reload")
    drop(page, bare)
    page.goto(bare.address + "?item=" + PAYLOADS[0] + "&__theme=" + PAYLOADS[1])
    bare.ready()
    unharmed(page, "address")
    works = in_a_thread(paced_studio.search(user=person, limit=50))
    assert len(works) > len(PAYLOADS)
    files = [path for work in works for output in work.outputs for path in output.files.values()]
    look_at_documents(page, bare.address, [each for each in files if each.suffix in SCRIPTED])


@pytest.mark.soak
def test_nothing_of_a_kit_runs(bare: Visit) -> None:
    """A kit takes as long as all others together."""
    make(bare, "kit")


def make(visit: Visit, craft: str, *, go: bool = True) -> None:
    """Fill the craft's form with payloads and make a work of it, if it lets itself be made."""
    page = visit.page
    visit.open_tab(craft)
    assert fill(page, craft) >= 1, craft
    if go:
        page.locator(f"#go-{craft}").click()
        page.wait_for_selector(f"#status-{craft} :is(.status.done, .status.wrong)")
    unharmed(page, craft)


def kept(studio: Studio, person: str) -> None:
    """Texts as a model or a hand could have left them, titles too, and a brand of such words."""

    async def keep() -> None:
        first = ""
        for payload in PAYLOADS:
            work = await studio.keep(
                "writing", f"{payload}\n\n{payload}", user=person, parent=first
            )
            first = first or work.id
        await asyncio.to_thread(studio.brands.save, {"name": PAYLOADS[0]}, person)

    in_a_thread(keep())


def in_a_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """The browser's driver holds this thread's event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def look_at_history(page: Page, visit: Visit) -> None:
    visit.open_tab("history")
    page.wait_for_selector("#history-cards li")
    assert "onerror=window.hit" in page.locator("#history-cards").inner_text()
    unharmed(page, "history")
    for number in (0, 3, 9):
        page.locator("#history-cards [data-do=open]").nth(number).click()
        page.wait_for_selector("#history-detail :is(h2, h3, article, section, p)")
        unharmed(page, f"work {number}")
    page.locator("#history-search textarea, #history-search input").first.fill(PAYLOADS[0])
    page.wait_for_timeout(400)
    unharmed(page, "search")


def drop(page: Page, visit: Visit) -> None:
    """A file whose name is the payload."""
    visit.open_tab("history")
    named = {"name": "<img src=x onerror=hit=1>.png", "mimeType": "image/png", "buffer": b"x"}
    page.locator("#history-drop input[type=file]").set_input_files([named])  # type: ignore[list-item]
    page.wait_for_timeout(700)
    unharmed(page, "file name")


def look_at_documents(page: Page, address: str, files: list[Path]) -> None:
    """Exported files, opened as documents of their own: even a browser without the policy that
    they come with shows only what is drawn."""
    drawn: dict[str, Any] = {}
    for path in files:
        drawn.setdefault(path.suffix + path.stem[:6], path)
    assert any(path.suffix == ".svg" for path in drawn.values())
    for path in drawn.values():
        if path.suffix in (".svg", ".html", ".htm"):
            page.goto(f"{address}gradio_api/file={path}")
            unharmed(page, path.name)
