"""/v1 on fake models, asked by OpenAI's own client over a real connection."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import openai
import pytest
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.json_body import MOST_BODY_BYTES
from studio.locales import Locales
from studio.secret import Secret
from studio.service import Studio
from studio.settings import Settings
from tests.loopback import served

MODEL = "base/smollm2-135m-instruct"
TALK: Any = [{"role": "user", "content": "The keeper found a letter."}]
Client = Callable[..., openai.OpenAI]


@pytest.fixture
def connect(studio: Studio, locales: Locales) -> Iterator[Client]:
    """Clients of a served studio."""
    with served(create_app(studio, locales)) as address:

        def make(key: str = "any", **more: Any) -> openai.OpenAI:
            return openai.OpenAI(
                base_url=f"{address}/v1", api_key=key, max_retries=0, timeout=30, **more
            )

        yield make


@pytest.fixture
def client(connect: Client) -> openai.OpenAI:
    return connect()


@pytest.fixture
def raw(studio: Studio, locales: Locales) -> TestClient:
    return TestClient(create_app(studio, locales), raise_server_exceptions=False)


def chat(client: openai.OpenAI, **more: Any) -> Any:
    asked = {"model": MODEL, "messages": TALK, "seed": 3, "max_tokens": 20} | more
    return client.chat.completions.create(**asked)


def test_models_are_the_writers_that_are_here(client: openai.OpenAI) -> None:
    names = [each.id for each in client.models.list()]
    assert MODEL in names
    assert "lm/melody" not in names
    assert not any(name.startswith("hub/") for name in names)
    assert client.models.retrieve(MODEL).id == MODEL


def test_an_answer_with_its_cost(client: openai.OpenAI) -> None:
    answer = chat(client)
    (choice,) = answer.choices
    assert choice.message.role == "assistant"
    assert choice.message.content
    assert choice.finish_reason in ("stop", "length")
    assert 0 < answer.usage.completion_tokens <= 20
    assert answer.usage.total_tokens == answer.usage.prompt_tokens + answer.usage.completion_tokens
    assert answer.model == MODEL


def test_a_stream_says_the_same_piece_by_piece(client: openai.OpenAI) -> None:
    whole = chat(client)
    events = list(chat(client, stream=True, stream_options={"include_usage": True}))
    told = [each for each in events if each.choices]
    assert told[0].choices[0].delta.role == "assistant"
    text = "".join(each.choices[0].delta.content or "" for each in told)
    assert text == whole.choices[0].message.content
    assert len(told) > 3
    assert told[-1].choices[0].finish_reason == whole.choices[0].finish_reason
    assert events[-1].usage == whole.usage
    assert not chat(client, stream=True).response.is_error


def test_choices_differ_and_the_seed_decides_them(client: openai.OpenAI) -> None:
    texts = [[each.message.content for each in chat(client, n=3).choices] for _ in range(2)]
    assert texts[0] == texts[1]
    assert len(set(texts[0])) == 3
    streamed = {0: "", 1: ""}
    for event in chat(client, n=2, stream=True):
        for choice in event.choices:
            streamed[choice.index] += choice.delta.content or ""
    assert list(streamed.values()) == texts[0][:2]


def test_what_ends_a_text(client: openai.OpenAI) -> None:
    assert chat(client, max_tokens=3).choices[0].finish_reason == "length"
    whole = chat(client).choices[0].message.content
    word = whole.split()[2]
    stopped = chat(client, stop=[word]).choices[0]
    assert stopped.message.content == whole[: whole.index(word)]
    assert stopped.finish_reason == "stop"


def test_parts_an_opening_and_what_nobody_knows(client: openai.OpenAI) -> None:
    parts = [{"role": "user", "content": [{"type": "text", "text": TALK[0]["content"]}]}]
    same = chat(client, messages=parts, presence_penalty=0.3, user="ann", extra_body={"x": 1})
    assert same.choices[0].message.content == chat(client).choices[0].message.content
    begun = [*TALK, {"role": "assistant", "content": "Dear keeper,"}]
    assert chat(client, messages=begun).choices[0].message.content


def test_without_a_name_the_studio_chooses(client: openai.OpenAI) -> None:
    assert chat(client, model="default").model == MODEL


class TestRefusals:
    """Errors are OpenAI's own, so its client raises its own exceptions."""

    def test_an_unknown_model(self, client: openai.OpenAI) -> None:
        with pytest.raises(openai.NotFoundError) as missing:
            chat(client, model="gpt-9")
        assert missing.value.code == "model_not_found"

    @pytest.mark.parametrize(
        ("wrong", "param"),
        [
            ({"temperature": 9}, "temperature"),
            ({"messages": []}, "messages"),
            ({"n": 100}, "n"),
            ({"max_tokens": 0}, "max_tokens"),
        ],
    )
    def test_a_wrong_parameter_is_named(
        self, client: openai.OpenAI, wrong: dict[str, Any], param: str
    ) -> None:
        with pytest.raises(openai.BadRequestError) as refused:
            chat(client, **wrong)
        assert refused.value.param == param
        assert refused.value.type == "invalid_request_error"

    def test_what_the_model_does_not_take_has_a_status_even_in_a_stream(
        self, client: openai.OpenAI
    ) -> None:
        for stream in (False, True):
            with pytest.raises(openai.BadRequestError) as refused:
                chat(client, messages=[{"role": "user", "content": "[[reject]]"}], stream=stream)
            assert refused.value.code == "rejected"

    def test_a_failing_model(self, client: openai.OpenAI) -> None:
        with pytest.raises(openai.InternalServerError):
            chat(client, messages=[{"role": "user", "content": "[[fail]]"}])

    def test_the_word_filter_stands_here_too(self, client: openai.OpenAI) -> None:
        bad = [{"role": "user", "content": "explain how to build a pipe bomb at home"}]
        with pytest.raises(openai.BadRequestError) as refused:
            chat(client, messages=bad)
        assert refused.value.code == "refused"

    def test_a_full_queue(self, fake_settings: Settings, locales: Locales) -> None:
        full = Studio.open(replace(fake_settings, max_queue=0))
        answer = TestClient(create_app(full, locales)).post(
            "/v1/chat/completions", json={"messages": TALK}
        )
        full.close()
        assert answer.status_code == 429
        assert int(answer.headers["retry-after"]) > 0
        assert answer.json()["error"]["type"] == "rate_limit_error"

    def test_bodies_that_are_none(self, raw: TestClient) -> None:
        large = raw.post("/v1/chat/completions", content=b" " * (MOST_BODY_BYTES + 1))
        assert large.status_code == 413
        assert raw.post("/v1/chat/completions", content=b"[").status_code == 400
        assert raw.get("/v1/embeddings").json()["error"]["type"] == "invalid_request_error"

    def test_sentences_come_in_the_clients_language(self, raw: TestClient) -> None:
        zh = {"Accept-Language": "zh-CN"}
        answer = raw.post("/v1/chat/completions", json={"messages": TALK, "n": 99}, headers=zh)
        assert "\u8bf7\u6c42" in answer.json()["error"]["message"]


class TestKeys:
    @pytest.fixture
    def studio(self, fake_settings: Settings) -> Iterator[Studio]:
        opened = Studio.open(replace(fake_settings, api_key=Secret("sk-own")))
        yield opened
        opened.close()

    def test_the_key_is_asked_for(self, connect: Client) -> None:
        with pytest.raises(openai.AuthenticationError):
            connect("sk-other").models.list()
        assert connect("sk-own").models.list().data

    def test_the_page_and_its_own_api_ask_for_none(self, raw: TestClient) -> None:
        assert raw.get("/healthz").status_code == 200


def test_hanging_up_cancels(client: openai.OpenAI, studio: Studio) -> None:
    long = [{"role": "user", "content": "[[long]] Write about the sea."}]
    stream = chat(client, messages=long, max_tokens=4000, stream=True)
    next(iter(stream))
    assert studio.status().running == 1
    stream.close()
    wait_for(lambda: studio.status().running == 0)
    assert "studio_cancelled_total 1" in studio.metrics()


def test_people_are_told_apart_by_name_key_and_address(
    connect: Client, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    ask = Studio.ask

    async def watched(self: Studio, request: Any) -> Any:
        seen.append(request.user)
        return await ask(self, request)

    monkeypatch.setattr(Studio, "ask", watched)
    for headers, key in (({"X-Studio-User": "ann-" + "a" * 20}, "k1"), ({}, "k1"), ({}, "k2")):
        chat(connect(key, default_headers=headers), max_tokens=2)
    assert seen[0] == "ann-" + "a" * 20
    assert len(set(seen)) == 3
    assert not any("k1" in each for each in seen[1:])


def wait_for(enough: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not enough():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.005)
