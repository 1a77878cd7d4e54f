"""A difference that can be read, and from which both texts come back."""

from __future__ import annotations

import pytest

from studio.prose.difference import difference

PAIRS = [
    ("Your parcel is late. Call us Friday.", "Your parcel is a bit late. Call on Friday.", "en"),
    ("雨夜，一位修表匠收到怀表。", "雨夜里，老修表匠收到了一块怀表。", "zh"),
    ("", "All of it is new.", "en"),
    ("All of it goes.", "", "en"),
    ("It is the same.", "It is the same.", "en"),
    ("Line one.\n\nLine two.", "Line one.\nLine 2!", "en"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "lang"), PAIRS)
def test_both_texts_come_back(old, new, lang):
    parts = difference(old, new, lang)
    assert "".join(part.text for part in parts if part.kind != "added") == old
    assert "".join(part.text for part in parts if part.kind != "removed") == new


def test_english_changes_by_whole_words():
    parts = difference("He was walking home.", "He was running home.", "en")
    assert [(each.kind, each.text) for each in parts] == [
        ("kept", "He was "),
        ("removed", "walking"),
        ("added", "running"),
        ("kept", " home."),
    ]


def test_chinese_changes_by_characters():
    kinds = [(each.kind, each.text) for each in difference("他收到怀表。", "他收到了怀表。", "zh")]
    assert kinds == [("kept", "他收到"), ("added", "了"), ("kept", "怀表。")]


def test_a_new_sentence_is_no_confetti():
    old = "Delivery is expected on Friday and the driver will call."
    new = "We shall bring it the day after, and someone rings your bell."
    assert len(difference(old, new, "en")) <= 4
