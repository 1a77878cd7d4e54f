"""What came from what: links across crafts in the history."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from studio.history.records import LinkRecord, WorkRecord
from studio.history.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    ticks = iter(range(10_000))
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return Store(tmp_path / "history.db", clock=lambda: begin + timedelta(seconds=next(ticks)))


def work(work_id: str, *parents: str, craft: str = "poetry", parent: str = "") -> WorkRecord:
    links = tuple(LinkRecord(each, 1, "poem_picture") for each in parents)
    return WorkRecord(id=work_id, craft=craft, lang="en", text="x", links=links, parent=parent)


def test_a_work_comes_back_with_its_links(store):
    store.add_work("ada", work("a"))
    kept = store.add_work("ada", work("b", "a", "a"))
    assert store.work("ada", "b").links == (LinkRecord("a", 1, "poem_picture"),)
    assert store.search("ada")[0].links == (LinkRecord("a", 1, "poem_picture"),)
    assert kept.id == "b"
    rows = [each for each in store.export("ada") if each["id"] == "b"]
    assert rows[0]["links"] == [{"parent": "a", "version": 1, "relation": "poem_picture"}]


def test_lineage_follows_links_and_parents_both_ways(store):
    for each in (
        work("poem"),
        work("picture", "poem"),
        work("melody", "poem"),
        work("varied", parent="picture"),
        work("film", "varied", "melody"),
        work("stranger"),
    ):
        store.add_work("ada", each)
    family = ["poem", "picture", "melody", "varied", "film"]
    for each in family:
        assert [found.id for found in store.lineage("ada", each)] == family
    assert [found.id for found in store.lineage("ada", "stranger")] == ["stranger"]


def test_nobody_sees_another_ones_works_through_a_link(store):
    store.add_work("ada", work("poem"))
    store.add_work("eve", work("hers", "poem"))
    assert [found.id for found in store.lineage("ada", "poem")] == ["poem"]
    assert [found.id for found in store.lineage("eve", "hers")] == ["hers"]


def test_erasing_takes_the_links_along(store):
    store.add_work("ada", work("a"))
    store.add_work("ada", work("b", "a"))
    store.erase("ada")
    store.add_work("ada", work("b"))
    assert store.work("ada", "b").links == ()
