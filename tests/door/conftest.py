"""A studio with its whole page behind a locked door, and two people with keys to it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from studio.api import create_app
from studio.door.passwords import hashed
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from studio.ui.page import build_page
from tests.loopback import served
from tests.ui.conftest import (  # noqa: F401
    address,
    axe_source,
    browser,
    chromium_path,
    pace,
    paced_studio,
    playwright_driver,
    visit,
)

ANN, BOB = "ann:Linden-Allee-7", "bob:brick wall 12"
SECRET = "a-secret-of-the-tests-0123456789"
API_KEY = "the-operators-own-key"


@dataclass(frozen=True)
class House:
    """The studio, where it is served, and its page."""

    studio: Studio
    url: str
    app: Any
    page: Any

    def visitor(self, **headers: str) -> httpx.Client:
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)

    def person(self, pair: str, **headers: str) -> httpx.Client:
        """Somebody who says their name and password with every request."""
        word = base64.b64encode(pair.encode()).decode()
        return self.visitor(Authorization=f"Basic {word}", **headers)

    def call(self, person: httpx.Client, name: str, data: list[Any], session: str = "") -> str:
        """An event of the page by the name of its function; what came of it, as text."""
        number = next(key for key, fn in self.page.fns.items() if fn.api_name == name)
        session = session or f"session-of-{id(person)}"
        body = {"data": data, "fn_index": number, "session_hash": session}
        joined = person.post("/gradio_api/queue/join", json=body)
        if joined.status_code != 200:
            return joined.text
        heard = ""
        with person.stream("GET", "/gradio_api/queue/data", params={"session_hash": session}) as s:
            for line in s.iter_lines():
                heard += line + "\n"
                if line.startswith("data:") and json.loads(line[5:])["msg"] == "process_completed":
                    break
        return heard


@pytest.fixture(scope="session")
def words() -> Locales:
    return Locales.load(Settings.from_environ({}).assets_dir / "locales")


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory, words: Locales) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    accounts = folder / "people.txt"
    name, password = BOB.split(":")
    accounts.write_text(f"# the workshop\n{ANN}\n\n{name}:{hashed(password)}\n", "utf-8")
    settings = Settings.from_environ(
        {
            "STUDIO_FAKE": "1",
            "STUDIO_DATA_DIR": str(folder / "data"),
            "STUDIO_AUTH": f"@{accounts}",
            "STUDIO_SECRET": SECRET,
            "STUDIO_API_KEY": API_KEY,
        }
    )
    studio = Studio.open(settings)
    page = build_page(studio, words)
    app = create_app(studio, words, page)
    with served(app) as url:
        yield House(studio, url, app, page)
    studio.close()


@pytest.fixture
def ann(house: House) -> Iterator[httpx.Client]:
    with house.person(ANN) as client:
        yield client


@pytest.fixture
def bob(house: House) -> Iterator[httpx.Client]:
    with house.person(BOB) as client:
        yield client


@pytest.fixture
def stranger(house: House) -> Iterator[httpx.Client]:
    with house.visitor() as client:
        yield client


Open = Callable[..., Any]


@pytest.fixture
def open_app(tmp_path: Path, words: Locales) -> Iterator[Open]:
    """The app without its page, of the variables that are given."""
    studios: list[Studio] = []

    def make(**variables: str) -> Any:
        environ = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(tmp_path / "data"), **variables}
        studios.append(Studio.open(Settings.from_environ(environ)))
        return create_app(studios[-1], words)

    yield make
    for each in studios:
        each.close()
