"""A studio on fake models behind a real server, and a real Chromium in front of it."""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from studio.api import create_app
from studio.archive import Archive
from studio.catalog import Catalog
from studio.crafts import CRAFTS
from studio.crafts.craft import Craft
from studio.engine.family import Family
from studio.engine.manager import Manager
from studio.families.loader import CardLoader
from studio.history.store import Store
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.ui.page import build_page
from tests.ui.visit import PATIENCE_MS, Visit

CHROMIUM_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
)  # fmt: skip

CHEAP = {"finish": "smooth", "size": "256", "n": 1}
"""Defaults that leave out what only costs time here: paint, and more than one of everything."""


@dataclass
class Pace:
    """How long a step of the fake takes: nothing, or long enough for something to be stopped."""

    step_s: float = 0.0

    def __call__(self, _slots: object) -> None:
        time.sleep(self.step_s)


class PacedLoader(CardLoader):
    """Fake cards that can be told to take their time."""

    def __init__(self, *given: object, pace: Pace, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._pace = pace

    def load(self, card: str) -> Family:
        family = super().load(card)
        family._before_step = self._pace  # type: ignore[attr-defined]
        return family


def cheap(craft: Craft) -> Craft:
    fields = tuple(replace(e, default=CHEAP.get(e.name, e.default)) for e in craft.fields)
    return replace(craft, fields=fields)


@pytest.fixture(scope="session")
def locales() -> Locales:
    return Locales.load(Settings.from_environ({}).assets_dir / "locales")


@pytest.fixture(scope="session")
def pace() -> Pace:
    return Pace()


@pytest.fixture
def slowly(pace: Pace) -> Iterator[None]:
    pace.step_s = 0.12
    yield
    pace.step_s = 0.0


@pytest.fixture(scope="session")
def paced_studio(tmp_path_factory: pytest.TempPathFactory, pace: Pace) -> Iterator[Studio]:
    folder = tmp_path_factory.mktemp("studio")
    settings = Settings.from_environ({"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(folder)})
    catalog = Catalog.read(settings.models_dir)
    manager = Manager(
        PacedLoader(catalog, settings, device="cpu", pace=pace),
        budget_bytes=10**9,
        device="cpu",
        max_queue=256,
    )
    archive = Archive(Store(settings.database), settings.works_dir)
    crafts = {name: cheap(craft) for name, craft in CRAFTS.items()}
    studio = Studio(settings, catalog, manager, archive, crafts=crafts)
    yield studio
    studio.close()


@pytest.fixture(scope="session")
def address(paced_studio: Studio, locales: Locales) -> Iterator[str]:
    app = create_app(paced_studio, locales, build_page(paced_studio, locales))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/"
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    found = shutil.which("chromium")
    if found is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        command = ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"]
        subprocess.run(command, check=False)
        found = shutil.which("chromium")
    if found is None:
        pytest.fail("The browser tests need Chromium: apt-get install chromium fonts-noto-cjk")
    return found


@pytest.fixture(scope="module")
def playwright_driver() -> Iterator[Playwright]:
    """Only as long as its own tests: it holds the thread's event loop, which others need too."""
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="module")
def browser(playwright_driver: Playwright, chromium_path: str) -> Iterator[Browser]:
    launched = playwright_driver.chromium.launch(
        executable_path=chromium_path, args=list(CHROMIUM_FLAGS)
    )
    yield launched
    launched.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    contexts: list[BrowserContext] = []

    def start(locale: str = "en-US", width: int = 1280, dark: bool = False) -> Visit:
        context = browser.new_context(
            locale=locale,
            viewport={"width": width, "height": 860},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        visit = Visit(page, context, address)
        page.on("request", lambda request: visit.requests.append(request.url))
        page.on("pageerror", lambda error: visit.errors.append(str(error)))
        visit.load()
        return visit

    yield start
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    import axe_playwright_python

    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
