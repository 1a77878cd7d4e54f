"""The HTTP API, asked by schemathesis from its own description: no answer is a failure, and every
error is a sentence."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from studio.api import create_app
from studio.families.fake import FAIL
from studio.locales import Locales
from studio.service import Studio
from studio.settings import Settings
from tests.fuzz.fuzzed import JSON, JUNK

ANN = {"X-Studio-User": "ann-" + "a" * 20}
SAID = frozenset({503, 507})
"""Busy, not installed, no room: said on purpose."""
COMMON: dict[str, Any] = {
    "deadline": None,
    "suppress_health_check": list(HealthCheck),
    "database": None,
    "phases": (Phase.explicit, Phase.generate),
}
FORMS = {
    "few": settings(max_examples=3, derandomize=True, **COMMON),
    "many": settings(max_examples=150, **COMMON),
}
BOTH = pytest.mark.parametrize("form", ["few", pytest.param("many", marks=pytest.mark.soak)])


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with tempfile.TemporaryDirectory() as folder:
        environ = {"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(Path(folder) / "data")}
        given_settings = Settings.from_environ(environ)
        studio = Studio.open(given_settings)
        locales = Locales.load(given_settings.assets_dir / "locales")
        with TestClient(create_app(studio, locales), raise_server_exceptions=False) as opened:
            yield opened
        studio.close()


def sound(answer: Any) -> None:
    """No failure; an error is JSON with a sentence."""
    assert answer.status_code < 500 or answer.status_code in SAID, answer.text[:300]
    if answer.status_code >= 400 and answer.content.startswith(b"{"):
        told = answer.json()
        assert told.get("detail") or told["error"]["message"]


@BOTH
def test_every_route_answers_whatever_it_is_asked(client: TestClient, form: str) -> None:
    schema = schemathesis.openapi.from_asgi("/api/openapi.json", client.app)
    for found in schema.get_all_operations():
        operation = found.ok()
        if "/generate/" in operation.path:
            continue  # below, with forms that mean something

        @FORMS[form]
        @given(case=operation.as_strategy())
        def ask(case: Any) -> None:
            sound(case.call(headers=ANN))

        ask()


@BOTH
def test_any_body_at_any_craft(client: TestClient, form: str) -> None:
    names = st.sampled_from(("writing", "poetry", "melody", "image", "ad_copy", "kit", "x"))
    fields = st.sampled_from(("text", "n", "seed", "start", "lang", "brand", "origin", "words"))
    bodies = st.dictionaries(fields | JUNK, JSON, max_size=4) | JSON

    @settings(FORMS[form], max_examples=8 * FORMS[form].max_examples)
    @given(craft=names, body=bodies, raw=st.none() | st.binary(max_size=40))
    def ask(craft: str, body: Any, raw: bytes | None) -> None:
        sent = {"content": raw} if raw is not None else {"content": _json(body)}
        sound(client.post(f"/api/generate/{craft}", headers=ANN, **sent))

    ask()


@pytest.mark.parametrize(
    "value",
    ["a\x00b", "\ud800", "\ufffe", "NaN", "1e999", "\u202e", "{", "{position}", f"{FAIL[:-1]}"],
)
def test_odd_characters_are_made_into_a_work_or_refused(client: TestClient, value: str) -> None:
    for body in ({"text": f"x {value} y", "words": 20, "drafts": 1}, {"text": "x", "n": value}):
        answer = client.post("/api/generate/writing", content=_json(body), headers=ANN)
        assert answer.status_code in (200, 422), answer.text[:300]
        sound(answer)
    sound(client.get("/api/history", params={"query": value.encode("utf-8", "replace")}))


def _json(value: Any) -> bytes:
    """As a careless client writes it: NaN and lone surrogates go through."""
    return json.dumps(value).encode()
