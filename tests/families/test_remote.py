"""An endpoint as a card, over real connections: our own /v1, and servers that misbehave."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request as HttpRequest
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from studio.api import create_app
from studio.catalog import Card, Catalog
from studio.engine.family import Outside
from studio.engine.manager import Manager
from studio.errors import NotReady, StudioError
from studio.families.remote import Remote
from studio.locales import Locales
from studio.requests import Message, Request, Sampling
from studio.service import Studio
from studio.settings import Settings
from studio.sources.endpoint import endpoint_card
from tests.families.test_contract import OneCard
from tests.loopback import served

KEY = "sk-very-secret"
MODEL = "base/smollm2-135m-instruct"
TALK = (Message("user", "The keeper found a letter."),)
Answer = Callable[[HttpRequest, dict[str, Any]], Any]
Ask = Callable[..., Manager]


def settings_of(address: str, **more: str) -> Settings:
    given = {"STUDIO_ENDPOINT": f"{address}/v1", "STUDIO_ENDPOINT_KEY": KEY, **more}
    return Settings.from_environ(given)


def card_of(address: str, **more: object) -> Card:
    """The card of an endpoint, with pauses between tries that a test can wait for."""
    card = endpoint_card(settings_of(address, STUDIO_ENDPOINT_MODEL="tiny"))
    return replace(card, extra={**card.extra, "first_pause_s": 0.01, **more})


def ask(**more: Any) -> Request:
    fields: dict[str, Any] = {"card": "remote/tiny", "seed": 3, "messages": TALK}
    return Request(**(fields | {"sampling": Sampling(max_tokens=20)} | more))


@pytest.fixture
def open_card() -> Iterator[Callable[..., Manager]]:
    """An engine with the endpoint's card in it."""
    with ExitStack() as stack:

        def make(card: Card, *adapters: Card) -> Manager:
            family = Remote.open(card, Catalog([card, *adapters]), "cpu", "auto")
            return stack.enter_context(Manager(OneCard(family), budget_bytes=10**9))

        yield make


class Scripted:
    """A server whose answers the test writes; it remembers what it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.asked: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.at: list[float] = []
        self.left = threading.Event()
        self._answers = list(answers)
        routes = [
            Route("/v1/chat/completions", self._chat, methods=["POST"]),
            Route("/v1/models", self._models),
        ]
        self.app = Starlette(routes=routes)

    async def _chat(self, request: HttpRequest) -> Response:
        body = await request.json()
        self.asked.append(body)
        self.headers.append(dict(request.headers))
        self.at.append(time.monotonic())
        turn = min(len(self.asked), len(self._answers)) - 1
        return await self._answers[turn](request, body)

    async def _models(self, _: HttpRequest) -> Response:
        return JSONResponse({"data": [{"id": "first-of-the-list"}]})


def event(text: str = "", reason: str | None = None, **more: Any) -> str:
    choice = {"index": 0, "delta": {"content": text}, "finish_reason": reason}
    return f"data: {json.dumps({'choices': [choice], **more})}\n\n"


def saying(*events: str) -> Answer:
    async def answer(_: HttpRequest, __: dict[str, Any]) -> Response:
        async def body() -> AsyncIterator[str]:
            for each in events:
                yield each

        return StreamingResponse(body(), media_type="text/event-stream")

    return answer


def failing(status: int, message: str = "no", **headers: str) -> Answer:
    async def answer(_: HttpRequest, __: dict[str, Any]) -> Response:
        told = {"error": {"message": message, "type": "x", "code": None}}
        return JSONResponse(told, status_code=status, headers=headers)

    return answer


HELLO = saying(event("Hello "), event("there.", "stop"), "data: [DONE]\n\n")


class TestOurOwnServer:
    """The studio's /v1 behind the studio's own family."""

    @pytest.fixture
    def address(self, studio: Studio, locales: Locales) -> Iterator[str]:
        with served(create_app(studio, locales)) as address:
            yield address

    @pytest.fixture
    def card(self, address: str) -> Card:
        return endpoint_card(settings_of(address, STUDIO_ENDPOINT_MODEL=MODEL))

    def test_a_text_streams_through_and_says_what_it_cost(
        self, open_card: Ask, card: Card, studio: Studio
    ) -> None:
        async def read() -> list[str]:
            ticket = open_card(card).submit(ask())
            return [chunk.text async for chunk in ticket if chunk.text]

        pieces = asyncio.run(read())
        assert len(pieces) > 3
        request = ask(card=MODEL, opening="")
        here = asyncio.run(studio.ask(replace(request, user="ada"))).result(30)
        assert "".join(pieces) == here.text

    def test_usage_is_the_servers_own_count(self, open_card: Ask, card: Card) -> None:
        usage = open_card(card).submit(ask()).result(30).usage
        assert 0 < usage.output_tokens <= 20
        assert usage.prompt_tokens > 0
        assert usage.first_token_ms > 0

    def test_a_cancel_frees_the_servers_slot(
        self, open_card: Ask, card: Card, studio: Studio
    ) -> None:
        manager = open_card(card)
        ticket = manager.submit(ask(sampling=Sampling(max_tokens=4000), messages=LONG))
        wait_for(lambda: bool(ticket.so_far.text))
        assert studio.status().running == 1
        ticket.cancel()
        wait_for(lambda: studio.status().running == 0)
        assert manager.status().running == 0

    def test_the_engine_forgets_it_in_the_middle_of_a_sentence(
        self, card: Card, studio: Studio
    ) -> None:
        family = Remote.open(card, Catalog([card]), "cpu", "auto")
        manager = Manager(OneCard(family), budget_bytes=10**9)
        ticket = manager.submit(ask(messages=LONG))
        wait_for(lambda: bool(ticket.so_far.text))
        manager.close()
        assert ticket.ended
        wait_for(lambda: studio.status().running == 0)

    def test_what_the_server_refuses_is_said_in_its_words(self, open_card: Ask, card: Card) -> None:
        with pytest.raises(StudioError) as refused:
            open_card(card).submit(ask(messages=(Message("user", "[[reject]]"),))).result(30)
        assert refused.value.code == "endpoint_rejected"
        assert "rejects" in str(refused.value.facts["reason"])

    def test_an_unknown_model_is_named(self, open_card: Ask, card: Card) -> None:
        wrong = replace(card, extra={**card.extra, "model": "gpt-9"})
        with pytest.raises(StudioError) as refused:
            open_card(wrong).submit(ask()).result(30)
        assert "gpt-9" in str(refused.value.facts["reason"])


LONG = (Message("user", "Write about the sea for as long as you can."),)


class TestTrouble:
    """Before the first word a server gets another chance; after it the person is told."""

    @pytest.fixture
    def scripted(self, open_card: Ask) -> Iterator[Callable[..., tuple[Scripted, Manager]]]:
        with ExitStack() as stack:

            def make(*answers: Answer, **extra: object) -> tuple[Scripted, Manager]:
                server = Scripted(*answers)
                address = stack.enter_context(served(server.app))
                return server, open_card(card_of(address, **extra))

            yield make

    def test_busy_then_well(self, scripted: Any) -> None:
        server, manager = scripted(failing(429), failing(503), HELLO)
        assert manager.submit(ask()).result(30).text == "Hello there."
        assert len(server.asked) == 3

    def test_retry_after_is_honoured(self, scripted: Any) -> None:
        server, manager = scripted(failing(429, **{"Retry-After": "0.4"}), HELLO)
        assert manager.submit(ask()).result(30).text == "Hello there."
        assert server.at[1] - server.at[0] >= 0.4

    @pytest.mark.parametrize(("status", "code"), [(429, "endpoint_busy"), (500, "endpoint_failed")])
    def test_a_server_that_stays_ill_is_given_up(
        self, scripted: Any, status: int, code: str
    ) -> None:
        server, manager = scripted(failing(status))
        assert failure(manager) == code
        assert len(server.asked) == 5

    def test_a_wrong_key_is_not_tried_again_and_never_shown(
        self, scripted: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        server, manager = scripted(failing(401, f"{KEY} is no key"))
        with pytest.raises(NotReady) as refused:
            manager.submit(ask()).result(30)
        assert refused.value.code == "endpoint_key"
        assert len(server.asked) == 1
        assert server.headers[0]["authorization"] == f"Bearer {KEY}"
        assert KEY not in str(vars(refused.value)) + caplog.text

    def test_silence_has_an_end(self, scripted: Any) -> None:
        async def silent(request: HttpRequest, _: dict[str, Any]) -> Response:
            while not await request.is_disconnected():
                await asyncio.sleep(0.01)
            return Response()

        server, manager = scripted(silent, timeout_s=0.3)
        assert failure(manager) == "endpoint_timeout"
        assert len(server.asked) == 1

    def test_a_break_in_the_middle_keeps_what_came(self, scripted: Any) -> None:
        async def dropped(_: HttpRequest, __: dict[str, Any]) -> Response:
            async def body() -> AsyncIterator[str]:
                yield event("Half a ")
                yield event("sentence")
                raise ConnectionError

            return StreamingResponse(body(), media_type="text/event-stream")

        server, manager = scripted(dropped)
        ticket = manager.submit(ask())
        with pytest.raises(StudioError):
            ticket.result(30)
        assert ticket.so_far.text == "Half a sentence"
        assert len(server.asked) == 1

    @pytest.mark.parametrize(
        "answer",
        [
            saying("data: {not json\n\n"),
            saying("data: [1]\n\n"),
            saying(),
            failing(200),
            saying('data: {"error": {"message": "too long", "code": 413}}\n\n'),
        ],
        ids=["no json", "no object", "nothing", "no events", "an error inside"],
    )
    def test_nonsense_fails_its_own_request(self, scripted: Any, answer: Answer) -> None:
        _, manager = scripted(answer, HELLO)
        assert failure(manager) in ("endpoint_broken", "endpoint_rejected")
        assert manager.submit(ask()).result(30).text == "Hello there."

    def test_nobody_there(self, open_card: Ask) -> None:
        manager = open_card(card_of("http://127.0.0.1:9"))
        with pytest.raises(NotReady) as down:
            manager.submit(ask()).result(30)
        assert down.value.code == "endpoint_down"
        assert "127.0.0.1" not in str(down.value)

    def test_cancel_while_it_waits_for_another_try(self, scripted: Any) -> None:
        server, manager = scripted(failing(429, **{"Retry-After": "60"}))
        ticket = manager.submit(ask())
        wait_for(lambda: bool(server.asked))
        ticket.cancel()
        wait_for(lambda: manager.status().running == 0)

    def test_a_server_that_knows_no_extras_is_asked_without(self, scripted: Any) -> None:
        server, manager = scripted(failing(400, "unknown field min_p"), HELLO)
        request = ask(sampling=Sampling(min_p=0.1, max_tokens=9))
        for _ in range(2):
            assert manager.submit(request).result(30).text == "Hello there."
        assert ["min_p" in each for each in server.asked] == [True, False, False]


class TestWhatIsSent:
    @pytest.fixture
    def said(self, open_card: Ask) -> Iterator[Callable[..., tuple[dict[str, Any], str]]]:
        with ExitStack() as stack:

            def make(
                request: Request, *events: str, adapters: tuple[Card, ...] = (), **extra: object
            ) -> tuple[dict[str, Any], str]:
                server = Scripted(saying(*events) if events else HELLO)
                card = card_of(stack.enter_context(served(server.app)), **extra)
                text = open_card(card, *adapters).submit(request).result(30).text
                return server.asked[0], text

            yield make

    def test_the_whole_of_the_request(self, said: Any) -> None:
        sampling = Sampling(0.3, 0.9, max_tokens=50, grace_tokens=10, stop=("\n",))
        body, _ = said(ask(sampling=sampling, seed=11))
        assert (body["model"], body["seed"], body["max_tokens"]) == ("tiny", 11, 60)
        assert (body["temperature"], body["top_p"], body["stop"]) == (0.3, 0.9, ["\n"])
        assert body["messages"] == [{"role": "user", "content": "The keeper found a letter."}]

    def test_an_adapter_goes_by_the_name_it_is_served_under(self, said: Any) -> None:
        adapter = Card(
            name="lora/stories", version="1", kind="lora", family="remote", licence="CC0-1.0",
            folder=Path("x"), base="remote/tiny", extra={"served_as": "stories-v2"},
        )  # fmt: skip
        body, _ = said(ask(adapter="lora/stories"), adapters=(adapter,))
        assert body["model"] == "stories-v2"

    def test_without_a_name_the_first_model_of_the_list_is_taken(self, said: Any) -> None:
        body, _ = said(ask(), model="")
        assert body["model"] == "first-of-the-list"

    def test_an_opening_is_gone_on_with_and_not_said_twice(self, said: Any) -> None:
        opening = "It was a dark night, and "
        echo = [event("It was a dark "), event("night, and the sea"), event(" rose.", "stop")]
        body, text = said(ask(opening=opening), *echo)
        assert body["messages"][-1] == {"role": "assistant", "content": opening.rstrip()}
        assert opening + text == "It was a dark night, and the sea rose."

    def test_a_stop_string_ends_the_text_even_where_the_server_does_not_know_it(
        self, said: Any
    ) -> None:
        _, text = said(
            ask(sampling=Sampling(stop=("END",))), event("one E"), event("ND two", "stop")
        )
        assert text == "one "

    def test_grace_ends_at_a_sentence(self, said: Any) -> None:
        words = [event(word) for word in ("One ", "two ", "three. ", "Four ", "five.")]
        _, text = said(ask(sampling=Sampling(max_tokens=3, grace_tokens=9)), *words)
        assert text.strip() == "One two three."


def test_a_form_that_must_hold_is_not_left_to_an_endpoint() -> None:
    card = card_of("http://127.0.0.1:9")
    family = Remote.open(card, Catalog([card]), "cpu", "auto")
    assert isinstance(family, Outside)
    with pytest.raises(StudioError) as refused:
        family.admit(ask(constraint=object()))
    family.close()
    assert refused.value.code == "constraint_remote"


def failure(manager: Manager) -> str:
    with pytest.raises(StudioError) as failed:
        manager.submit(ask()).result(30)
    return failed.value.code


def wait_for(enough: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while not enough():
        assert time.monotonic() < until, "it never came"
        time.sleep(0.005)
