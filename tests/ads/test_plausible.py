"""A small writer is held to the brief: its words, its refusals, one whole point."""

from __future__ import annotations

import pytest

from studio.ads.plausible import plausible

SAID = "Morrow\nrefillable steel water bottle for hikers\nkeeps cold 24 h\nno plastic wrap"
POINTS = ("keeps cold 24 h", "no plastic wrap", "refillable steel water bottle for hikers")
TEA = "半亩茶\n冷泡乌龙茶包\n冷水三分钟\n无糖\n可降解茶袋"
TEA_POINTS = ("冷水三分钟", "无糖", "可降解茶袋", "冷泡乌龙茶包")


@pytest.mark.parametrize(
    "line",
    [
        "A steel bottle that keeps cold for 24 h",
        "No plastic wrap. Simple.",
        "Keeps cold all day. That's Morrow.",
    ],
)
def test_the_brief_in_other_words_may_stand(line: str) -> None:
    assert plausible(line, SAID, POINTS, "en")


@pytest.mark.parametrize(
    "line",
    [
        "The water is warm",
        "A bottle you can't hold",
        "A water bottle that keeps warm. It's a battery.",
        "Plastic wrap, never cold",
        "For hikers",
        "Here for you today",
    ],
)
def test_what_strays_contradicts_or_says_nothing_may_not(line: str) -> None:
    assert not plausible(line, SAID, POINTS, "en")


@pytest.mark.parametrize("line", ["冷水三分钟，就来一杯", "无糖，慢慢来", "可降解茶袋，等你来看看"])
def test_chinese_lines_that_stay_with_the_brief(line: str) -> None:
    assert plausible(line, TEA, TEA_POINTS, "zh")


@pytest.mark.parametrize(
    "line",
    [
        "乌龙茶，有糖",
        "乌龙茶，是睡不着的",
        "三分钟，黑得像一粒细碎",
        "茶袋，没收钱",
        "给你的，今天",
    ],
)
def test_chinese_lines_that_do_not(line: str) -> None:
    assert not plausible(line, TEA, TEA_POINTS, "zh")
