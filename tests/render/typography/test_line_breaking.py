"""Where lines may end, in both languages (CLREQ 3.1.6, JIS X 4051, and a typographer's habits)."""

from __future__ import annotations

import json
import random
from itertools import pairwise
from pathlib import Path

import pytest

from studio.render.typography import set_text, typeface
from studio.render.typography.breaking import IN_WORD, line_breaks

ROOT = Path(__file__).resolve().parents[3]
NEVER_FIRST = "、，。．：；！？）］｝〉》」』】〕”’…—·％℃々ー,.!?;:)]}%"
NEVER_LAST = "（［｛〈《「『【〔“‘￥＄#$€£(["


def _pieces(text: str) -> list[str]:
    """`text` broken wherever it may be."""
    places = [0, *(each.index for each in line_breaks(text)), len(text)]
    return [text[one:other].strip() for one, other in pairwise(places)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Sleep better tonight", ["Sleep", "better", "tonight"]),
        ("Save 20 % on 500 ml bottles", ["Save", "20 %", "on", "500 ml", "bottles"]),
        ("Free for 30 days, then $ 5", ["Free", "for", "30 days,", "then", "$ 5"]),
        ("From 6 am to 9 p.m. daily", ["From", "6 am", "to", "9 p.m.", "daily"]),
        ("Opens May 5 with Dr. Lee", ["Opens", "May 5", "with", "Dr. Lee"]),
        ("Only 1 000 000 made", ["Only", "1 000 000", "made"]),
        ("State-of-the-art or e-mail", ["State-", "of-the-", "art", "or", "e-mail"]),
        ("Tea (hot) — today", ["Tea", "(hot) —", "today"]),
        ("Don’t wait “until then”", ["Don’t", "wait", "“until", "then”"]),
        ("a non\u00a0breaking space", ["a", "non\u00a0breaking", "space"]),
    ],
)
def test_english_words_numbers_and_signs(text: str, pieces: list[str]) -> None:
    assert _pieces(text) == pieces


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("你好，世界", ["你", "好，", "世", "界"]),
        ("她说：“早安。”", ["她", "说：", "“早", "安。”"]),
        ("《春》（新）……", ["《春》", "（新）……"]),
        ("仅￥199元", ["仅", "￥199元"]),
        ("30天免费", ["30天", "免", "费"]),
        ("每瓶 500 毫升", ["每", "瓶", "500 毫升"]),
        ("第1名", ["第1名"]),
        ("省20％电", ["省", "20％", "电"]),
        ("用 AI 写诗", ["用", "AI", "写", "诗"]),
    ],
)
def test_chinese_characters_signs_and_counts(text: str, pieces: list[str]) -> None:
    assert _pieces(text) == pieces


def test_a_break_inside_a_chinese_word_is_dear_and_one_after_a_comma_welcome() -> None:
    cost = {each.index: each.cost for each in line_breaks("咖啡醒了，早晨开始")}
    assert cost[1] == IN_WORD
    assert cost[2] == 0
    assert cost[5] < 0


def _lines_of_the_corpora(name: str, count: int) -> list[str]:
    texts = []
    for line in (ROOT / "assets" / "corpora" / name).read_text("utf-8").splitlines():
        for value in json.loads(line).values():
            texts += [each.strip() for each in str(value).splitlines() if 4 < len(each) < 60]
    return random.Random(3).sample(sorted(set(texts)), count)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_in_any_box_no_sign_stands_where_it_may_not_and_no_character_alone(lang: str) -> None:
    """Every line of many settings, whatever the width asks for."""
    face = typeface("sans", "regular")
    found = 0
    for text in _lines_of_the_corpora(f"ads_{lang}_written.jsonl", 60):
        for width in (90, 150, 260, 430):
            setting = set_text(text, face, (width, 500), (9, 60), lang, most_lines=12)
            lines = [each.text for each in setting.lines] if setting else []
            found += bool(setting)
            for one, other in pairwise(lines):
                assert one[-1] not in NEVER_LAST, lines
                assert other[0] not in NEVER_FIRST, lines
            if len(lines) > 1:
                assert all(sum(map(str.isalnum, line)) > 1 for line in lines), lines
    assert found > 200


def test_numbers_keep_their_units_at_every_width() -> None:
    face = typeface("sans", "bold")
    for width in range(60, 500, 15):
        setting = set_text("Save 20 % on all 500 ml bottles", face, (width, 400), (8, 60), "en",
                           most_lines=8)  # fmt: skip
        if setting:
            joined = "\n".join(each.text for each in setting.lines)
            assert "20 %" in joined
            assert "500 ml" in joined


def test_words_of_chinese_stay_whole_where_there_is_room() -> None:
    face = typeface("serif", "bold")
    setting = set_text("让每一次呼吸都回到森林", face, (300, 130), (10, 60), "zh", most_lines=3)
    assert setting is not None
    assert [each.text for each in setting.lines] == ["让每一次呼吸", "都回到森林"]


def test_lines_are_even_and_no_word_is_left_over() -> None:
    face = typeface("sans", "regular")
    text = "The quiet morning tea that waits for you, and never asks for more"
    for width in range(180, 700, 20):
        setting = set_text(text, face, (width, 300), (12, 20), "en", most_lines=8)
        assert setting is not None
        widths = [face.width(each.text, setting.size) for each in setting.lines]
        assert len(widths) == 1 or widths[-1] > 0.3 * max(widths)


def test_a_line_break_of_the_person_is_kept() -> None:
    face = typeface("sans", "regular")
    setting = set_text("One\ntwo three", face, (900, 300), (12, 30), "en", most_lines=4)
    assert setting is not None
    assert [each.text for each in setting.lines] == ["One", "two three"]


def test_only_a_word_wider_than_its_box_is_hyphenated() -> None:
    face = typeface("sans", "regular")
    narrow = set_text("Extraordinary taste", face, (60, 200), (12, 20), "en", most_lines=6)
    wide = set_text("Extraordinary taste", face, (100, 200), (12, 60), "en", most_lines=6)
    assert narrow is not None
    assert wide is not None
    assert any(each.text.endswith("-") for each in narrow.lines)
    parts = "".join(each.text.rstrip("-") for each in narrow.lines)
    assert parts == "Extraordinarytaste"
    assert not any(each.text.endswith("-") for each in wide.lines)
