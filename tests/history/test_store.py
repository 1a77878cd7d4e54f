"""The history as a person meets it: found again, theirs alone, one vote each."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from studio.errors import InvalidInput
from studio.history.records import DuelArm, DuelRecord, WorkRecord
from studio.history.store import Store


class Ticking:
    """A clock that is a second later at every look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "history.sqlite", clock=Ticking())


def a_work(text: str, craft: str = "writing", **changes: object) -> WorkRecord:
    values: dict[str, object] = {
        "craft": craft,
        "lang": "en",
        "text": text,
        "title": text.title(),
        "inputs": MappingProxyType({"text": text, "seed": 7}),
        "outputs": ({"text": f"It was about {text}.", "seed": 7, "files": {"a.md": "a.md"}},),
        "recipe": {"craft": craft, "inputs": {"text": text}},
    }
    return WorkRecord(**{**values, **changes})  # type: ignore[arg-type]


def test_a_work_is_found_again_after_reopening_with_all_it_had(store, tmp_path):
    kept = store.add_work("ada", a_work("a lighthouse", parent="w0", plan={"kind": "story"}))
    again = Store(tmp_path / "history.sqlite").work("ada", kept.id)
    assert again == kept
    assert again.inputs["seed"] == 7
    assert again.parent == "w0"


def test_the_newest_comes_first_and_pages_do_not_overlap(store):
    for number in range(5):
        store.add_work("ada", a_work(f"story {number}"))
    first, second = store.search("ada", limit=2), store.search("ada", limit=2, offset=2)
    assert [each.text for each in first + second] == ["story 4", "story 3", "story 2", "story 1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("lighthouse", {"a lighthouse keeper"}),
        ("KEEPER light", {"a lighthouse keeper"}),
        ("about", {"a lighthouse keeper", "雨夜的修表匠", "100% wool"}),
        ("修表", {"雨夜的修表匠"}),
        ("100%", {"100% wool"}),
        ("_", set()),
        ("nothing here", set()),
    ],
)
def test_search_finds_every_word_in_brief_title_and_result_in_both_languages(store, query, found):
    for text in ("a lighthouse keeper", "雨夜的修表匠", "100% wool"):
        store.add_work("ada", a_work(text))
    assert {each.text for each in store.search("ada", query)} == found


def test_craft_and_star_narrow_the_search(store):
    story, tune = (
        store.add_work("ada", a_work("dawn")),
        store.add_work("ada", a_work("dawn", "melody")),
    )
    assert [each.id for each in store.search("ada", craft="melody")] == [tune.id]
    store.star("ada", story.id)
    assert [each.id for each in store.search("ada", starred=True)] == [story.id]
    store.star("ada", story.id, False)
    assert store.search("ada", starred=True) == ()


def test_nobody_sees_stars_or_erases_somebody_elses_work(store):
    hers = store.add_work("ada", a_work("a secret"))
    assert store.search("bob", "secret") == ()
    assert list(store.export("bob")) == []
    for refused in (
        lambda: store.work("bob", hers.id),
        lambda: store.star("bob", hers.id),
        lambda: store.add_duel("bob", a_duel(hers, hers)),
    ):
        with pytest.raises(InvalidInput) as error:
            refused()
        assert error.value.code == "no_work"
    assert store.erase("bob") == ()
    assert store.work("ada", hers.id) == hers


def test_erase_forgets_works_duels_and_votes_and_names_the_files_to_delete(store):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    duel = store.add_duel("ada", a_duel(one, other))
    store.vote("ada", duel.id, "a")
    kept = store.add_work("bob", a_work("three"))
    assert set(store.erase("ada")) == {one.id, other.id}
    assert list(store.export("ada")) == []
    assert store.standings().votes == 0
    assert store.search("bob") == (kept,)


def test_export_is_json_with_everything(store):
    one, other = store.add_work("ada", a_work("一")), store.add_work("ada", a_work("二"))
    duel = store.add_duel("ada", a_duel(one, other))
    store.vote("ada", duel.id, "tie")
    rows = json.loads(json.dumps(list(store.export("ada")), ensure_ascii=False))
    assert [row["kind"] for row in rows] == ["work", "work", "duel"]
    assert rows[0]["recipe"]["inputs"]["text"] == "一"
    assert rows[2]["choice"] == "tie"


def a_duel(one: WorkRecord, other: WorkRecord) -> DuelRecord:
    arms = (
        DuelArm(label="plain", work=one.id, settings=MappingProxyType({"temperature": 0.5})),
        DuelArm(label="tuned", work=other.id, adapter="lora/writing-en"),
    )
    return DuelRecord(craft="writing", inputs={"text": "x"}, arms=arms)


def test_a_duel_comes_back_in_the_order_shown(store):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    for duel in (a_duel(one, other), a_duel(other, one)):
        kept = store.add_duel("ada", duel)
        again = store.duel("ada", kept.id)
        assert [arm.work for arm in again.arms] == [arm.work for arm in duel.arms]
        assert again.choice == ""


def test_the_second_vote_of_a_person_is_refused_and_the_first_one_stands(store):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    duel = store.add_duel("ada", a_duel(one, other))
    assert store.vote("ada", duel.id, "b").choice == "b"
    with pytest.raises(InvalidInput) as error:
        store.vote("ada", duel.id, "a")
    assert error.value.code == "vote_twice"
    assert store.duel("ada", duel.id).choice == "b"


@pytest.mark.parametrize("choice", ["c", "d", "e", "", "A"])
def test_a_vote_for_no_side_is_refused(store, choice):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    duel = store.add_duel("ada", a_duel(one, other))
    with pytest.raises(InvalidInput) as error:
        store.vote("ada", duel.id, choice)
    assert error.value.code == "no_side"


def test_votes_become_preference_pairs_of_what_was_liked(store):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    decided, tied = (
        store.add_duel("ada", a_duel(one, other)),
        store.add_duel("ada", a_duel(one, other)),
    )
    store.vote("ada", decided.id, "a")
    store.vote("ada", tied.id, "tie")
    (pair,) = store.votes_as_preferences("ada", "writing")
    liked = store.work("ada", decided.arms[0].work)
    assert pair.chosen["text"] == liked.outputs[0]["text"]
    assert pair.rejected["text"] != pair.chosen["text"]
    assert store.votes_as_preferences("ada", "melody") == ()
    assert store.votes_as_preferences("bob") == ()


def test_standings_follow_the_label_whatever_side_it_was_on(store):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    for turn in range(12):
        record = a_duel(one, other)
        arms = record.arms if turn % 2 else record.arms[::-1]
        duel = store.add_duel("ada", replace(record, arms=arms))
        store.vote("ada", duel.id, "b" if turn % 2 else "a")
    table = store.standings("writing")
    assert [place.label for place in table.places] == ["tuned", "plain"]
    assert table.places[0].wins == 12
    assert store.standings("melody").places == ()


def test_many_threads_write_and_read_at_once_and_nothing_is_lost(tmp_path):
    store = Store(tmp_path / "history.sqlite")

    def one_persons_day(person: int) -> int:
        user = f"user{person}"
        for number in range(8):
            kept = store.add_work(user, a_work(f"day {number}"))
            store.star(user, kept.id)
            store.search(user, "day")
        return len(store.search(user, starred=True))

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(one_persons_day, range(8))) == [8] * 8


def test_two_threads_voting_at_once_count_one_vote(store):
    one, other = store.add_work("ada", a_work("one")), store.add_work("ada", a_work("two"))
    duel = store.add_duel("ada", a_duel(one, other))

    def vote(choice: str) -> str:
        try:
            return store.vote("ada", duel.id, choice).choice
        except InvalidInput as error:
            return error.code

    with ThreadPoolExecutor(2) as threads:
        outcomes = sorted(threads.map(vote, ["a", "b"]))
    assert outcomes[1] == "vote_twice"
    assert store.standings().votes == 1
