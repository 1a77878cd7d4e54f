"""An ad is worked on: what is locked stays and costs nothing, what is typed is only judged."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from studio.crafts.ad_copy import CRAFT
from studio.crafts.craft import Order, Output
from studio.crafts.form import fill, written
from studio.errors import InvalidInput
from studio.requests import Completion

MORROW: Mapping[str, object] = {
    "brand": "Morrow",
    "product": "refillable steel water bottle for hikers",
    "benefits": ["keeps cold 24 h", "repairable cap", "made from recycled steel"],
    "channel": "google_rsa",
    "lang": "en",
    "seed": 5,
}
CARD = {
    "name": "Morrow",
    "voice": ["warm"],
    "dont_words": ["cheap"],
    "audience": "weekend hikers",
    "claims": [{"text": "cures thirst", "proof": "lab report 12"}],
}


class Writer:
    """One card, and how often it was asked for."""

    def __init__(self) -> None:
        self.chosen = 0

    def drafts(self, card: str) -> int:
        return 8

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        self.chosen += 1
        return "base/small", None


def ordered(roster: Writer | None = None, **more: object) -> Order:
    return CRAFT.order(fill(CRAFT, {**MORROW, **more}, lambda: 1), roster or Writer())


def made(order: Order) -> Output:
    (output,) = CRAFT.finish(order, [Completion("") for _ in order.requests])
    return output


def rows(output: Output) -> list[dict[str, Any]]:
    found: Any = output.data["fields"]
    return json.loads(json.dumps(found))


def start(verb: str, fields: list[dict[str, Any]], channel: str = "google_rsa") -> str:
    return json.dumps({"verb": verb, "of": {"channel": channel, "fields": fields}})


def test_locked_texts_stay_and_cost_no_request() -> None:
    fresh = ordered()
    kept = [row | {"locked": row["name"] == "headline"} for row in rows(made(fresh))][:3]
    again = ordered(start=start("rewrite", kept), seed=9)
    assert len(again.requests) == len(fresh.requests) - 3
    after = rows(made(again))
    assert [row["text"] for row in after[:3]] == [row["text"] for row in kept]
    assert [row["locked"] for row in after[:4]] == [True, True, True, False]
    texts = [row["text"].casefold() for row in after if row["name"] == "headline"]
    assert len(set(texts)) == len(texts)


def test_of_a_rewrite_only_what_stays_must_fit() -> None:
    long = {"name": "headline", "text": "x" * 40, "locked": False}
    assert len(ordered(start=start("rewrite", [long])).requests) == len(ordered().requests)
    with pytest.raises(InvalidInput):
        ordered(start=start("rewrite", [long | {"locked": True}]))


def test_an_edit_asks_no_writer_and_takes_the_texts_as_they_are() -> None:
    typed = rows(made(ordered()))
    typed[0]["text"] = "BUY it now!"
    writer = Writer()
    order = ordered(writer, start=start("edit", typed))
    assert (len(order.requests), writer.chosen) == (0, 0)
    output = made(order)
    assert [row["text"] for row in rows(output)] == [row["text"] for row in typed]
    assert rows(output)[0]["used"] == len("BUY it now!")
    failed = {each.name for each in output.checks if not each.passed}
    assert {"no_all_caps", "no_exclamation_headline"} <= failed
    assert CRAFT.preview(order, ()) == ""


def test_an_edit_over_its_limit_says_field_used_and_limit() -> None:
    with pytest.raises(InvalidInput) as error:
        ordered(start=start("edit", [{"name": "headline", "text": "x" * 31}]))
    assert error.value.field == "start"
    told = error.value.facts
    assert (told["name"], told["used"], told["limit"]) == ("headline", 31, 30)


def test_more_texts_than_the_channel_takes_are_refused() -> None:
    many = [{"name": "path", "text": f"p{at}"} for at in range(3)]
    with pytest.raises(InvalidInput) as error:
        ordered(start=start("edit", many))
    assert error.value.code == "ad_too_many"


@pytest.mark.parametrize(
    "given",
    [
        "no json",
        "[]",
        '{"verb": "paint", "of": {}}',
        '{"verb": "edit"}',
        '{"verb": "edit", "of": {"channel": "x", "fields": []}}',
        '{"verb": "edit", "of": {"channel": "google_rsa", "fields": [{"name": "nobody"}]}}',
        '{"verb": "edit", "of": {"channel": "google_rsa", "fields": "all"}}',
    ],
)
def test_what_is_no_start_is_refused(given: str) -> None:
    with pytest.raises(InvalidInput) as error:
        ordered(start=given)
    assert error.value.field == "start"


def test_typed_texts_are_read_by_the_input_filter() -> None:
    inputs = fill(CRAFT, {**MORROW, "start": start("edit", [{"name": "cta", "text": "Go on"}])},
                  lambda: 1)  # fmt: skip
    assert "Go on" in written(CRAFT, inputs)


def test_the_brand_card_joins_the_form() -> None:
    order = ordered(brand_card=CARD, dont_words=["plastic"])
    system = order.requests[0].messages[0].content
    assert "weekend hikers" in system
    assert order.plan["tone"] == "warm"
    (output,) = CRAFT.finish(order, [Completion("A cheap steel bottle")] * len(order.requests))
    assert all("cheap" not in row["text"].casefold() for row in rows(output))


def test_a_claim_with_its_proof_passes_and_one_without_does_not() -> None:
    edit = start("edit", [{"name": "description", "text": "It cures thirst, we measured it."}])
    proved = made(ordered(brand_card=CARD, start=edit))
    bare = made(ordered(start=edit))
    assert [c.passed for c in proved.checks if c.name == "no_health_claims"] == [True]
    assert [c.passed for c in bare.checks if c.name == "no_health_claims"] == [False]


def test_a_keyword_is_inserted_where_google_takes_it_and_counted_as_its_default() -> None:
    row = next(r for r in rows(made(ordered(keyword="steel water bottle"))) if "{" in r["text"])
    assert (row["text"], row["used"]) == ("{KeyWord:Steel Water Bottle}", 18)
    other = rows(made(ordered(keyword="steel water bottle", channel="meta_feed")))
    assert all("{" not in each["text"] for each in other)


def test_the_output_says_how_different_its_texts_are() -> None:
    data: Any = made(ordered()).data
    assert 0 < data["diversity"] <= 1
