"""Brand cards of two people: every save stays, and neither sees the other's."""

from __future__ import annotations

import json

import pytest

from studio.ads.brand import Brand
from studio.brands import Brands, exported
from studio.errors import InvalidInput, Refused
from studio.history.store import Store

ANN, BOB = "ann", "bob"


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(tmp_path / "history.db")


@pytest.fixture
def brands(store) -> Brands:
    return Brands(store.brands, lambda _: None)


def refused(call) -> str:
    with pytest.raises(InvalidInput) as error:
        call()
    return error.value.code


def test_every_save_is_a_new_version_and_the_old_ones_stay(brands):
    first = brands.save({"name": "Morrow"}, ANN)
    second = brands.save({**first.as_dict(), "voice": ["dry"]}, ANN)
    assert (second.id, first.version, second.version) == (first.id, 1, 2)
    assert brands.one(first.id, ANN) == second
    assert brands.one(first.id, ANN, 1) == first
    assert [each.brand for each in brands.versions(first.id, ANN)] == [second, first]


def test_the_list_has_the_newest_of_each_the_last_saved_first(brands):
    morrow = brands.save({"name": "Morrow"}, ANN)
    brands.save({"name": "Lowtide"}, ANN)
    brands.save({**morrow.as_dict(), "audience": "hikers"}, ANN)
    listed = [(each.brand.name, each.brand.version) for each in brands.latest(ANN)]
    assert listed == [("Morrow", 2), ("Lowtide", 1)]


def test_restoring_adds_the_old_version_on_top(brands):
    first = brands.save({"name": "Morrow", "voice": ["warm"]}, ANN)
    brands.save({**first.as_dict(), "voice": ["cold"]}, ANN)
    third = brands.restore(first.id, 1, ANN)
    assert (third.version, third.voice) == (3, ("warm",))
    assert len(brands.versions(first.id, ANN)) == 3
    assert refused(lambda: brands.restore(first.id, 9, ANN)) == "brand_no_version"


def test_nobody_reads_changes_or_erases_somebody_elses_card(brands):
    hers = brands.save({"name": "Secret"}, ANN)
    assert brands.latest(BOB) == ()
    for attempt in (
        lambda: brands.one(hers.id, BOB),
        lambda: brands.versions(hers.id, BOB),
        lambda: brands.restore(hers.id, 1, BOB),
        lambda: brands.delete(hers.id, BOB),
    ):
        assert refused(attempt) == "no_brand"
    his = brands.save(hers, BOB)
    assert his.id != hers.id
    assert his.version == 1
    assert brands.versions(hers.id, ANN)[0].brand == hers


def test_erasing_takes_every_version(brands):
    first = brands.save({"name": "Morrow"}, ANN)
    brands.save(first, ANN)
    brands.delete(first.id, ANN)
    assert brands.latest(ANN) == ()
    assert refused(lambda: brands.one(first.id, ANN)) == "no_brand"


def test_what_is_exported_is_the_same_card_elsewhere(brands):
    card = brands.save({"name": "半亩茶", "claims": [{"text": "无糖", "proof": "检测报告"}]}, ANN)
    file = exported(card)
    assert "半亩茶" in file.decode()
    assert "id" not in json.loads(file)
    assert "version" not in json.loads(file)
    his = brands.save(file.decode(), BOB)
    assert his.as_dict() | {"id": "", "version": 0} == card.as_dict() | {"id": "", "version": 0}


def test_a_logo_is_looked_at_before_it_is_kept(store, a_logo_file):
    def refuse(_: object) -> None:
        raise Refused("picture", "no")

    logo = Brands(store.brands, lambda _: None).look(a_logo_file).png
    strict = Brands(store.brands, refuse)
    with pytest.raises(Refused):
        strict.look(a_logo_file)
    with pytest.raises(Refused):
        strict.save(Brand("Morrow", logo=logo), ANN)
    assert strict.latest(ANN) == ()


def test_a_persons_export_and_erasure_have_their_cards(store, brands):
    card = brands.save({"name": "Morrow"}, ANN)
    brands.save(card, ANN)
    brands.save({"name": "Lowtide"}, BOB)
    rows = json.loads(json.dumps(list(store.export(ANN))))
    assert [(row["kind"], row["version"]) for row in rows] == [("brand", 1), ("brand", 2)]
    store.erase(ANN)
    assert brands.latest(ANN) == ()
    assert len(brands.latest(BOB)) == 1
