"""How often and how much: said with a status, a sentence, and what to wait for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.testclient import TestClient

from studio.door.asgi import address
from studio.door.body_limits import most_bytes
from studio.errors import InvalidInput
from tests.door.conftest import ANN, SECRET, House, Open

NOTE = {"text": "a lighthouse", "seed": 3, "length": "short"}
WHO, OTHER = {"X-Studio-User": "w" * 20}, {"X-Studio-User": "o" * 20}


def asked(client: TestClient, **headers: str) -> httpx.Response:
    """A request for work that is turned down cheaply, if it is let through at all."""
    answer: httpx.Response = client.post("/api/generate/writing", json={}, headers=headers)
    return answer


class TestRates:
    def test_one_person_is_slowed_and_others_are_not(self, open_app: Open) -> None:
        client = TestClient(open_app(STUDIO_RATE="3/minute"))
        assert [asked(client, **WHO).status_code for _ in range(4)] == [422, 422, 422, 429]
        assert asked(client, **OTHER).status_code == 422

    def test_it_says_how_long_to_wait_in_both_languages(self, open_app: Open) -> None:
        client = TestClient(open_app(STUDIO_RATE="1/minute"))
        asked(client, **WHO)
        answer = asked(client, **WHO)
        assert 0 < int(answer.headers["retry-after"]) <= 60
        told = answer.json()
        assert told["error"]["code"] == "too_many"
        assert told["detail"] == told["error"]["message"]
        assert answer.headers["retry-after"] in told["detail"]
        chinese = asked(client, **WHO, **{"Accept-Language": "zh"}).json()["detail"]
        assert "秒后再试" in chinese

    def test_an_address_is_counted_for_all_who_sit_behind_it(self, open_app: Open) -> None:
        client = TestClient(open_app(STUDIO_ADDRESS_RATE="3/minute"))
        people = [{"X-Studio-User": str(n) * 20} for n in range(4)]
        assert [asked(client, **who).status_code for who in people] == [422, 422, 422, 429]

    def test_looking_is_free(self, open_app: Open) -> None:
        client = TestClient(open_app(STUDIO_RATE="1/minute", STUDIO_ADDRESS_RATE="1/minute"))
        asked(client)
        assert asked(client).status_code == 429
        for path in ("/healthz", "/readyz", "/metrics", "/api/crafts", "/api/history"):
            assert client.get(path).status_code == 200

    def test_openais_clients_are_counted_too(self, open_app: Open) -> None:
        client = TestClient(open_app(STUDIO_RATE="1/minute"))
        answers = [client.post("/v1/chat/completions", json={}, headers=WHO) for _ in range(2)]
        assert answers[1].status_code == 429
        assert answers[1].json()["error"]["type"] == "rate_limit_error"

    def test_who_is_signed_in_is_counted_whatever_they_call_themselves(
        self, open_app: Open
    ) -> None:
        app = open_app(STUDIO_AUTH=ANN, STUDIO_SECRET=SECRET, STUDIO_RATE="2/minute")
        client = TestClient(app, headers={"Authorization": "Basic " + basic(ANN)})
        people = [{"X-Studio-User": str(n) * 20} for n in range(3)]
        assert [asked(client, **who).status_code for who in people] == [422, 422, 429]

    def test_a_proxys_word_counts_only_where_one_is_trusted(self, open_app: Open) -> None:
        far = [{"X-Forwarded-For": f"6.6.6.6, 203.0.113.{n}"} for n in range(3)]
        plain = TestClient(open_app(STUDIO_ADDRESS_RATE="2/minute"))
        assert [asked(plain, **each).status_code for each in far] == [422, 422, 429]
        proxied = TestClient(open_app(STUDIO_ADDRESS_RATE="2/minute", STUDIO_PROXY="1"))
        assert [asked(proxied, **each).status_code for each in far] == [422, 422, 422]
        made_up = [{"X-Forwarded-For": f"6.6.6.{n}, 203.0.113.9"} for n in range(3)]
        assert [asked(proxied, **each).status_code for each in made_up] == [422, 422, 429]

    def test_a_household_of_ipv6_is_one_address(self) -> None:
        one, two = ({"client": (f"2001:db8:1:2::{n}", 1)} for n in (1, 2))
        assert address(one) == address(two) != address({"client": ("2001:db8:1:3::1", 1)})
        assert address({"client": ("::1", 1)}) == "::1"

    def test_a_rate_that_is_none_stops_the_start(self, open_app: Open) -> None:
        with pytest.raises(InvalidInput, match="STUDIO_RATE"):
            open_app(STUDIO_RATE="often").build_middleware_stack()


def basic(pair: str) -> str:
    import base64

    return base64.b64encode(pair.encode()).decode()


def pieces(count: int, size: int = 2**20) -> Iterator[bytes]:
    for _ in range(count):
        yield b" " * size


class TestBodies:
    @pytest.mark.parametrize(
        "path", ["/api/generate/writing", "/api/brands", "/v1/chat/completions"]
    )
    def test_a_body_too_long_is_refused_however_it_comes(self, open_app: Open, path: str) -> None:
        client = TestClient(open_app())
        for body in (b" " * 1_100_000, pieces(2)):
            answer = client.post(path, content=body, headers={"Accept-Language": "zh"})
            assert answer.status_code == 413
            assert answer.json()["error"]["code"] == "body_too_large"
            assert any(each >= "\u4e00" for each in answer.json()["error"]["message"])

    def test_what_says_its_length_is_refused_unread(self, house: House) -> None:
        """The answer comes although nothing of the body was sent."""
        host = urlsplit(house.url)
        head = (
            "POST /gradio_api/upload HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n"
            f"Authorization: Basic {basic(ANN)}\r\nContent-Type: multipart/form-data; "
            "boundary=b\r\n\r\n"
        )
        with socket.create_connection((host.hostname, host.port), timeout=10) as line:
            line.sendall(head.encode())
            assert b" 413 " in line.recv(200)

    def test_the_pages_upload_has_a_limit_for_a_file_and_for_all(self, ann: httpx.Client) -> None:
        file = ("big.png", b"\0" * (41 * 2**20), "image/png")
        assert ann.post("/gradio_api/upload", files={"files": file}).status_code == 413
        half = b"--b\r\nContent-Disposition: form-data; name=files; filename=a\r\n\r\n"

        def endless() -> Iterator[bytes]:
            for _ in range(20):
                yield half + b"\0" * (4 * 2**20) + b"\r\n"

        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        try:
            answer = ann.post("/gradio_api/upload", content=endless(), headers=kind)
        except httpx.TransportError:
            return  # the server hung up on it
        assert answer.status_code == 413

    def test_a_form_to_sign_in_is_short(self, house: House) -> None:
        with house.visitor() as client:
            assert client.post("/sign-in", content=b"name=" + b"a" * 9000).status_code == 413

    def test_every_path_has_a_limit(self) -> None:
        assert most_bytes("/anything/else") == 1_000_000
        assert most_bytes("/gradio_api/queue/join") < most_bytes("/gradio_api/upload")


def test_the_door_of_a_studio_without_settings_lets_everybody_in(open_app: Open) -> None:
    client = TestClient(open_app())
    assert client.get("/api/history").status_code == 200
    assert client.get("/sign-in").status_code == 404
    assert client.get("/api/key").status_code == 404
