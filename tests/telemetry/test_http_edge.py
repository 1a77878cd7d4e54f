"""One id from the edge to the model: in the answer's header, in the log, in what a person reads."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.locales import Locales
from studio.service import Studio

LOCALES = Path(__file__).resolve().parents[2] / "assets" / "locales"
SECRET = "a-very-secret-key-0123"
MINE = {"X-Request-ID": "trace-0001", "X-Studio-User": SECRET}


@pytest.fixture
def client(studio: Studio) -> Iterator[TestClient]:
    app = create_app(studio, Locales.load(LOCALES))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def told(caplog: pytest.LogCaptureFixture, event: str) -> list[dict[str, Any]]:
    found = [each for each in caplog.records if each.getMessage() == event]
    return [getattr(each, "facts", {}) for each in found]


def test_the_lines_of_one_request_share_its_id(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="studio")
    form = {"text": "a lamp at sea", "form": "haiku", "lang": "en", "n": 1}
    answer = client.post("/api/generate/poetry?note=lamp", json=form, headers=MINE)
    assert answer.headers["x-request-id"] == "trace-0001"
    ended = told(caplog, "request")
    assert ended
    assert all(each["request_id"].startswith("trace-0001.") for each in ended)
    (line,) = told(caplog, "http")
    assert (line["method"], line["route"], line["status"]) == (
        "POST",
        "/api/generate/{craft}",
        200,
    )
    everything = " ".join(f"{each.getMessage()} {each.__dict__}" for each in caplog.records)
    assert "lamp" not in everything
    assert SECRET not in everything


def test_a_failure_names_the_request_that_the_log_names(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="studio")
    form = {"text": "[[fail]] a lamp", "kind": "story", "lang": "en"}
    answer = client.post("/api/generate/writing", json=form)
    sentence = answer.json()["error"]["message"]
    shown = re.search(r"Request (\S+)\.$", sentence)
    assert shown
    assert shown[1] in {each["request_id"] for each in told(caplog, "request")}
    assert shown[1].startswith(answer.headers["x-request-id"])


def test_an_odd_id_is_not_taken(client: TestClient) -> None:
    for odd in ("x", "two words 1", "a" * 80):
        given = client.get("/healthz", headers={"X-Request-ID": odd}).headers["x-request-id"]
        assert given != odd
        assert re.fullmatch(r"[0-9a-f]{12}", given)


def test_probes_are_quiet_and_everything_else_is_one_line(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="studio.http")
    for path in ("/healthz", "/readyz", "/metrics", "/api/crafts", "/api/works/none", "/nowhere"):
        client.get(path)
    assert [(each["route"], each["status"]) for each in told(caplog, "http")] == [
        ("/api/crafts", 200),
        ("/api/works/{work_id}", 404),
        ("(none)", 404),
    ]


def test_ready_tells_the_last_errors_without_their_words(client: TestClient) -> None:
    form = {"text": "[[fail]] a lamp", "kind": "story", "lang": "en"}
    client.post("/api/generate/writing", json=form)
    ready = client.get("/readyz")
    assert ready.json()["errors"][0]["code"] == "model_failed"
    assert "lamp" not in ready.text
