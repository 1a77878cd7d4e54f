"""Every form is right on every seed, by a checker that shares no code with the constraint.

Blind choices under the rule are the hardest case: a model's preferences only narrow them.
"""

from __future__ import annotations

import pytest
import rulebook_zh
from rulebook_en import FORMS, Rulebook
from vocabularies import Tokens, write_at_random

from studio.verse.en_form import acrostic_form, en_form
from studio.verse.en_rule import MeasuredVerse
from studio.verse.zh_check import tone_text
from studio.verse.zh_form import answer_form, couplet_form, hidden_head_form, zh_form
from studio.verse.zh_lexicon import zh_lexicon
from studio.verse.zh_rule import RegularVerse

SEEDS = range(4)
REGULAR = {"五言绝句": (4, 5), "七言绝句": (4, 7), "五言律诗": (8, 5), "七言律诗": (8, 7)}


@pytest.fixture(scope="module")
def english() -> Rulebook:
    return Rulebook.from_table()


@pytest.mark.parametrize("name", sorted(FORMS))
def test_english_forms(name: str, pieces: Tokens, english: Rulebook) -> None:
    for seed in SEEDS:
        text = write_at_random(MeasuredVerse(en_form(name)), pieces, seed)
        assert english.faults(name, text) == [], text


def test_acrostics(pieces: Tokens, english: Rulebook) -> None:
    for letters in ("STUDIO", "JAZZ"):
        text = write_at_random(MeasuredVerse(acrostic_form(letters)), pieces, 1)
        assert english.faults("acrostic", text, letters) == [], text


@pytest.mark.parametrize("name", sorted(REGULAR))
def test_regulated_verse(name: str, characters: Tokens) -> None:
    for seed in SEEDS:
        text = write_at_random(RegularVerse(zh_form(name)), characters, seed)
        assert rulebook_zh.regulated_faults(text, *REGULAR[name]) == [], text


@pytest.mark.parametrize("name", sorted(rulebook_zh.SHAPES))
def test_tunes(name: str, characters: Tokens) -> None:
    for seed in SEEDS:
        text = write_at_random(RegularVerse(zh_form(name)), characters, seed)
        assert rulebook_zh.tune_faults(name, text) == [], text


@pytest.mark.parametrize("heads", ["春水", "创意无限", "五月天气好", "愿君平安如意长乐"])
def test_hidden_heads(heads: str, characters: Tokens) -> None:
    form = hidden_head_form(len(heads))
    text = write_at_random(RegularVerse(form, heads), characters, 2)
    lines = rulebook_zh.lines_of(text)
    assert "".join(line[0] for line in lines) == heads
    assert rulebook_zh.regulated_faults(text, len(heads), 7, heads) == [], text


@pytest.mark.parametrize("width", [5, 7])
def test_couplets(width: int, characters: Tokens) -> None:
    for seed in SEEDS:
        text = write_at_random(RegularVerse(couplet_form(width)), characters, seed)
        assert rulebook_zh.couplet_faults(*rulebook_zh.lines_of(text)) == [], text


@pytest.mark.parametrize("upper", ["海阔凭鱼跃", "一帘春雨", "灯火万家迎客至", "万里江山来眼底"])
def test_answers_to_a_first_line(upper: str, characters: Tokens) -> None:
    form = answer_form([tone_text(upper, zh_lexicon(), "both")])
    for seed in SEEDS:
        text = write_at_random(RegularVerse(form, said=upper), characters, seed)
        assert rulebook_zh.couplet_faults(upper, *rulebook_zh.lines_of(text)) == [], text


@pytest.mark.parametrize(
    ("text", "count", "width"),
    [
        ("白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", 4, 5),
        ("朝辞白帝彩云间，千里江陵一日还。两岸猿声啼不住，轻舟已过万重山。", 4, 7),
    ],
)
def test_the_rulebook_knows_good_verse(text: str, count: int, width: int) -> None:
    """Old poems whose tones Mandarin kept, but for single entering tones."""
    assert len(rulebook_zh.regulated_faults(text, count, width)) <= 3


@pytest.mark.parametrize(
    "text",
    [
        "白日依山尽，黄河入海流。欲穷千里目，更上一层山。",  # 山 does not rhyme with 流
        "白日依山尽，黄河入海。欲穷千里目，更上一层楼。",  # four characters
        "白日依山流，黄河入海尽。欲穷千里楼，更上一层目。",  # ends turned about
    ],
)
def test_the_rulebook_knows_bad_verse(text: str) -> None:
    good = rulebook_zh.regulated_faults("白日依山尽，黄河入海流。欲穷千里目，更上一层楼。", 4, 5)
    assert set(rulebook_zh.regulated_faults(text, 4, 5)) - set(good)


def test_the_rulebook_knows_a_tune_that_fails() -> None:
    name = "如梦令"
    whole = "昨夜雨疏风骤，浓睡不消残酒。试问卷帘人，却道海棠依旧。知否？知否？应是绿肥红瘦。"
    assert rulebook_zh.tune_faults(name, whole) == []
    assert rulebook_zh.tune_faults(name, whole.replace("知否？知否", "知否？可否"))
    assert rulebook_zh.tune_faults(name, whole.replace("红瘦", "红减"))
