"""A kit asks for everything at once, and one part of it changes without the others."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from studio.ads.channels import CHANNELS
from studio.crafts.craft import Order, Output
from studio.crafts.form import fill
from studio.crafts.kit import CRAFT
from studio.crafts.kit_mood import mood_of
from studio.crafts.kit_pictures import palette_of
from studio.crafts.kit_start import start_text
from studio.errors import InvalidInput
from studio.requests import Completion, Picture

MORROW: Mapping[str, object] = {
    "brand": "Morrow",
    "product": "refillable steel water bottle for hikers",
    "benefits": ["keeps cold 24 h", "repairable cap", "made from recycled steel"],
    "seed": 5,
}
TEA: Mapping[str, object] = {
    "brand": "半亩茶",
    "product": "冷泡乌龙茶包",
    "benefits": ["冷水三分钟", "无糖", "可降解茶袋"],
    "seed": 5,
}
BRAND = {
    "name": "Morrow",
    "colours": ["#0b3c49", "#d95d39"],
    "valence": -0.4,
    "arousal": 0.6,
    "font": "serif",
}


class Everybody:
    """A card for every role, no adapter."""

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        return f"{role}/{lang}", None

    def drafts(self, card: str) -> int:
        return 1


def ordered(*forms: Mapping[str, object], **more: object) -> Order:
    given = {key: value for form in forms for key, value in form.items()} | more
    return CRAFT.order(fill(CRAFT, given, lambda: 1), Everybody())


def made(order: Order) -> tuple[Output, ...]:
    pixels = Picture(4, 4, bytes(48))
    return CRAFT.finish(
        order,
        [Completion("", pixels if "picture" in each.card else None) for each in order.requests],
    )


def roles(order: Order) -> set[str]:
    return {each.card.split("/")[0] for each in order.requests}


def kept(output: Output) -> dict[str, Any]:
    """As the history gives it back: through JSON."""
    found: dict[str, Any] = json.loads(json.dumps(output.data["kept"], default=dict))
    return found


def test_one_order_asks_for_copy_pictures_and_jingle_together() -> None:
    order = ordered(MORROW)
    assert roles(order) == {"writer", "picture", "melody"}
    assert [part.name for part in order.parts] == [
        "copy",
        "picture/wide",
        "picture/square",
        "picture/tall",
        "jingle",
    ]
    assert sum(len(part.order.requests) for part in order.parts) == len(order.requests)


@pytest.mark.parametrize("form", [MORROW, TEA])
def test_every_channel_has_its_copy_within_its_limits(form: Mapping[str, object]) -> None:
    (output,) = made(ordered(form))
    data: Any = output.data
    assert [each["channel"] for each in data["channels"]] == list(CHANNELS)
    for each in data["channels"]:
        channel = CHANNELS[each["channel"]]
        for field in channel.fields:
            texts = [row["text"] for row in each["fields"] if row["name"] == field.name]
            assert field.least <= len(texts) <= field.most, (channel.name, field.name)
            assert all(field.fits(text) for text in texts), (channel.name, field.name, texts)


def test_some_channels_can_be_chosen() -> None:
    data: Any = made(ordered(MORROW, channel=["x", "google_rsa"]))[0].data
    assert [each["channel"] for each in data["channels"]] == ["google_rsa", "x"]


def test_two_kits_share_no_seed() -> None:
    order = ordered(MORROW, n=2)
    seeds = [(each.card, each.seed) for each in order.requests if each.card == "writer/en"]
    assert len(set(seeds)) == len(seeds)
    first, second = made(order)
    assert first.seed != second.seed


def test_picture_and_jingle_share_the_brands_mood_and_colours() -> None:
    order = ordered(MORROW, brand_card=BRAND)
    square = next(part for part in order.parts if part.name == "picture/square")
    palette = str(square.order.inputs["palette"]).split()
    assert palette[:2] == BRAND["colours"]
    assert str(square.order.inputs["text"]).startswith("tense")
    jingle = order.parts[-1].order
    assert (jingle.inputs["valence"], jingle.inputs["arousal"]) == (-0.4, 0.6)


def test_a_brand_of_two_colours_gets_a_light_and_a_dark_tint() -> None:
    assert palette_of(()) == ()
    assert len(palette_of(("#0b3c49", "#d95d39"))) == 3  # it is dark enough already
    assert len(palette_of(("#888888",))) == 3
    assert palette_of(("#111", "#222", "#333", "#444")) == ("#111", "#222", "#333", "#444")


def test_a_tone_has_a_mood_where_no_brand_has() -> None:
    assert mood_of(None, "bold").arousal > 0.5 > mood_of(None, "tender").arousal
    assert mood_of(None, "nobody knows this one") == mood_of(None, "")


def test_new_copy_keeps_the_locked_rows() -> None:
    (first,) = made(ordered(MORROW))
    whole = kept(first)
    rows = whole["copy"]["google_rsa"]
    rows[0] |= {"text": "My own headline", "locked": True}
    start = start_text("copy", whole, channels={"google_rsa": rows})
    order = ordered(MORROW, start=start)
    assert "writer" in roles(order)
    assert "melody" not in roles(order)
    data: Any = made(order)[0].data
    again = next(each for each in data["channels"] if each["channel"] == "google_rsa")
    assert "My own headline" in [row["text"] for row in again["fields"]]


def test_an_edit_asks_no_writer_and_keeps_every_word() -> None:
    (first,) = made(ordered(MORROW))
    whole = kept(first)
    rows = whole["copy"]["x"]
    rows[0] |= {"text": "Cold at noon, cold at night. Morrow."}
    order = ordered(MORROW, start=start_text("edit", whole, channels={"x": rows}))
    assert "writer" not in roles(order)
    data: Any = made(order)[0].data
    again = {each["channel"]: each["fields"] for each in data["channels"]}
    assert again["x"][0]["text"] == "Cold at noon, cold at night. Morrow."
    assert [row["text"] for row in again["linkedin"]] == [
        row["text"] for row in whole["copy"]["linkedin"]
    ]


def test_an_edit_that_is_too_long_says_where() -> None:
    (first,) = made(ordered(MORROW))
    whole = kept(first)
    rows = whole["copy"]["google_rsa"]
    rows[0] |= {"text": "far too long a headline for any search result page"}
    with pytest.raises(InvalidInput) as caught:
        ordered(MORROW, start=start_text("edit", whole, channels={"google_rsa": rows}))
    assert caught.value.facts["limit"] == 30


def test_another_layout_asks_for_nothing_new() -> None:
    (first,) = made(ordered(MORROW))
    start = start_text("layout", kept(first), layouts={"300x250": 3})
    order = ordered(MORROW, start=start)
    assert roles(order) <= {"picture"}  # only the same compositions again
    (again,) = made(order)
    assert again.data["layouts"] == {"300x250": 3}
    assert again.text == first.text


def test_a_new_jingle_leaves_the_copy() -> None:
    (first,) = made(ordered(MORROW))
    order = ordered(MORROW, start=start_text("jingle", kept(first)))
    assert "melody" in roles(order)
    assert "writer" not in roles(order)
    assert made(order)[0].text == first.text


def test_a_kept_jingle_is_the_same_note_for_note() -> None:
    (first,) = made(ordered(MORROW))
    (again,) = made(ordered(MORROW, start=start_text("layout", kept(first), layouts={})))
    assert again.parts[-1].output.data["notes"] == first.parts[-1].output.data["notes"]


def test_an_own_picture_needs_no_picture_model() -> None:
    order = ordered(MORROW, upload="a" * 64)
    assert "picture" not in roles(order)


@pytest.mark.parametrize(
    "start",
    [
        "no json",
        "[]",
        '{"verb": "burn", "of": {}}',
        '{"verb": "layout", "of": {}}',
        '{"verb": "layout", "of": {}, "layouts": {"300x250": 9}}',
        '{"verb": "layout", "of": 3, "layouts": {}}',
        '{"verb": "jingle", "of": {"jingle": {"abc": 3}}}',
        '{"verb": "edit", "of": {}, "channels": {"telegraph": []}}',
        '{"verb": "edit", "of": {}, "channels": {"x": [{"name": "nothing"}]}}',
        '{"verb": "picture", "of": {"pictures": {"round": {}}}}',
    ],
)
def test_a_start_that_is_no_kit_is_refused(start: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        ordered(MORROW, start=start)
    assert caught.value.field in ("start", "abc")
