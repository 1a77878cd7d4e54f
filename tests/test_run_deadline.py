"""Over HTTP: a work that runs longer than allowed (STUDIO_RUN_DEADLINE_S) keeps its text and says
so; one that has nothing to keep is an error with a sentence."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.archive import Archive
from studio.catalog import Catalog
from studio.engine.family import Family
from studio.engine.manager import Manager
from studio.families.loader import CardLoader
from studio.history.store import Store
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings

ANN = {"X-Studio-User": "ann-" + "a" * 20}
STEP_S = 0.25
"""A text of the fake has at least eighteen steps: more than the two seconds that are allowed."""


def slowly(_: Sequence[int]) -> None:
    time.sleep(STEP_S)


class SlowLoader(CardLoader):
    """Fakes that take their time."""

    def load(self, card: str) -> Family:
        family = super().load(card)
        family._before_step = slowly  # type: ignore[attr-defined]
        return family


@pytest.fixture
def api(tmp_path: Path, locales: Locales) -> Iterator[TestClient]:
    given = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(tmp_path), "STUDIO_RUN_DEADLINE_S": "2"}
    settings = Settings.from_environ(given)
    catalog = Catalog.read(settings.models_dir)
    loader = SlowLoader(catalog, settings, device="cpu")
    manager = Manager(loader, budget_bytes=10**9, device="cpu")
    archive = Archive(Store(settings.database), settings.works_dir)
    studio = Studio(settings, catalog, manager, archive)
    with TestClient(create_app(studio, locales), raise_server_exceptions=False) as client:
        yield client
    studio.close()


def test_the_text_that_is_there_is_kept_and_says_so(api: TestClient, locales: Locales) -> None:
    form = {"text": "a lighthouse keeper", "seed": 3, "drafts": 1, "n": 1}
    work = api.post("/api/generate/writing", json=form, headers=ANN).json()
    (output,) = work["outputs"]
    assert output["text"].strip()
    cut = [each for each in output["checks"] if each["name"] == "in_time"]
    assert [each["passed"] for each in cut] == [False]
    assert "longer than allowed" in locales.text("check.in_time", "en")
    assert locales.text("check.in_time", "zh") != locales.text("check.in_time", "en")
    kept = api.get(f"/api/works/{work['id']}", headers=ANN).json()
    assert kept["outputs"][0]["text"] == output["text"]


def test_what_can_not_be_kept_is_an_error_with_a_sentence(api: TestClient) -> None:
    form = {"text": "a calm tune", "seed": 3, "bars": 8, "n": 1}
    answer = api.post("/api/generate/melody", json=form, headers=ANN)
    error = answer.json()["error"]
    assert error["code"] == "run_deadline"
    assert "longer than allowed" in error["message"]
