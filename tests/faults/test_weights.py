"""Weights that are damaged or missing, a hub out of reach, an endpoint that says nothing."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from studio.catalog import Card, Catalog, ShippedFile, Source
from studio.engine.manager import Manager
from studio.errors import NotReady, StudioError
from studio.families.fake import Fake
from studio.families.loader import CardLoader
from studio.families.remote import Remote
from studio.requests import Request, Sampling
from studio.settings import Settings
from studio.sources import fetch
from studio.sources.endpoint import endpoint_card
from studio.sources.stamp import sha256_of
from tests.families.tiny_models import tiny_card


def shipped(folder: Path, kind: str = "llama") -> Card:
    """A tiny card whose files are written down with their hashes."""
    card = tiny_card(folder, kind, parameters=50_000)
    files = [
        ShippedFile(path.name, sha256_of(path), path.stat().st_size)
        for path in sorted(card.folder.iterdir())
    ]
    return replace(card, files=tuple(files))


def loader(folder: Path, *cards: Card) -> CardLoader:
    settings = Settings.from_environ({"STUDIO_DATA_DIR": str(folder / "data")})
    return CardLoader(Catalog(cards), settings, device="cpu")


def failure(cards: CardLoader, card: str, adapter: str | None = None) -> StudioError:
    """What a person who asks for the card is told; a good card goes on beside it."""
    sampling = Sampling(max_tokens=3)
    with Manager(cards, budget_bytes=10**9, threaded=False) as manager:
        request = Request(card=card, adapter=adapter, seed=1, prompt="It was", sampling=sampling)
        try:
            ticket = manager.submit(request)
        except StudioError as error:
            return error
        good = manager.submit(Request(card="lm/gemma3", seed=1, prompt="So", sampling=sampling))
        manager.drain()
        assert good.result(0).usage.output_tokens
        with pytest.raises(StudioError) as failed:
            ticket.result(0)
        assert not isinstance(failed.value.__cause__, AssertionError)
        assert manager.status().running == 0
        return failed.value


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-100] ^= 0xFF
    path.write_bytes(bytes(content))


def noise(path: Path) -> None:
    path.write_bytes(b"\xff" * path.stat().st_size)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (truncated, "card_missing"),
        (flipped, "card_corrupt"),
        (noise, "card_corrupt"),
        (Path.unlink, "card_missing"),
    ],
)
def test_damaged_weights_fail_those_who_ask_for_them_alone(
    tmp_path: Path, harm: Callable[[Path], None], code: str
) -> None:
    card, good = shipped(tmp_path), shipped(tmp_path, "gemma3")
    harm(card.folder / "model.safetensors")
    error = failure(loader(tmp_path, card, good), card.name)
    assert isinstance(error, NotReady)
    assert error.code == code


@pytest.mark.parametrize("harm", [truncated, noise])
def test_damage_that_no_hash_knows_of_is_named(
    tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """A model's folder of one's own has no written hashes."""
    card, good = tiny_card(tmp_path, "llama"), tiny_card(tmp_path, "gemma3")
    card, good = (replace(each, parameters=50_000) for each in (card, good))
    harm(card.folder / "model.safetensors")
    error = failure(loader(tmp_path, card, good), card.name)
    assert error.code in ("card_corrupt", "load_failed")
    assert str(tmp_path) not in f"{error.message} {error.hint} {dict(error.facts)}"


def adapter_of(base: Card, folder: Path) -> Card:
    folder.mkdir()
    return Card(
        name="lora/mine",
        version="1",
        kind="lora",
        family="causal_lm",
        licence="CC0-1.0",
        base=base.name,
        folder=folder,
    )


@pytest.mark.parametrize("state", ["unknown", "empty", "damaged"])
def test_a_missing_or_damaged_adapter_is_named(tmp_path: Path, state: str) -> None:
    card, good = (shipped(tmp_path, kind) for kind in ("llama", "gemma3"))
    adapter = adapter_of(card, tmp_path / "mine")
    if state == "damaged":
        config = {"peft_type": "LORA", "r": 2, "lora_alpha": 4}
        (adapter.folder / "adapter_config.json").write_text(json.dumps(config))
        (adapter.folder / "adapter_model.safetensors").write_bytes(b"\x01" * 64)
    wanted = "lora/nobody" if state == "unknown" else adapter.name
    error = failure(loader(tmp_path, card, good, adapter), card.name, wanted)
    assert isinstance(error, NotReady)
    assert str(tmp_path) not in f"{error.message} {error.hint} {dict(error.facts)}"


def test_a_hub_out_of_reach_is_told_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", nowhere)
    monkeypatch.setattr("huggingface_hub.hf_api.constants.ENDPOINT", nowhere)
    card = replace(
        tiny_card(tmp_path, "llama"), sources=(Source(kind="hub", repo_id="nobody/nothing"),)
    )
    with pytest.raises(NotReady) as failed:
        fetch(card, tmp_path / "cache", lambda *_: None)
    assert failed.value.code == "fetch_failed"
    assert "nobody/nothing" in failed.value.message
    assert nowhere not in failed.value.message


@contextmanager
def silent_server() -> Iterator[str]:
    """Takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held: list[socket.socket] = []

        def accept() -> None:
            while True:
                try:
                    held.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/v1"
        server.shutdown(socket.SHUT_RDWR)
        for each in held:
            each.close()


class WithEndpoint:
    """A loader of an endpoint, and of a fake beside it."""

    def __init__(self, card: Card) -> None:
        self._card = card

    def footprint(self, card: str) -> int:
        return 1

    def load(self, card: str) -> Remote | Fake:
        if card == self._card.name:
            return Remote.open(self._card, Catalog([self._card]), "cpu", "auto")
        return Fake("text")


def test_an_endpoint_that_hangs_ends_exactly_its_own_ticket() -> None:
    with silent_server() as address:
        given = {"STUDIO_ENDPOINT": address, "STUDIO_ENDPOINT_MODEL": "slow"}
        card = endpoint_card(Settings.from_environ(given | {"STUDIO_ENDPOINT_TIMEOUT_S": "1"}))
        with Manager(WithEndpoint(card), budget_bytes=10**9) as manager:
            hanging = manager.submit(Request(card=card.name, seed=1, prompt="Hello"))
            others = [
                manager.submit(Request(card="text", seed=n, prompt="Hello")) for n in range(8)
            ]
            assert all(ticket.result(30).text for ticket in others)
            with pytest.raises(StudioError) as failed:
                hanging.result(30)
            assert failed.value.code == "endpoint_timeout"
            assert address not in failed.value.message
            counts = manager.status().counts.events
            assert (counts["completed"], counts["failed"]) == (8, 1)
