"""The colours of a picture over HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.locales import Locales
from studio.service import Studio

ANN = {"X-Studio-User": "ann-" + "a" * 20}
BOB = {"X-Studio-User": "bob-" + "b" * 20}


@pytest.fixture
def client(studio: Studio, locales: Locales) -> TestClient:
    return TestClient(create_app(studio, locales), raise_server_exceptions=False)


def _made(client: TestClient, craft: str, **form: object) -> dict[str, Any]:
    answer = client.post(f"/api/generate/{craft}", json=form, headers=ANN)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def test_a_pictures_colours_come_in_every_format(client: TestClient) -> None:
    work = _made(client, "image", text="red on black", n=1, size="256", finish="smooth", seed=3)
    place = f"/api/works/{work['id']}/colours/1"
    told = client.get(f"{place}?n=4", headers=ANN).json()
    assert 2 <= len(told["colours"]) <= 4
    css = client.get(f"{place}?format=css&n=4&lang=zh", headers=ANN)
    assert css.headers["content-type"].startswith("text/css")
    assert "atelier-colours.css" in css.headers["content-disposition"]
    assert all(each["hex"] in css.text and each["name"]["zh"] in css.text
               for each in told["colours"])  # fmt: skip
    assert client.get(f"{place}?format=ase", headers=ANN).content.startswith(b"ASEF")
    assert client.get(f"{place}?format=gpl", headers=ANN).text.startswith("GIMP Palette")
    assert client.get(place, headers=BOB).status_code == 404


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("1?format=aco", 422),
        ("1?n=1", 422),
        ("1?n=99", 422),
        ("1?lang=fr", 422),
        ("7", 404),
        ("0", 404),
    ],
)
def test_what_can_not_be_is_refused(client: TestClient, address: str, status: int) -> None:
    work = _made(client, "image", text="red on black", n=1, size="256", finish="smooth", seed=3)
    answer = client.get(f"/api/works/{work['id']}/colours/{address}", headers=ANN)
    assert answer.status_code == status
    assert answer.json()["error"]["message"]


def test_a_text_has_no_colours(client: TestClient) -> None:
    work = _made(client, "writing", text="a lighthouse", seed=3)
    answer = client.get(f"/api/works/{work['id']}/colours/1", headers=ANN)
    assert answer.status_code == 404
