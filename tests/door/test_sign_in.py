"""Whoever has no key stands outside; whoever has one is the same person everywhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from gradio import oauth
from starlette.testclient import TestClient

from studio.door.accounts import LEAST_SECRET, Accounts
from studio.door.guard import OPEN_TO_HUB
from studio.door.passwords import fits, hashed
from studio.door.sign_in import local
from studio.errors import InvalidInput
from studio.secret import Secret
from studio.settings import Settings
from tests.door.conftest import ANN, API_KEY, BOB, SECRET, House, Open

OPEN = {"/healthz", "/sign-in", "/sign-in/face.woff2"}
WATCHED = {"/metrics", "/readyz"}
WRITING = {"text": "a lighthouse in fog", "seed": 3, "length": "short"}


def sign_in(client: httpx.Client, pair: str, following: str = "/") -> httpx.Response:
    name, _, password = pair.partition(":")
    form = {"name": name, "password": password, "next": following}
    return client.post("/sign-in", data=form)


def routes(app: Any) -> Iterator[tuple[str, str]]:
    """(method, path) of everything that is served, mounted apps too, with holes filled."""
    for route in app.routes:
        inner = getattr(route, "app", None) or getattr(route, "original_router", None)
        if getattr(route, "methods", None):
            path = route.path.replace("{path_or_url:path}", "x").replace(":path", "")
            for hole in ("{", "}"):
                path = path.replace(hole, "")
            yield from ((method, path) for method in sorted(route.methods))
        elif inner is not None and hasattr(inner, "routes"):
            yield from ((m, getattr(route, "path", "") + path) for m, path in routes(inner))


class TestOutside:
    def test_every_route_is_closed_to_strangers(self, house: House, stranger: httpx.Client) -> None:
        """Of the API, of /v1, of the page, its queue, files and uploads: whatever there is."""
        served = set(routes(house.app))
        assert {("POST", "/gradio_api/queue/join"), ("POST", "/gradio_api/upload")} <= served
        assert ("GET", "/api/history") in served
        assert ("POST", "/v1/chat/completions") in served
        for method, path in served:
            if path not in OPEN | WATCHED:
                status = stranger.request(method, path).status_code
                assert status == 401, (method, path, status)

    def test_the_page_leads_to_the_form_and_back(self, stranger: httpx.Client) -> None:
        answer = stranger.get("/?item=7", headers={"Accept": "text/html"})
        assert answer.status_code == 303
        assert answer.headers["location"] == "/sign-in?next=/%3Fitem%3D7"
        form = stranger.get(answer.headers["location"])
        assert 'value="/?item=7"' in form.text

    def test_it_says_that_it_lives(self, stranger: httpx.Client) -> None:
        assert stranger.get("/healthz").status_code == 200

    def test_the_counters_are_for_this_machine_or_the_key(self, stranger: httpx.Client) -> None:
        assert stranger.get("/metrics").status_code == 200
        elsewhere = {"X-Forwarded-For": "203.0.113.9"}
        assert stranger.get("/metrics", headers=elsewhere).status_code == 401
        with_key = elsewhere | {"Authorization": f"Bearer {API_KEY}"}
        assert stranger.get("/metrics", headers=with_key).status_code == 200
        assert stranger.get("/api/history", headers=with_key).status_code == 401

    def test_the_error_is_a_sentence_in_the_clients_language(self, stranger: httpx.Client) -> None:
        english = stranger.get("/api/history").json()["error"]
        chinese = stranger.get("/v1/models", headers={"Accept-Language": "zh-CN"}).json()["error"]
        assert (english["code"], english["message"]) == ("sign_in", "Please sign in.")
        assert chinese["message"] == "请先登录。"

    @pytest.mark.parametrize("cookie", ["", "x", "YW5u.x.y", '["ann","0"]'])
    def test_a_forged_session_opens_nothing(self, stranger: httpx.Client, cookie: str) -> None:
        headers = {"Cookie": f"atelier-session={cookie}"}
        assert stranger.get("/api/history", headers=headers).status_code == 401


class TestInside:
    def test_a_password_opens_the_page(self, stranger: httpx.Client) -> None:
        answer = sign_in(stranger, BOB, "/?item=7")
        assert (answer.status_code, answer.headers["location"]) == (303, "/?item=7")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        assert "secure" not in cookie.lower()
        assert stranger.get("/", headers={"Accept": "text/html"}).status_code == 200
        assert stranger.get("/config").status_code == 200

    def test_signing_out_ends_it(self, stranger: httpx.Client) -> None:
        sign_in(stranger, ANN)
        answer = stranger.post("/sign-out")
        assert answer.headers["location"] == "/sign-in?out=1"
        assert stranger.get("/api/history").status_code == 401

    def test_a_wrong_password_keeps_the_name_and_says_so(self, stranger: httpx.Client) -> None:
        answer = sign_in(stranger, 'ann"><b>:wrong')
        assert answer.status_code == 401
        assert 'role="alert"' in answer.text
        assert "ann&#34;&gt;&lt;b&gt;" in answer.text
        assert "set-cookie" not in answer.headers

    def test_one_is_the_same_person_by_form_password_and_key(
        self, stranger: httpx.Client, ann: httpx.Client, house: House
    ) -> None:
        sign_in(stranger, ANN)
        key = ann.get("/api/key").json()["key"]
        with house.visitor(Authorization=f"Bearer {key}") as program:
            ids = {c.get("/api/history").json()["user"] for c in (stranger, ann, program)}
            assert len(ids) == 1
            assert program.get("/v1/models").status_code == 200

    def test_nobody_is_somebody_else_by_a_header(
        self, ann: httpx.Client, bob: httpx.Client
    ) -> None:
        of_ann = ann.get("/api/history").json()["user"]
        answer = bob.get("/api/history", headers={"X-Studio-User": of_ann})
        assert answer.json()["user"] == bob.get("/api/history").json()["user"] != of_ann

    def test_another_sites_page_can_not_act_for_somebody(self, stranger: httpx.Client) -> None:
        sign_in(stranger, ANN)
        forged = {"Sec-Fetch-Site": "cross-site"}
        answer = stranger.post("/api/generate/writing", json=WRITING, headers=forged)
        assert answer.status_code == 403
        assert stranger.post("/sign-out", headers=forged).status_code == 403

    def test_behind_https_the_cookie_stays_there(self, open_app: Open) -> None:
        app = open_app(STUDIO_AUTH=ANN, STUDIO_SECRET=SECRET, STUDIO_PROXY="1")
        client = TestClient(app, follow_redirects=False)
        client.headers["X-Forwarded-Proto"] = "https"
        assert "Secure" in sign_in(client, ANN).headers["set-cookie"]


class TestAttempts:
    def test_guessing_ends_soon(self, open_app: Open) -> None:
        client = TestClient(open_app(STUDIO_AUTH=ANN, STUDIO_SECRET=SECRET), follow_redirects=False)
        answers = [sign_in(client, "ann:wrong") for _ in range(11)]
        assert [each.status_code for each in answers] == [401] * 10 + [429]
        assert int(answers[-1].headers["retry-after"]) > 0
        assert sign_in(client, ANN).status_code == 429
        basic = {"Authorization": "Basic " + base64.b64encode(b"ann:other").decode()}
        assert client.get("/api/history", headers=basic).status_code == 429


class TestAccounts:
    def accounts(self, given: str, secret: str = SECRET) -> Accounts:
        settings = Settings.from_environ({"STUDIO_AUTH": given, "STUDIO_SECRET": secret})
        accounts = Accounts.of(settings)
        assert accounts is not None
        return accounts

    def test_passwords_may_be_hashed(self) -> None:
        stored = hashed("打开门")
        assert stored != hashed("打开门")
        assert fits(stored, "打开门")
        assert not fits(stored, "打开窗")
        assert self.accounts(f"li:{stored} wu:plain").lets_in("li", "打开门")

    def test_a_new_password_ends_sessions_and_keys_but_not_the_person(self) -> None:
        old, new = self.accounts("ann:one"), self.accounts("ann:two")
        assert old.of_session(old.session("ann")) == "ann" == old.of_key(old.key("ann"))
        assert new.of_session(old.session("ann")) is None
        assert new.of_key(old.key("ann")) is None
        assert new.person("ann") == old.person("ann")

    def test_a_session_is_no_key_and_dies_with_its_account(self) -> None:
        both, one = self.accounts("ann:one bob:two"), self.accounts("ann:one")
        assert both.of_key(both.session("ann")) is None
        assert both.of_session(both.key("ann")) is None
        assert one.of_session(both.session("bob")) is None

    def test_ids_depend_on_the_secret(self) -> None:
        other = self.accounts("ann:one", SECRET + "!")
        assert other.person("ann") != self.accounts("ann:one").person("ann")

    @pytest.mark.parametrize("given", ["ann", "ann:", ":pw", "ann:scrypt$9$9", "@/no/such/file"])
    def test_what_can_not_be_read_stops_the_start_and_is_not_shown(self, given: str) -> None:
        with pytest.raises(InvalidInput) as caught:
            self.accounts(given)
        assert caught.value.code == "setting_auth"
        assert given not in str(caught.value.__dict__)

    def test_a_known_secret_stops_the_start(self) -> None:
        with pytest.raises(InvalidInput, match="STUDIO_SECRET"):
            self.accounts("ann:one", "x" * (LEAST_SECRET - 1))
        with pytest.raises(InvalidInput, match="STUDIO_SECRET"):
            Accounts.of(Settings.from_environ({"STUDIO_AUTH": "ann:one"}))

    def test_without_the_setting_there_is_no_door(self) -> None:
        assert Accounts.of(Settings.from_environ({})) is None


class TestHub:
    """Hugging Face's word, as gradio's routes leave it in the session; the hub itself is faked."""

    @pytest.fixture
    def client(self, open_app: Open) -> TestClient:
        app = open_app(STUDIO_AUTH="hf ann", STUDIO_SECRET=SECRET, SPACE_ID="a/b")
        inner = app._around

        def with_session(asked: Any) -> Any:
            async def faked(scope: Any, receive: Any, send: Any) -> None:
                said = dict(scope.get("headers", ())).get(b"x-hub-says", b"").decode()
                told = {"userinfo": {"preferred_username": said}, "access_token": "t"}
                scope["session"] = {"oauth_info": told} if said else {}
                await asked(scope, receive, send)

            return inner(faked)

        app._around = with_session
        return TestClient(app, base_url="https://testserver", follow_redirects=False)

    def test_the_page_leads_to_the_hub(self, client: TestClient) -> None:
        page = client.get("/sign-in").text
        assert "/login/huggingface?_target_url=/sign-in/hf" in page
        assert 'type="password"' not in page
        assert sign_in(client, "ann:hugging face").status_code == 401

    def test_a_name_that_the_hub_vouches_for_comes_in(self, client: TestClient) -> None:
        answer = client.get("/sign-in/hf", headers={"X-Hub-Says": "ann"})
        assert answer.status_code == 303
        assert client.get("/api/history").status_code == 200

    @pytest.mark.parametrize("name", ["", "mallory"])
    def test_nobody_else_does(self, client: TestClient, name: str) -> None:
        assert client.get("/sign-in/hf", headers={"X-Hub-Says": name}).status_code == 403
        assert client.get("/api/history").status_code == 401

    def test_in_the_hubs_frame_the_cookie_is_sent(self, client: TestClient) -> None:
        cookie = client.get("/sign-in/hf", headers={"X-Hub-Says": "ann"}).headers["set-cookie"]
        assert "samesite=none" in cookie.lower()
        assert "Secure" in cookie

    def test_gradio_has_the_routes_that_the_page_leads_to(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(oauth, "get_space", lambda: "a/b")
        for name in ("CLIENT_ID", "CLIENT_SECRET", "SCOPES"):
            monkeypatch.setattr(oauth, f"OAUTH_{name}", "openid")
        monkeypatch.setattr(oauth, "OPENID_PROVIDER_URL", "https://hub.invalid")
        app = FastAPI()
        oauth.attach_oauth(app)
        assert OPEN_TO_HUB - {"/sign-in/hf"} <= {path for _, path in routes(app)}

    def test_off_a_space_the_hub_can_not_vouch(self) -> None:
        with pytest.raises(InvalidInput, match="Space"):
            Accounts.of(Settings.from_environ({"STUDIO_AUTH": "hf", "STUDIO_SECRET": SECRET}))

    def test_everybody_with_an_account_may_be_meant(self) -> None:
        accounts = Accounts({}, Secret(SECRET), hub=True)
        assert accounts.of_session(accounts.session("anybody")) == "anybody"
        assert not accounts.lets_in("anybody", "hugging face")


@pytest.mark.parametrize(
    "place", ["//evil.example", "https://evil.example", "/\\evil.example", "", "x", "/\nx"]
)
def test_after_signing_in_nobody_is_led_elsewhere(place: str) -> None:
    assert local(place) == "/"
    assert local("/?item=7") == "/?item=7"
