"""Lengths as the channels themselves show them."""

from __future__ import annotations

import random

import pytest

from studio.ads.widths import shortened, upper_width, width


@pytest.mark.parametrize(
    ("counter", "text", "used"),
    [
        ("double_width", "Steel bottle", 12),
        ("double_width", "冷泡乌龙茶", 10),
        ("double_width", "冷泡 24 小时，无糖。", 20),
        ("double_width", "ｆｕｌｌ", 8),
        ("double_width", "한국어", 6),
        ("plain", "冷泡乌龙茶", 5),
        ("plain", "cafe\u0301", 4),
        ("weighted", "Hello, world", 12),
        ("weighted", "你好", 4),
        ("weighted", "été – “quoted”", 14),
        ("weighted", "👩\u200d👩\u200d👧\u200d👦", 2),
        ("weighted", "🇨🇳", 2),
        ("weighted", "👍🏽 ok", 5),
        ("weighted", "see https://example.com/a/very/long/path?with=query now", 31),
        ("weighted", "example.com", 23),
        ("weighted", "e.g. this", 9),
    ],
)
def test_a_text_counts_as_its_channel_counts(counter, text, used):
    assert width(counter, text) == used


def test_the_bound_of_pieces_is_never_below_the_width_of_the_whole():
    draw, letters = random.Random(3), "ab 冷é한👩\u200d👧🇨🇳👍🏽—“”.,!"
    for _ in range(300):
        text = "".join(draw.choice(letters) for _ in range(draw.randint(0, 40)))
        for counter in ("plain", "double_width", "weighted"):
            assert width(counter, text) <= sum(upper_width(counter, each) for each in text)


@pytest.mark.parametrize(
    ("text", "limit", "cut"),
    [
        ("Refillable steel water bottle", 29, "Refillable steel water bottle"),
        ("Refillable steel water bottle", 28, "Refillable steel water"),
        ("Small groups, tools included", 14, "Small groups"),
        ("冷泡乌龙茶，冷水三分钟", 12, "冷泡乌龙茶"),
    ],
)
def test_shortening_ends_at_a_word(text, limit, cut):
    assert shortened("double_width", text, limit) == cut
