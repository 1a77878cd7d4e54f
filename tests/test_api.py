"""The HTTP side on fake models: what a client, a probe and a scraper see."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.api import MOST_BODY_BYTES, create_app
from studio.crafts.craft import Check, Craft, Field, Inputs, Order, Output, Roster
from studio.locales import Locales
from studio.requests import Completion, Request, Sampling
from studio.service import Studio
from studio.settings import Settings

CARD = """
name = "lm/tiny"
version = "1"
kind = "lm"
family = "causal_lm"
roles = ["writer"]
languages = ["en", "zh"]
licence = "CC0-1.0"
files = [{ path = "model.safetensors", sha256 = "0", bytes = 1 }]
"""
ANN, BOB = {"X-Studio-User": "ann-" + "a" * 20}, {"X-Studio-User": "bob-" + "b" * 20}


def order(inputs: Inputs, roster: Roster) -> Order:
    card, adapter = roster.choose("writer", "en")
    request = Request(
        card=card,
        adapter=adapter,
        seed=int(str(inputs["seed"])),
        prompt=str(inputs["text"]),
        sampling=Sampling(max_tokens=12),
    )
    return Order((request,), inputs, "en")


def finish(_: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    return tuple(
        Output(text=each.text, title="A note", checks=(Check("written", bool(each.text)),))
        for each in completions
    )


NOTE = Craft(
    name="note",
    output="text",
    fields=(
        Field("text", "paragraph", required=True, max_length=200),
        Field("seed", "seed", default=0),
    ),
    order=order,
    finish=finish,
)

Open = Callable[..., TestClient]


@pytest.fixture
def open_api(tmp_path: Path) -> Iterator[Open]:
    """A client of an app whose studio has one card and one craft."""
    (tmp_path / "models/lm/tiny").mkdir(parents=True)
    (tmp_path / "models/lm/tiny/model.toml").write_text(CARD)
    studios: list[Studio] = []

    def make(**variables: str) -> TestClient:
        environ = {"STUDIO_FAKE": "1", "STUDIO_ROOT": str(tmp_path), **variables}
        studio = Studio.open(Settings.from_environ(environ), {"note": NOTE})
        studios.append(studio)
        locales = Locales.load(Path(__file__).parents[1] / "assets" / "locales")
        return TestClient(create_app(studio, locales), raise_server_exceptions=False)

    yield make
    for studio in studios:
        studio.close()


@pytest.fixture
def api(open_api: Open) -> TestClient:
    return open_api()


def made(api: TestClient, text: str = "the moon", seed: int = 3, **more: Any) -> dict[str, Any]:
    answer = api.post("/api/generate/note", json={"text": text, "seed": seed}, **more)
    assert answer.status_code == 200, answer.text
    work: dict[str, Any] = answer.json()
    return work


def failed(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert error["code"] == code
    assert error["message"]
    return error


def test_the_process_says_that_it_is_alive(api: TestClient) -> None:
    assert api.get("/healthz").json()["status"] == "alive"


def test_it_is_ready_only_when_weights_are_loaded(open_api: Open) -> None:
    assert open_api().get("/readyz").json()["ready"]
    answer = open_api(STUDIO_FAKE="").get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False


def test_metrics_count_what_was_made(api: TestClient) -> None:
    made(api)
    answer = api.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "studio_completed_total 1" in answer.text.splitlines()


def test_a_client_can_learn_every_field(api: TestClient) -> None:
    (craft,) = api.get("/api/crafts").json()["crafts"]
    assert (craft["name"], craft["output"]) == ("note", "text")
    assert [field["name"] for field in craft["fields"]] == ["text", "seed"]


def test_a_form_becomes_a_work_with_its_recipe_and_files(api: TestClient) -> None:
    work = made(api, headers=ANN)
    (output,) = work["outputs"]
    assert output["text"]
    assert (
        output["checks"] == [{"name": "written", "passed": True, "detail": ""}]
        or output["checks"][0]["passed"]
    )
    assert work["recipe"]["models"][0]["card"] == "lm/tiny"
    assert work["inputs"]["seed"] == 3
    name, place = next(iter(output["files"].items()))
    answer = api.get(place, headers=ANN)
    assert answer.status_code == 200
    assert output["text"].strip()[:20] in answer.text
    assert name in answer.headers["content-disposition"]


def test_the_same_seed_makes_the_same_text(api: TestClient) -> None:
    texts = [made(api, seed=seed)["outputs"][0]["text"] for seed in (3, 3, 4)]
    assert texts[0] == texts[1] != texts[2]


class TestPeople:
    """Nobody sees anybody else's works."""

    def test_history_is_the_persons_own_newest_first(self, api: TestClient) -> None:
        first, second = made(api, "one", headers=ANN), made(api, "two", headers=ANN)
        made(api, "other", headers=BOB)
        works = api.get("/api/history", headers=ANN).json()["works"]
        assert [work["id"] for work in works] == [second["id"], first["id"]]
        found = api.get("/api/history", params={"query": "two"}, headers=ANN).json()["works"]
        assert [work["id"] for work in found] == [second["id"]]

    def test_another_persons_work_and_files_are_not_there(self, api: TestClient) -> None:
        work = made(api, headers=ANN)
        assert api.get(f"/api/works/{work['id']}", headers=ANN).json()["id"] == work["id"]
        failed(api.get(f"/api/works/{work['id']}", headers=BOB), 404, "no_work")
        place = next(iter(work["outputs"][0]["files"].values()))
        failed(api.get(place, headers=BOB), 404, "no_work")

    def test_a_newcomer_is_told_who_they_are(self, api: TestClient) -> None:
        user = made(api)["user"]
        works = api.get("/api/history", headers={"X-Studio-User": user}).json()["works"]
        assert len(works) == 1
        assert api.get("/api/history").json()["works"] == []

    def test_a_name_that_could_be_guessed_is_refused(self, api: TestClient) -> None:
        failed(api.get("/api/history", headers={"X-Studio-User": "local"}), 422, "person")

    @pytest.mark.parametrize("name", ["nothing.txt", "..%2F..%2Fstudio.sqlite3", "recipe"])
    def test_only_the_works_own_files_can_be_had(self, api: TestClient, name: str) -> None:
        work = made(api, headers=ANN)
        answer = api.get(f"/api/works/{work['id']}/files/1/{name}", headers=ANN)
        assert answer.status_code == 404
        failed(api.get(f"/api/works/{work['id']}/files/9/x", headers=ANN), 404, "no_file")


class TestErrors:
    """Every error is JSON with a code, a sentence and a fitting status."""

    def test_a_missing_field_is_named_in_the_clients_language(self, api: TestClient) -> None:
        english = failed(api.post("/api/generate/note", json={}), 422, "required")
        chinese = failed(
            api.post("/api/generate/note", json={}, headers={"Accept-Language": "zh-CN,en"}),
            422,
            "required",
        )
        assert english["facts"]["field"] == "text"
        assert any("\u4e00" <= each <= "\u9fff" for each in chinese["message"])
        assert english["message"] != chinese["message"]

    def test_what_is_not_there(self, api: TestClient) -> None:
        failed(api.post("/api/generate/novel", json={}), 404, "no_craft")

    @pytest.mark.parametrize("body", [b"{", b"[1]", b'"text"', b"\xff\xfe"])
    def test_a_body_that_is_no_object(self, api: TestClient, body: bytes) -> None:
        failed(api.post("/api/generate/note", content=body), 422, "no_json")

    def test_a_body_that_is_too_large(self, api: TestClient) -> None:
        body = b" " * (MOST_BODY_BYTES + 1)
        failed(api.post("/api/generate/note", content=body), 413, "body_too_large")

    def test_a_full_queue_asks_to_come_back(self, open_api: Open) -> None:
        answer = open_api(STUDIO_MAX_QUEUE="0").post("/api/generate/note", json={"text": "x"})
        failed(answer, 503, "busy")
        assert int(answer.headers["retry-after"]) > 0

    def test_a_wrong_number_in_the_address(self, api: TestClient) -> None:
        error = failed(api.get("/api/history", params={"limit": "many"}), 422, "invalid_input")
        assert error["facts"]["field"] == "limit"

    def test_a_model_that_is_not_here(self, open_api: Open) -> None:
        failed(
            open_api(STUDIO_FAKE="").post("/api/generate/note", json={"text": "x"}),
            503,
            "not_installed",
        )

    def test_what_nobody_foresaw_keeps_its_details_to_itself(
        self, api: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(self: Studio) -> str:
            raise KeyError("/secret/path")

        monkeypatch.setattr(Studio, "metrics", broken)
        answer = api.get("/metrics")
        failed(answer, 500, "unexpected")
        assert "secret" not in answer.text


async def test_hanging_up_stops_the_work(api: TestClient) -> None:
    messages = [{"type": "http.request", "body": b'{"text": "a long story"}', "more_body": False}]
    sent: list[Any] = []

    async def receive() -> Any:
        return messages.pop(0) if messages else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/api/generate/note",
        "raw_path": b"/api/generate/note",
        "query_string": b"",
        "headers": [],
    }
    await asyncio.wait_for(api.app(scope, receive, send), 30)
    assert sent[0]["status"] == 499
