"""Fixtures of the whole studio: fake models, a data folder of its own, nothing from the network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright keeps its own event loop running in this thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


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
