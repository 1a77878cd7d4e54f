"""Brand cards over HTTP: what a client of one person can and an other can not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from studio.ads.brand import Brand
from studio.api import create_app

ANN, BOB = {"X-Studio-User": "ann-" + "a" * 20}, {"X-Studio-User": "bob-" + "b" * 20}
CARD = {"name": "Morrow", "voice": ["warm"], "colours": ["#1f6f5c"]}


@pytest.fixture
def client(studio, locales) -> Iterator[TestClient]:
    with TestClient(create_app(studio, locales), raise_server_exceptions=False) as client:
        yield client


def saved(client: TestClient, **more: object) -> dict[str, object]:
    answer = client.post("/api/brands", json={**CARD, **more}, headers=ANN)
    assert answer.status_code == 200
    return {name: value for name, value in answer.json().items() if name != "user"}


def test_a_card_is_saved_listed_read_and_exported(client):
    first = saved(client)
    second = saved(client, id=first["id"], voice=["dry"])
    assert (first["version"], second["version"]) == (1, 2)
    listed = client.get("/api/brands", headers=ANN).json()["brands"]
    assert [(each["name"], each["version"]) for each in listed] == [("Morrow", 2)]
    place = f"/api/brands/{first['id']}"
    assert client.get(place, headers=ANN).json() == second
    assert client.get(place, params={"version": 1}, headers=ANN).json() == first
    versions = client.get(f"{place}/versions", headers=ANN).json()["versions"]
    assert [each["version"] for each in versions] == [2, 1]
    file = client.get(f"{place}/export", headers=ANN)
    assert file.headers["content-disposition"] == 'attachment; filename="brand.json"'
    assert Brand.read(file.text).voice == ("dry",)


def test_an_old_version_comes_back_and_all_can_be_erased(client):
    first = saved(client)
    saved(client, id=first["id"], voice=["dry"])
    place = f"/api/brands/{first['id']}"
    restored = client.post(f"{place}/restore", params={"version": 1}, headers=ANN).json()
    assert (restored["version"], restored["voice"]) == (3, ["warm"])
    assert client.delete(place, headers=ANN).status_code == 204
    assert client.get(place, headers=ANN).status_code == 404


def test_another_person_finds_nothing(client):
    place = f"/api/brands/{saved(client)['id']}"
    assert client.get("/api/brands", headers=BOB).json()["brands"] == []
    for answer in (
        client.get(place, headers=BOB),
        client.get(f"{place}/versions", headers=BOB),
        client.get(f"{place}/export", headers=BOB),
        client.post(f"{place}/restore", params={"version": 1}, headers=BOB),
        client.delete(place, headers=BOB),
    ):
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "no_brand"
    assert client.get(place, headers=ANN).status_code == 200


def test_what_is_wrong_is_told_in_the_clients_language(client):
    chinese = ANN | {"Accept-Language": "zh-CN"}
    answer = client.post("/api/brands", json={**CARD, "slogan": "x"}, headers=chinese)
    assert answer.status_code == 422
    told = answer.json()["error"]
    assert told["code"] == "brand_unknown"
    assert "slogan" in told["message"]
    assert "品牌" in told["message"]


def test_colours_come_out_of_a_picture(client, a_logo_file):
    answer = client.post("/api/brands/colours", content=a_logo_file, headers=ANN).json()
    assert answer["colours"] == ["#c8102e", "#1a1a1a"]
    assert saved(client, logo=answer["logo"])["logo"] == answer["logo"]
    bad = client.post("/api/brands/colours", content=b"no picture", headers=ANN)
    assert (bad.status_code, bad.json()["error"]["code"]) == (422, "no_picture")
    heavy = client.post("/api/brands/colours", content=bytes(17 * 2**20), headers=ANN)
    assert heavy.status_code == 413


def test_three_answers_make_a_card(client):
    answers = {"name": "Lowtide", "sells": "soap for swimmers", "feels": "dry, fresh"}
    card = client.post("/api/brands/questions", json=answers).json()
    assert (card["name"], card["audience"], card["version"]) == ("Lowtide", "swimmers", 0)
    odd = client.post("/api/brands/questions", json={"mood": "calm"})
    assert odd.json()["error"]["code"] == "no_field"
