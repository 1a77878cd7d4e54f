"""A generation as server-sent events: what comes in which order, and that hanging up stops it."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from httpx_sse import connect_sse

from studio.api import create_app
from studio.crafts.craft import BETWEEN_VERSIONS
from studio.families.fake import FAIL
from studio.locales import Locales
from studio.service import Studio
from studio.streamed_api import TextEvents
from tests.loopback import served

ANN = {"X-Studio-User": "ann-" + "a" * 20}
FORM = {"text": "a lighthouse keeper", "length": "short", "seed": 3}


@pytest.fixture
def client(studio: Studio, locales: Locales) -> Iterator[httpx.Client]:
    with (
        served(create_app(studio, locales)) as address,
        httpx.Client(base_url=address, headers=ANN, timeout=60) as opened,
    ):
        yield opened


def events_of(client: httpx.Client, form: Any, **more: Any) -> list[tuple[str, Any]]:
    path = "/api/generate/writing" + more.pop("query", "?stream=1")
    with connect_sse(client, "POST", path, json=form, **more) as source:
        return [(each.event, json.loads(each.data)) for each in source.iter_sse()]


def told(events: list[tuple[str, Any]]) -> list[str]:
    """The versions' texts, put together as a client would."""
    texts: dict[int, str] = {}
    for name, data in events:
        if name == "text":
            texts[data["version"]] = texts.get(data["version"], "")[: data["at"]] + data["text"]
    return [texts[number] for number in sorted(texts)]


def test_the_texts_come_piece_by_piece_and_the_work_last(client: httpx.Client) -> None:
    events = events_of(client, {**FORM, "n": 2})
    name, work = events[-1]
    assert name == "work"
    assert [each for each, _ in events].count("text") > 4
    stages = [data["stage"] for each, data in events if each == "progress"]
    assert stages[-2:] == ["finishing", "done"]
    texts = told(events)
    assert len(texts) == len(work["outputs"]) == 2
    drafts = [each["text"] for each in work["outputs"]]
    drafts += [each["text"] for out in work["outputs"] for each in out["data"]["alternatives"]]
    assert all(any(text[:20] in draft for draft in drafts) for text in texts)
    kept = client.get("/api/history").json()["works"]
    assert [each["id"] for each in kept] == [work["id"]]


def test_it_is_what_a_plain_answer_has(client: httpx.Client) -> None:
    (_, streamed) = events_of(client, FORM, query="", headers={"Accept": "text/event-stream"})[-1]
    plain = client.post("/api/generate/writing", json=FORM).json()
    assert streamed["outputs"][0]["text"] == plain["outputs"][0]["text"]
    assert streamed["user"] == plain["user"]


def test_a_wrong_form_is_refused_with_its_status(client: httpx.Client) -> None:
    answer = client.post("/api/generate/writing?stream=1", json={"text": " "})
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "required"


def test_a_failure_is_told_once(client: httpx.Client) -> None:
    """Before the first event with a status, later as an event: always the same JSON."""
    answer = client.post("/api/generate/writing?stream=1", json={**FORM, "text": f"{FAIL} x"})
    if answer.status_code == 200:
        last = [line for line in answer.text.splitlines() if line.startswith("data:")][-1]
        error = json.loads(last.removeprefix("data:"))["error"]
    else:
        error = answer.json()["error"]
    assert error["code"] == "model_failed"
    assert error["message"]


def test_hanging_up_stops_the_rows_and_keeps_the_text(client: httpx.Client, studio: Studio) -> None:
    form = {**FORM, "length": "long"}
    with connect_sse(client, "POST", "/api/generate/writing?stream=1", json=form) as source:
        for each in source.iter_sse():
            if each.event == "text":
                break
    until = time.monotonic() + 20
    while studio.engine().running or not client.get("/api/history").json()["works"]:
        assert time.monotonic() < until, "the rows went on, or nothing was kept"
        time.sleep(0.05)


def test_only_news_is_told() -> None:
    texts = TextEvents(lambda number: {"version": number + 1})
    assert list(texts.news(["The moon"])) == [{"version": 1, "at": 0, "text": "The moon"}]
    assert list(texts.news(["The moon"])) == []
    assert list(texts.news(["The moon rose", "A"])) == [
        {"version": 1, "at": 8, "text": " rose"},
        {"version": 2, "at": 0, "text": "A"},
    ]
    assert list(texts.news(["The mist"])) == [{"version": 1, "at": 5, "text": "ist"}]
    assert BETWEEN_VERSIONS not in "".join(str(each) for each in texts.news(["The"]))
