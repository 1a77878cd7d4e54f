"""Verdicts name their rule, catch what is forbidden, and let honest words pass."""

from __future__ import annotations

import pytest

from studio.ads.channels import CHANNELS
from studio.ads.compliance import verdicts


def broken(text: str, *, lang: str = "en", channel: str = "google_rsa", field: str = "headline",
           brief: str = "") -> set[str]:  # fmt: skip
    chosen = CHANNELS[channel]
    found = verdicts(chosen, chosen.field(field), text, lang, brief)
    return {each.rule for each in found if not each.passed}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Cold for hours!", "no_exclamation_headline"),
        ("BUY this bottle", "no_all_caps"),
        ("Cold water??", "no_repeated_punctuation"),
        ("Cold,, clear", "no_repeated_punctuation"),
        ("The best bottle", "no_superlatives"),
        ("Guaranteed cold", "no_superlatives"),
        ("#1 with hikers", "no_superlatives"),
        ("The world's lightest cap", "no_superlatives"),
        ("Call 020 7946 0123", "no_phone"),
        ("Cold ★ clear", "no_symbols"),
        ("A bottle that keeps your water cold", "within_limit"),
        ("", "within_limit"),
    ],
)
def test_english_rules(text, rule):
    assert rule in broken(text)


@pytest.mark.parametrize(
    "text",
    [
        "Keeps cold 24 h",
        "USB lamp for DIY evenings",
        "Your best friend's bottle",
        "Wait... it floats",
        "Ready by 3:30, room 12",
        "O'Neill & Sons",
    ],
)
def test_honest_english_passes(text):
    assert broken(text, channel="meta_feed") == set()


@pytest.mark.parametrize(
    "text",
    [
        "全国最好的茶",
        "销量第一",
        "国家级品质",
        "顶级乌龙",
        "绝对无糖",
        "唯一的冷泡茶",
        "百分之百天然",
        "遥遥领先",
    ],
)
def test_absolute_words_of_the_advertising_law_are_named(text):
    assert broken(text, lang="zh") == {"no_absolute_words"}


@pytest.mark.parametrize(
    "text",
    ["最近的茶山", "第一次冷泡", "最后一公里也送到", "早晨第一口", "最少三分钟", "冷水三分钟"],
)
def test_everyday_chinese_passes(text):
    assert broken(text, lang="zh") == set()


def test_the_persons_own_words_are_theirs_to_prove_but_punctuation_is_not():
    assert broken("Award-winning oak", brief="award-winning oak boards") == set()
    assert broken("IKEA shelf, painted", brief="IKEA") == set()
    assert broken("Cold water!", brief="Cold water!") == {"no_exclamation_headline"}


def test_an_exclamation_mark_is_allowed_outside_headlines():
    assert broken("Come and see!", field="description") == set()


def test_the_limit_verdict_always_says_how_much_is_used():
    chosen = CHANNELS["google_rsa"]
    (limit, *_) = verdicts(chosen, chosen.field("headline"), "冷泡乌龙茶", "zh")
    assert (limit.rule, limit.passed, limit.detail) == ("within_limit", True, "10/30")
