"""From a card's name to a family: the table, the fake that plays them all, and the device."""

from __future__ import annotations

from pathlib import Path

import pytest

from studio.catalog import Card, Catalog, ShippedFile
from studio.errors import NotReady
from studio.families import FAMILIES, family_class
from studio.families.device import device_budget_bytes, pick_device
from studio.families.loader import CardLoader
from studio.requests import Request, Sampling
from studio.settings import Settings
from tests.families.tiny_models import tiny_card


def card(folder: Path, name: str = "lm/a", **more: object) -> Card:
    fields: dict[str, object] = {
        "name": name,
        "version": "1",
        "kind": "lm",
        "family": "causal_lm",
        "licence": "CC0-1.0",
        "folder": folder,
    }
    return Card(**(fields | more))  # type: ignore[arg-type]


def loader(tmp_path: Path, *cards: Card, fake: str = "") -> CardLoader:
    settings = Settings.from_environ({"STUDIO_DATA_DIR": str(tmp_path), "STUDIO_FAKE": fake})
    return CardLoader(Catalog(cards), settings, device="cpu")


@pytest.mark.parametrize("name", FAMILIES)
def test_every_family_of_the_table_can_be_opened_and_estimated(name: str) -> None:
    family = family_class(name)
    assert callable(family.open)
    assert callable(family.estimate)


def test_a_family_that_is_not_in_the_table_says_which_are() -> None:
    with pytest.raises(NotReady) as unknown:
        family_class("magic")
    assert "causal_lm" in unknown.value.hint


@pytest.mark.parametrize(
    ("role", "lane"), [("writer", "text"), ("melody", "melody"), ("picture", "picture")]
)
def test_the_fake_plays_every_role(tmp_path: Path, role: str, lane: str) -> None:
    fakes = loader(tmp_path, card(tmp_path, roles=(role,)), fake="1")
    family = fakes.load("lm/a")
    assert family.lane == lane
    assert family.footprint() == fakes.footprint("lm/a")


def test_a_card_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(NotReady):
        loader(tmp_path).footprint("lm/nobody")


def test_a_card_whose_weights_are_missing_is_not_opened(tmp_path: Path) -> None:
    missing = card(tmp_path, files=(ShippedFile("model.safetensors", "0", 1),))
    with pytest.raises(NotReady) as failed:
        loader(tmp_path, missing).load("lm/a")
    assert failed.value.code == "card_missing"


def test_a_real_card_is_loaded_and_writes(tmp_path: Path) -> None:
    tiny = tiny_card(tmp_path, "llama", parameters=50_000)
    cards = loader(tmp_path, tiny)
    assert cards.footprint(tiny.name) > 0
    family = cards.load(tiny.name)
    slot = family.admit(
        Request(card=tiny.name, seed=1, prompt="It was", sampling=Sampling(max_tokens=3))
    )
    steps = [family.step([slot])[0] for _ in range(3)]
    assert steps[-1].ended
    family.release(slot)
    family.close()


def test_the_device_is_what_was_asked_and_auto_finds_one() -> None:
    assert pick_device("cuda:1") == "cuda:1"
    assert pick_device("auto") in ("cpu", "cuda")


def test_the_budget_is_a_share_of_free_memory() -> None:
    assert 10**8 < device_budget_bytes("cpu") < 2**45
