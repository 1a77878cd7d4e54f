"""Before anybody comes, every craft's examples are asked up to their first token."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

from studio.crafts import CRAFTS
from studio.crafts.craft import Craft, Inputs, Order
from studio.errors import NotReady
from studio.rehearsal import Rehearsal
from studio.requests import Request, Sampling
from studio.service import Studio
from studio.settings import Settings

PATIENCE_S = 60


def craft(name: str, *examples: Inputs) -> Craft:
    return replace(CRAFTS["writing"], name=name, examples=examples)


def request(card: str, adapter: str | None = None) -> Request:
    return Request(card=card, seed=1, adapter=adapter, sampling=Sampling(max_tokens=200))


def rehearsed(rehearsal: Rehearsal, *crafts: Craft) -> None:
    rehearsal.start(crafts)
    assert rehearsal._thread is not None
    rehearsal._thread.join(PATIENCE_S)


def test_one_token_once_for_each_model_and_form() -> None:
    asked: list[Request] = []

    def order(craft: Craft, example: Inputs) -> Order:
        if example.get("missing"):
            raise NotReady("lm/other", "It is not here.", "Fetch it.")
        if example.get("broken"):
            raise ZeroDivisionError
        made = request(str(example["card"]), str(example.get("adapter") or "") or None)
        return Order((made, made), {}, "en")

    poems = craft("poetry", {"card": "a"}, {"missing": 1}, {"card": "a"}, {"card": "b"})
    texts = craft("writing", {"broken": 1}, {"card": "a"}, {"card": "a", "adapter": "x"})
    rehearsed(Rehearsal(order, asked.append), poems, texts)
    assert [(each.card, each.adapter) for each in asked] == [
        ("a", None),
        ("b", None),
        ("a", None),
        ("a", "x"),
    ]
    assert {each.sampling.max_tokens for each in asked} == {1}
    assert {each.priority for each in asked} == {"bulk"}, "whoever comes goes before"


def test_stopped_it_asks_no_more() -> None:
    asked: list[Request] = []
    at_it, go = threading.Event(), threading.Event()

    def order(craft: Craft, example: Inputs) -> Order:
        at_it.set()
        assert go.wait(PATIENCE_S)
        return Order((request(str(example["card"])),), {}, "en")

    rehearsal = Rehearsal(order, asked.append)
    rehearsal.start([craft("poetry", *({"card": str(n)} for n in range(9)))])
    assert at_it.wait(PATIENCE_S)
    rehearsal._stopped.set()
    go.set()
    rehearsal.stop()
    assert len(asked) == 1


def test_the_studio_rehearses_every_craft_and_keeps_nothing(tmp_path: Path) -> None:
    settings = Settings.from_environ({"STUDIO_FAKE": "1", "STUDIO_DATA_DIR": str(tmp_path)})
    studio = Studio.open(settings)
    try:
        studio.preload()
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            status = studio.engine()
            if status.counts.events.get("completed", 0) >= len(CRAFTS) and not status.running:
                break
            time.sleep(0.01)
        assert status.counts.events["completed"] >= len(CRAFTS)
        assert not status.counts.events.get("failed")
        assert "studio_works_total{" not in studio.metrics()
    finally:
        studio.close()
