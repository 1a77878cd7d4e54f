"""Melodies over HTTP: a file is read, worked on, and heard in another format."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
import soundfile
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.locales import Locales
from studio.melodies import MOST_UPLOAD_BYTES
from studio.service import Studio

ANN = {"X-Studio-User": "ann-" + "a" * 20}
BOB = {"X-Studio-User": "bob-" + "b" * 20}
ABC = "X:1\nT:Brought\nM:4/4\nL:1/4\nQ:1/4=90\nK:D\nDFAF | GABc | d2 A2 | D4 |]\n"


@pytest.fixture
def client(studio: Studio, locales: Locales) -> TestClient:
    return TestClient(create_app(studio, locales), raise_server_exceptions=False)


def uploaded(client: TestClient) -> dict[str, Any]:
    answer = client.post("/api/melodies?name=brought.abc", content=ABC.encode(), headers=ANN)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def generated(client: TestClient, **form: object) -> dict[str, Any]:
    answer = client.post("/api/generate/melody", json=form, headers=ANN)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_file_is_read_and_its_start_goes_straight_into_the_form(client: TestClient) -> None:
    found = uploaded(client)
    assert found["kind"] == "abc"
    assert found["analysis"]["bars"] == 4
    assert found["plan"]["key"] == "D"
    start = {"verb": "transpose", "of": found["start"], "semitones": 2}
    work = generated(client, start=start)
    assert work["plan"]["key"] == "E"
    assert work["outputs"][0]["data"]["verb"] == "transpose"


def test_a_take_is_worked_on_by_its_own_numbers(client: TestClient) -> None:
    first = generated(client, text="calm", bars=4, n=1, seed=3)
    take = first["outputs"][0]
    kept = {"abc": take["text"], "plan": take["data"]["plan"], "work": first["id"], "version": 1}
    work = generated(client, start={"verb": "continue", "of": kept, "bars": 4}, n=1)
    assert work["plan"]["bars"] == 8
    assert work["outputs"][0]["data"]["parents"] == [{"work": first["id"], "version": 1}]


def test_sound_comes_in_the_asked_format_and_rate(client: TestClient) -> None:
    work = generated(client, text="calm", bars=4, n=1, seed=3)
    place = f"/api/works/{work['id']}/sound/1"
    answer = client.get(f"{place}?format=flac&rate=16000", headers=ANN)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "audio/flac"
    assert "melody.flac" in answer.headers["content-disposition"]
    assert soundfile.info(io.BytesIO(answer.content)).samplerate == 16000
    assert client.get(f"{place}?format=mp3", headers=ANN).headers["content-type"] == "audio/mpeg"
    assert client.get(place, headers=BOB).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("sound/1?format=exe", 422),
        ("sound/1?rate=12", 422),
        ("sound/1?rate=fast", 422),
        ("sound/7", 404),
        ("sound/0", 404),
    ],
)
def test_what_can_not_be_heard_is_told(client: TestClient, address: str, status: int) -> None:
    work = generated(client, text="calm", bars=4, n=1, seed=3)
    answer = client.get(f"/api/works/{work['id']}/{address}", headers=ANN)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_bad_uploads_get_a_sentence(client: TestClient) -> None:
    for name, content in (("x.mid", b"MThd"), ("x.abc", b"la la"), ("x", b""), ("x.wav", b"RIFF")):
        answer = client.post(f"/api/melodies?name={name}", content=content, headers=ANN)
        assert answer.status_code == 422, name
        assert answer.json()["error"]["message"]
        assert "Traceback" not in answer.text
    answer = client.post("/api/melodies?name=x.mid", content=bytes(MOST_UPLOAD_BYTES + 1))
    assert answer.status_code == 413
    assert client.post("/api/melodies", content=b"x").status_code == 422


def test_a_wrong_start_is_a_422_that_says_why(client: TestClient) -> None:
    kept = {"abc": ABC}
    for start, code in (
        ({"verb": "fly", "of": kept}, "melody_value"),
        ({"verb": "edit", "of": kept, "abc": ABC.replace("D4", "D5")}, "melody_bar"),
        ("{", "melody_start"),
    ):
        answer = client.post("/api/generate/melody", json={"start": start}, headers=ANN)
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == code
    deep = '{"start": ' + "[" * 30_000 + "]" * 30_000 + "}"
    answer = client.post("/api/generate/melody", content=deep, headers=ANN)
    assert answer.status_code == 422


def test_the_form_of_the_craft_is_told(client: TestClient) -> None:
    crafts = {each["name"]: each for each in client.get("/api/crafts").json()["crafts"]}
    names = [each["name"] for each in crafts["melody"]["fields"]]
    assert {"text", "mood", "accompaniment", "words", "start"} <= set(names)
    assert json.dumps(crafts["melody"])
