"""Readers that are slow, go away or stop at any moment: nobody is held up, nothing is left."""

from __future__ import annotations

import asyncio
import json
import random
import socket
import threading
import time
import urllib.request
from collections import Counter

import pytest

from studio.api import create_app
from studio.engine.manager import Manager
from studio.engine.ticket import Ticket
from studio.errors import Cancelled, StudioError
from studio.families.fake import FAIL, Fake
from studio.locales import Locales
from studio.requests import Sampling
from studio.service import Studio
from tests.engine.fake_cards import MB, Cards, ask
from tests.loopback import served

USER = "ann"


def test_a_client_that_does_not_read_holds_nobody_up(studio: Studio, locales: Locales) -> None:
    """It reads nothing at all while others are served; its request ends all the same."""
    body = {
        "messages": [{"role": "user", "content": "a lamp"}],
        "stream": True,
        "max_tokens": 900,
    }
    with served(create_app(studio, locales)) as address:
        host, port = address.removeprefix("http://").split(":")
        with socket.socket() as slow:
            slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
            slow.connect((host, int(port)))
            content = json.dumps(body).encode()
            head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: {host}:{port}\r\n"
            head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
            slow.sendall(head.encode() + content)
            first = slow.recv(1)
            others = [_whole(address) for _ in range(3)]
            assert first
            assert all(others)
            assert _settled(studio)
            assert slow.recv(1), "what was made for it is still there to be read"


def _whole(address: str) -> str:
    body = {"messages": [{"role": "user", "content": "a bell"}], "max_tokens": 8}
    request = urllib.request.Request(
        f"{address}/v1/chat/completions",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return str(json.load(answer)["choices"][0]["message"]["content"])


def _settled(studio: Studio) -> bool:
    """Whether nothing waits or runs, within half a minute."""
    return _idle(studio._manager)


def _idle(manager: Manager) -> bool:
    ends = time.monotonic() + 30
    while (now := manager.status()).running or now.waiting:
        if time.monotonic() > ends:
            return False
        time.sleep(0.005)
    return True


def test_a_mailbox_keeps_one_chunk_however_slow_its_reader() -> None:
    with Manager(Cards(text=Fake), budget_bytes=100 * MB) as manager:
        ticket = manager.submit(ask(sampling=Sampling(max_tokens=500)))
        whole = ticket.result(60)

        async def late() -> list[str]:
            return [chunk.text async for chunk in ticket]

        assert asyncio.run(late()) == [whole.text]


@pytest.mark.parametrize("craft", ["writing", "image"])
def test_a_closed_tab_frees_its_slot(studio: Studio, craft: str) -> None:
    async def closed() -> None:
        inputs = {"text": "a lamp in the harbour", "seed": 3}
        progress = studio.generate(craft, inputs, user=USER)
        await anext(progress)
        await progress.aclose()

    asyncio.run(closed())
    assert _settled(studio)
    engine = studio._manager.status()
    assert engine.counts.events["cancelled"] >= 1
    assert engine.counts.events["failed"] == 0


def ended(ticket: Ticket) -> str:
    try:
        ticket.result(60)
    except Cancelled:
        return "cancelled"
    except StudioError:
        return "failed"
    return "completed"


@pytest.mark.parametrize("rounds", [1, pytest.param(20, marks=pytest.mark.soak)])
def test_a_thousand_stops_at_random_moments(rounds: int) -> None:
    """Over several cards and threads: each ticket ends once, counters add up, slots are free."""
    makers = {
        "text": lambda: Fake(capacity=4),
        "other": lambda: Fake(capacity=8, footprint=40 * MB),
        "picture": lambda: Fake("picture", footprint=40 * MB),
        "melody": lambda: Fake("melody", footprint=40 * MB),
    }
    with Manager(Cards(**makers), budget_bytes=90 * MB, max_queue=1000) as manager:
        tallies: list[Counter[str]] = []

        def person(number: int) -> None:
            chance, tally = random.Random(number), Counter[str]()
            live: list[Ticket] = []
            for at in range(250):
                card = chance.choice(list(makers))
                prompt = FAIL if chance.random() < 0.05 else f"idea {at}"
                asked = ask(prompt, card=card, seed=at, user=f"user {number}")
                live.append(manager.submit(asked))
                if chance.random() < 0.7:
                    live.pop(chance.randrange(len(live))).cancel()
                    tally["stopped"] += 1
            for ticket in live:
                tally[ended(ticket)] += 1
            tallies.append(tally)

        for at in range(rounds):
            people = [threading.Thread(target=person, args=(4 * at + n,)) for n in range(4)]
            for each in people:
                each.start()
            for each in people:
                each.join(300)
        assert _idle(manager)
        events, told = manager.status().counts.events, sum(tallies, Counter[str]())
        assert events["submitted"] == 1000 * rounds
        assert events["completed"] + events["cancelled"] + events["failed"] == 1000 * rounds
        assert events["failed"] >= told["failed"]
        assert told.total() == 1000 * rounds
        assert all(not card.slots_used and not card.waiting for card in manager.status().cards)
        again = [manager.submit(ask(card=card)) for card in makers]
        assert all(ended(ticket) == "completed" for ticket in again)
