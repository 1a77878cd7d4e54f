from __future__ import annotations

import pytest

from studio.verse.prefix import COUPLET, FIRST_FORMS, FORMS, LATER_FORMS, REGULAR_FORMS, poem_body
from studio.verse.zh_check import check_regular, verse_lines
from studio.verse.zh_form import zh_form
from studio.verse.zh_lexicon import zh_lexicon
from studio.verse.zh_tunes import parse_tune, tunes

KNOWN = {
    "如梦令": "常记溪亭日暮，沉醉不知归路。兴尽晚回舟，误入藕花深处。争渡，争渡，惊起一滩鸥鹭。",
    "菩萨蛮": "平林漠漠烟如织，寒山一带伤心碧。暝色入高楼，有人楼上愁。"
    "玉阶空伫立，宿鸟归飞急。何处是归程，长亭更短亭。",
    "忆江南": "江南好，风景旧曾谙。日出江花红胜火，春来江水绿如蓝。能不忆江南。",
    "西江月": "明月别枝惊鹊，清风半夜鸣蝉。稻花香里说丰年，听取蛙声一片。"
    "七八个星天外，两三点雨山前。旧时茅店社林边，路转溪桥忽见。",
    "浣溪沙": "簌簌衣巾落枣花，村南村北响缫车。牛衣古柳卖黄瓜。"
    "酒困路长惟欲睡，日高人渴漫思茶。敲门试问野人家。",
    "忆秦娥": "箫声咽，秦娥梦断秦楼月。秦楼月，年年柳色，灞陵伤别。"
    "乐游原上清秋节，咸阳古道音尘绝。音尘绝，西风残照，汉家陵阙。",
}
"""Poems that every schoolbook has."""


def test_every_tune_has_its_place_in_the_models_vocabulary() -> None:
    assert set(tunes()) == set(FORMS) - set(REGULAR_FORMS) - {COUPLET}
    assert FIRST_FORMS == ("五言绝句", "七言绝句", "五言律诗", "七言律诗", "浣溪沙")
    assert len(set(LATER_FORMS)) == len(LATER_FORMS)


def test_a_rhyme_of_a_tune_has_the_tone_its_pattern_ends_on() -> None:
    for name, tune in tunes().items():
        for line in tune:
            if line.rhyme:
                assert (line.tones[-1] == "平") is line.rhyme.isupper(), name


def test_a_pattern_that_can_not_be_read_is_refused() -> None:
    with pytest.raises(ValueError, match="pattern"):
        parse_tune("中平中仄a，x")


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_famous_poems_fit_their_tunes(name: str) -> None:
    lines = verse_lines(KNOWN[name])
    verdicts = check_regular(lines, zh_form(name), zh_lexicon(), "平水韵")
    assert [each for each in verdicts if not each.passed] == []


def test_a_tune_that_repeats_must_repeat() -> None:
    lines = verse_lines(KNOWN["如梦令"].replace("争渡，争渡", "争渡，谁渡"))
    verdicts = check_regular(lines, zh_form("如梦令"), zh_lexicon(), "平水韵")
    assert ("repeat", 6) in {(each.name, each.line) for each in verdicts if not each.passed}


def test_entering_tones_rhyme_with_themselves_alone() -> None:
    lexicon = zh_lexicon()
    moon, snow, willow = (lexicon.tune_rhymes(each, "平水韵", "仄") for each in "月雪柳")
    assert moon & snow
    assert not moon & willow


def test_the_model_writes_the_marks_of_a_tune() -> None:
    lines = [line.tones for line in tunes()["虞美人"]]
    assert poem_body(lines, "虞美人").count("、") == 2
    assert poem_body(["上上上上上", "下下下下下"], COUPLET) == "上上上上上，下下下下下。"
