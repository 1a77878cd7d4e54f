"""Fixtures of the whole studio: fake models, a data folder of its own, nothing from the network."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slowest files come first, so that processes that share the tests end together."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


@pytest.fixture
def fake_settings(tmp_path: Path) -> Settings:
    return Settings.from_environ({"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(tmp_path / "data")})


@pytest.fixture
def studio(fake_settings: Settings) -> Iterator[Studio]:
    opened = Studio.open(fake_settings)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def locales() -> Locales:
    return Locales.load(Path(__file__).resolve().parent.parent / "assets" / "locales")


@pytest.fixture
def a_logo_file() -> bytes:
    """A red square and a black bar on nothing, as PNG."""
    image = Image.new("RGBA", (600, 300), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rectangle((40, 40, 260, 260), fill="#c8102e")
    draw.rectangle((300, 120, 560, 180), fill="#1a1a1a")
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()
