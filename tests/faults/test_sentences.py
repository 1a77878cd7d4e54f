"""What a person reads of a fault: a sentence in both languages, no path, no traceback, no name of
a class; on the page, over HTTP and in the page's own rendering."""

from __future__ import annotations

import asyncio
import errno
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi.testclient import TestClient

from studio.api import create_app
from studio.catalog import Card, ShippedFile
from studio.engine.manager import Manager
from studio.errors import (
    Busy,
    DeadlineExceeded,
    ModelFailed,
    NotReady,
    OutOfMemory,
    StorageFailed,
    StudioError,
)
from studio.families.adapter_file import adapter_files
from studio.families.fake import CRASH, FAIL, Fake
from studio.families.remote_errors import BrokenOff, Refusal, explained
from studio.locales import Locales
from studio.service import Studio
from studio.sources import located
from studio.storage import storing
from studio.ui.edge import explain, status_line
from studio.ui.strings import Tongue
from tests.engine.fake_cards import MB, Cards, Clock, Gate, ask

SLASHES = re.compile(r"[/\\]")
CLASS = re.compile(r"\b(?:[A-Z][a-z]+){2,}(?:Error|Exception)?\b|\b\w+(?:Error|Exception)\b")
"""Words like OutOfMemoryError, ValueError or DefaultCpuAllocator."""
NAMES = ("base/smollm2-135m-instruct", "lora/poetry-en", "lm/verse-zh", "remote/endpoint")
"""Cards are known to people by these names."""


class Server:
    """An endpoint as its errors name it."""

    card, silence_s = "remote/endpoint", 120.0

    def hidden(self, text: str) -> str:
        return text


def raised(task: Callable[[], object]) -> StudioError:
    with pytest.raises(StudioError) as failed:
        task()
    return failed.value


def of_disk(number: int, place: Path) -> StudioError:
    def write() -> None:
        with storing():
            raise OSError(number, "no", str(place / "works" / "01.txt"))

    return raised(write)


def of_engine(fake: Fake, prompt: str) -> StudioError:
    with Manager(Cards(text=lambda: fake), budget_bytes=10 * MB, threaded=False) as manager:
        ticket = manager.submit(ask(prompt))
        manager.drain()
        return raised(lambda: ticket.result(0))


def of_loading(error: Exception) -> StudioError:
    cards = Cards(text=Fake)
    cards.broken["text"] = error
    with Manager(cards, budget_bytes=10 * MB, threaded=False) as manager:
        ticket = manager.submit(ask())
        manager.drain()
        return raised(lambda: ticket.result(0))


def of_waiting() -> Iterator[StudioError]:
    clock, gate = Clock(), Gate()
    gate.open()
    with Manager(
        Cards(text=Fake), budget_bytes=10 * MB, max_queue=1, clock=clock, threaded=False
    ) as manager:
        late = manager.submit(ask(deadline_s=5.0))
        yield raised(lambda: manager.submit(ask()))
        clock.now += 60
        manager.drain()
        yield raised(lambda: late.result(0))
        with manager.lease("text"):
            manager.preload("text")
            manager.drain()
            yield raised(_result(manager, "text"))
    yield raised(lambda: manager.submit(ask()))


def _result(manager: Manager, card: str) -> Callable[[], object]:
    gone = manager.unload(card)
    manager.drain()
    return lambda: gone.result(0)


def faults(place: Path) -> Iterator[StudioError]:
    """Every fault of this folder, as it is raised."""
    yield from (of_disk(number, place) for number in (errno.ENOSPC, errno.EROFS, errno.EIO))
    yield StorageFailed("history_damaged")
    yield from (of_engine(Fake(), prompt) for prompt in (FAIL, CRASH))
    yield of_engine(Fake(memory_rows=0), "a lamp")
    yield of_loading(RuntimeError(f"Error(s) in loading state_dict for {place}/model.py"))
    yield of_loading(FileNotFoundError(errno.ENOENT, "no such file", str(place / "config.json")))
    yield of_loading(NotReady(NAMES[0], f"The weights of {NAMES[0]} are not here yet."))
    yield from of_waiting()
    request = httpx.Request("POST", "http://10.0.0.7:8000/v1/chat/completions")
    for error in (
        httpx.ConnectError("refused", request=request),
        httpx.ReadTimeout("slow", request=request),
        httpx.RemoteProtocolError("broke", request=request),
        BrokenOff("JSONDecodeError"),
        Refusal(500, "Traceback (most recent call last)"),
        Refusal(401),
        Refusal(429),
        ValueError(f"{place}/endpoint.py"),
    ):
        yield explained(error, Server())
    yield raised(lambda: located(damaged(place / "nowhere"), place / "cache"))
    yield raised(lambda: adapter_files("lora/poetry-en", place / "nowhere"))
    yield from (Busy(7), DeadlineExceeded(9.0), ModelFailed("r1"), OutOfMemory(2 * MB, MB))


def damaged(folder: Path) -> Card:
    """A card whose weights are not what its hash says."""
    folder.mkdir(exist_ok=True)
    (folder / "model.safetensors").write_bytes(b"?")
    return Card(
        name="lm/verse-zh",
        version="1",
        kind="lm",
        family="causal_lm",
        licence="CC0-1.0",
        folder=folder,
        files=(ShippedFile("model.safetensors", "0", 1),),
    )


def assert_plain(text: str, place: Path) -> None:
    """A sentence that gives nothing of the machine away."""
    assert text.strip()
    assert str(place) not in text
    assert "Traceback" not in text
    assert "10.0.0.7" not in text
    for name in NAMES:
        text = text.replace(name, "the card")
    assert not SLASHES.search(text), text
    assert not CLASS.search(text), text


@pytest.fixture(params=["en", "zh"])
def tongue(request: pytest.FixtureRequest, locales: Locales) -> Tongue:
    return Tongue(locales, request.param)


def test_every_fault_is_a_plain_sentence(tmp_path: Path, locales: Locales, tongue: Tongue) -> None:
    said = set()
    for error in faults(tmp_path):
        sentence = tongue.sentence(error)
        assert_plain(sentence, tmp_path)
        assert_plain(f"{error.message} {error.hint}", tmp_path)
        assert_plain(str(status_line(explain(error, tongue), "wrong")).split(">")[1][:-3], tmp_path)
        said.add(error.code)
    assert len(said) >= 18


def test_what_nobody_foresaw_is_a_plain_sentence_too(tmp_path: Path, tongue: Tongue) -> None:
    error = ZeroDivisionError(f"in {tmp_path}/studio.py")
    assert_plain(explain(error, tongue), tmp_path)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_http_answers_say_no_more(
    studio: Studio, locales: Locales, tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = TestClient(create_app(studio, locales), raise_server_exceptions=False)
    unforeseen = ZeroDivisionError(f"in {tmp_path}/studio.py")
    for error in (*faults(tmp_path), unforeseen):

        def fail(*_: object, error: Exception = error) -> None:
            raise error

        monkeypatch.setattr(studio._archive, "search", fail)
        answer = client.get("/api/history", headers={"Accept-Language": lang})
        assert answer.status_code >= 400
        told = answer.json()["error"]
        assert_plain(told["message"], tmp_path)
        for each in (told.get("hint", ""), *map(str, told.get("facts", {}).values())):
            if each:
                assert_plain(each, tmp_path)


def test_the_text_on_the_page_outlives_a_full_disk(studio: Studio) -> None:
    """The last thing shown before the error is the whole text."""
    shown: list[str] = []

    def full(*_: object) -> None:
        raise StorageFailed("disk_full")

    studio._archive.record = full  # type: ignore[method-assign, assignment]

    async def watched() -> None:
        async for each in studio.generate("writing", {"text": "a lamp", "seed": 5}, user="ann"):
            shown.append(each.preview)

    with pytest.raises(StorageFailed):
        asyncio.run(watched())
    assert len(shown[-1].split()) > 10
