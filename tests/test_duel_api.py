"""Duels over HTTP: blind until the own vote, one vote each, nobody else's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.locales import Locales
from studio.service import Studio

ANN, BOB = {"X-Studio-User": "ann-" + "a" * 20}, {"X-Studio-User": "bob-" + "b" * 20}
ARMS = [{"settings": {"temperature": 0.4}}, {"settings": {"temperature": 1.1}}]
FORM = {"text": "the moon", "words": 20, "drafts": 1}
BRIEF = {"craft": "writing", "inputs": FORM, "arms": ARMS}


@pytest.fixture
def api(studio: Studio, locales: Locales) -> Iterator[TestClient]:
    with TestClient(create_app(studio, locales), raise_server_exceptions=False) as client:
        yield client


def started(api: TestClient, **more: Any) -> dict[str, Any]:
    answer = api.post("/api/duels", json={**BRIEF, **more}, headers=ANN)
    assert answer.status_code == 200, answer.text
    duel: dict[str, Any] = answer.json()
    return duel


def code_of(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert error["message"]
    return str(error["code"])


def test_nothing_tells_the_arms_before_the_vote(api: TestClient) -> None:
    duel = started(api)
    assert [each["side"] for each in duel["sides"]] == ["a", "b"]
    read = api.get(f"/api/duels/{duel['id']}", headers=ANN).json()
    assert read["choice"] is None
    assert read["sides"] == duel["sides"]
    shown = json.dumps([duel, read])
    for secret in ("temperature", "recipe", "seed", "arms"):
        assert secret not in shown


def test_the_vote_tells_who_was_who_once(api: TestClient) -> None:
    duel = started(api)
    place = f"/api/duels/{duel['id']}"
    told = api.post(f"{place}/vote", json={"choice": "b"}, headers=ANN).json()
    labels = {each["side"]: each["label"] for each in told["arms"]}
    assert set(labels.values()) == {"temperature = 0.4", "temperature = 1.1"}
    best = max(told["standings"]["rows"], key=lambda row: row["rating"])
    assert best["label"] == labels["b"]
    for each in told["arms"]:
        work = api.get(f"/api/works/{each['work']}", headers=ANN).json()
        assert f"temperature = {work['inputs']['temperature']}" == each["label"]
    again = api.post(f"{place}/vote", json={"choice": "a"}, headers=ANN)
    assert code_of(again, 422) == "vote_twice"
    assert api.get(place, headers=ANN).json()["choice"] == "b"
    assert api.get("/api/standings/writing").json()["votes"] == 1


def test_another_persons_duel_is_not_there(api: TestClient) -> None:
    duel = started(api)
    place = f"/api/duels/{duel['id']}"
    assert code_of(api.get(place, headers=BOB), 404) == "no_duel"
    assert code_of(api.post(f"{place}/vote", json={"choice": "a"}, headers=BOB), 404) == "no_duel"
    file = next(iter(duel["sides"][0]["outputs"][0]["files"].values()))
    assert api.get(file, headers=ANN).status_code == 200
    assert code_of(api.get(file, headers=BOB), 404) == "no_duel"
    assert code_of(api.get(f"{place}/files/d/1/x.md", headers=ANN), 404) == "no_file"


def test_it_comes_as_events_when_asked(api: TestClient) -> None:
    answer = api.post("/api/duels?stream=1", json=BRIEF, headers=ANN)
    assert answer.headers["content-type"].startswith("text/event-stream")
    names = [line[7:] for line in answer.text.splitlines() if line.startswith("event: ")]
    assert names[-1] == "duel"
    assert {"progress", "text"} <= set(names)
    assert "temperature" not in answer.text


def test_its_stream_tells_place_and_estimate_while_it_waits(api: TestClient) -> None:
    started(api)  # what a step costs is learnt from works before
    answer = api.post("/api/duels?stream=1", json=BRIEF, headers=ANN)
    lines = answer.text.splitlines()
    progress = [
        json.loads(data.removeprefix("data: "))
        for name, data in pairwise(lines)
        if name == "event: progress"
    ]
    waiting = [each for each in progress if each["stage"] == "waiting"]
    assert any(each["estimate_s"] is not None for each in waiting)
    after = [each for each in progress if each["stage"] != "waiting"]
    assert all(each["estimate_s"] is None and each["position"] is None for each in after)


@pytest.mark.parametrize(
    "wrong",
    [
        {"arms": []},
        {"arms": ARMS[:1]},
        {"arms": ARMS * 3},
        {"arms": [{}, {}]},
        {"arms": [{"settings": {"text": "a secret"}}, ARMS[0]]},
        {"arms": [{"settings": {"kind": ["a secret"]}}, ARMS[0]]},
        {"arms": [{"label": "a secret", "settings": {}}, ARMS[0]]},
        {"arms": "both"},
        {"inputs": ["the moon"]},
        {"colour": "red"},
        {"craft": "opera"},
    ],
)
def test_what_is_no_duel_is_refused(api: TestClient, wrong: dict[str, Any]) -> None:
    answer = api.post("/api/duels", json={**BRIEF, **wrong}, headers=ANN)
    assert code_of(answer, answer.status_code) in ("arms", "duel_brief", "no_craft")
    assert answer.status_code in (404, 422)
    assert "secret" not in api.get("/api/standings/writing").text


def test_a_vote_for_no_side(api: TestClient) -> None:
    duel = started(api)
    answer = api.post(f"/api/duels/{duel['id']}/vote", json={"choice": "d"}, headers=ANN)
    assert code_of(answer, 422) == "no_side"
