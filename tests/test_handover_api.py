"""Hand-overs over HTTP, and `studio rebuild`."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from studio.__main__ import main
from studio.api import create_app

USER = {"X-Studio-User": "a-person-of-the-tests"}
SMALL = {"finish": "smooth", "size": "256", "n": 1}


@pytest.fixture
def client(studio, locales) -> Iterator[TestClient]:
    with TestClient(create_app(studio, locales)) as client:
        yield client


def poem(client: TestClient) -> str:
    brief = {"text": "first frost on the tram lines", "form": "haiku"}
    return str(client.post("/api/generate/poetry", json=brief, headers=USER).json()["id"])


def test_a_poem_goes_to_a_picture_and_both_are_one_lineage(client):
    work = poem(client)
    place = f"/api/works/{work}/hand-over"
    names = [each["name"] for each in client.get(place, headers=USER).json()["hand_overs"]]
    assert "poem_picture" in names
    told = client.post(place, json={"version": 1, "name": "poem_picture"}, headers=USER).json()
    assert told["craft"] == "image"
    assert {"name": "style", "text": told["inputs"]["style"]} in told["said"]
    made = client.post("/api/generate/image", json={**told["inputs"], **SMALL}, headers=USER)
    assert made.status_code == 200, made.text
    found = client.get(f"/api/works/{work}/lineage", headers=USER).json()["works"]
    assert [each["craft"] for each in found] == ["poetry", "image"]
    assert found[1]["links"] == [{"work": work, "version": 1, "relation": "poem_picture"}]


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"version": 1, "name": "<script>"}, 422, "handover_name"),
        ({"version": 7, "name": "poem_picture"}, 404, "no_version"),
        ({"version": "one", "name": "poem_picture"}, 422, "no_number"),
    ],
)
def test_what_can_not_go_over_is_said(client, given, status, code):
    answer = client.post(f"/api/works/{poem(client)}/hand-over", json=given, headers=USER)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_nobody_hands_on_another_ones_work(client):
    other = {"X-Studio-User": "another-person-of-tests"}
    place = f"/api/works/{poem(client)}/hand-over"
    answer = client.post(place, json={"name": "poem_picture"}, headers=other)
    assert answer.status_code == 404
    assert client.get(place.replace("hand-over", "lineage"), headers=other).status_code == 404


def test_an_exported_file_is_made_again_with_its_chain(client, tmp_path, monkeypatch, capsys):
    work = poem(client)
    place = f"/api/works/{work}/hand-over"
    told = client.post(place, json={"name": "poem_picture"}, headers=USER).json()
    made = client.post("/api/generate/image", json={**told["inputs"], **SMALL}, headers=USER)
    url = made.json()["outputs"][0]["files"]["picture.png"]
    file = tmp_path / "picture.png"
    file.write_bytes(client.get(url, headers=USER).content)

    monkeypatch.setenv("STUDIO_FAKE", "1")
    monkeypatch.setenv("STUDIO_DATA_DIR", str(tmp_path / "elsewhere"))
    assert main(["rebuild", str(file), "--out", str(tmp_path / "out"), "--json"]) == 0
    works = json.loads(capsys.readouterr().out)
    assert [each["craft"] for each in works] == ["poetry", "image"]
    assert works[1]["links"] == [[works[0]["id"], 1, "poem_picture"]]
    assert list((tmp_path / "out" / "02-image").rglob("*.png"))
    poem_again = next((tmp_path / "out" / "01-poetry").rglob("*.txt"), None)
    first = client.get(f"/api/works/{work}", headers=USER).json()["outputs"][0]["text"]
    assert poem_again is None or first.splitlines()[0] in poem_again.read_text("utf-8")
    assert main(["rebuild", str(tmp_path / "nothing.png")]) == 1
