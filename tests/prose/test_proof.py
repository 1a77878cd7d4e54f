"""Slips that are marked, and good text that is left alone."""

from __future__ import annotations

import pytest

from studio.prose.proof import slips_of


def mended(text: str, lang: str, brief: str = "") -> str:
    for slip in reversed(slips_of(text, lang, brief)):
        if slip.fixes:
            text = text[: slip.start] + slip.fixes[0] + text[slip.end :]
    return text


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("He recieved it.", "He received it."),
        ("She saw the the gull.", "She saw the gull."),
        ("It took a hour and an day.", "It took an hour and a day."),
        ("Then i left. she stayed.", "Then I left. She stayed."),
        ("Rain fell ,and fell .", "Rain fell, and fell."),
        ("Rain fell.Then it stopped..", "Rain fell. Then it stopped…"),
        ("Two  spaces here.", "Two spaces here."),
        ("“Come in, she said.", "“Come in, she said.”"),
    ],
)
def test_english_slips_are_mended(wrong, right):
    assert mended(wrong, "en") == right


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("他来了，，又走了。。", "他来了，又走了。"),
        ("他说:“走吧!”", "他说：“走吧！”"),
        ("他慢慢的走过来。", "他慢慢地走过来。"),
        ("今天 天气好.", "今天天气好。"),
        ("“走吧，他说。", "“走吧，他说。”"),
    ],
)
def test_chinese_slips_are_mended(wrong, right):
    assert mended(wrong, "zh") == right


@pytest.mark.parametrize(
    "good",
    [
        "Mr. Banerjee met Ximena at the harbour. “It was a unique colour,” she realised.",
        "He had had enough. An honest man, an X-ray, a one-way street, an FBI agent.",
        'INT. LIFT - NIGHT\n\nDARA\nTap tap. Wait... "No?" he asked.',
        "“One day,” he said, “we’ll see.\n\n“And another paragraph opens.”",
        "The tram stops at 3.50 p.m. each day, e.g. on Mondays.",
    ],
)
def test_good_english_has_no_marks(good):
    assert slips_of(good, "en") == ()


@pytest.mark.parametrize(
    "good",
    [
        "内景 面馆 日\n\n“你来了，”他说，“坐。”",
        "本报讯（记者 茅以安）河水清了3.5倍。",
        "他深深的爱意。",
    ],
)
def test_good_chinese_has_no_marks(good):
    assert slips_of(good, "zh") == ()


def test_words_of_the_brief_are_right():
    assert slips_of("The brunnoway sang.", "en") != ()
    assert slips_of("The brunnoway sang.", "en", brief="a story of a Brunnoway") == ()


def test_a_slip_tells_where_it_is_and_keeps_the_capital():
    (slip,) = slips_of("It is so. Recieve it.", "en")
    assert (slip.text, slip.start, slip.fixes[0]) == ("Recieve", 10, "Receive")
