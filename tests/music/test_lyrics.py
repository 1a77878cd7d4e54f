"""Words under a melody: divided as a singer reads them, and told before when they do not fit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.lyrics import bars_needed, phrase_room, phrase_syllables, set_words
from studio.music.meter import Meter, read_meter
from studio.music.syllables import divided, fit_lines
from studio.verse.en_lexicon import en_lexicon, guessed_word

LUNAR = "春眠不觉晓，处处闻啼鸟。\n夜来风雨声，\n花落知多少？"


def count(word: str) -> int:
    known = en_lexicon().words.get(word)
    return (known or guessed_word(word)).syllables


@pytest.mark.parametrize(
    "word",
    [
        "morn-ing", "har-bour", "lit-tle", "ta-ble", "run-ning", "sing-ing", "fall-ing",
        "want-ed", "beau-ti-ful", "light-house", "some-thing", "sci-ence", "i-de-a", "o-ver",
        "qui-et-ly", "un-der-stand-ing", "peo-ple", "yes-ter-day", "cre-at-ed", "yel-low",
        "loved", "light", "fire",
    ],
)  # fmt: skip
def test_english_words_are_divided_as_they_are_sung(word: str) -> None:
    assert "-".join(divided(word.replace("-", ""), word.count("-") + 1)) == word


@pytest.mark.parametrize("word", ["strengths", "a", "rhythm", "queue", "Llanfair", "x", "zzz"])
@pytest.mark.parametrize("parts", [1, 2, 3, 5])
def test_a_word_is_never_lost_whatever_is_asked(word: str, parts: int) -> None:
    made = divided(word, parts)
    assert "".join(made) == word
    assert all(made)
    assert len(made) <= max(1, min(parts, len(word)))


def test_every_word_of_the_dictionary_keeps_its_letters_and_its_count() -> None:
    words = [word for word in en_lexicon().words.values() if word.rank % 40 == 0]
    made = {word.text: divided(word.text, word.syllables) for word in words}
    assert all("".join(parts) == text for text, parts in made.items())
    right = sum(len(made[word.text]) == word.syllables for word in words)
    assert right / len(words) > 0.99


def test_chinese_is_one_character_a_note_and_marks_stay_off_the_notes() -> None:
    assert fit_lines(LUNAR, count) == (
        tuple("春眠不觉晓处处闻啼鸟"), tuple("夜来风雨声"), tuple("花落知多少"),
    )  # fmt: skip


def test_english_lines_keep_their_commas_and_join_their_syllables() -> None:
    lines = fit_lines("“Rain-soaked” harbour, — don’t go!\n\n  (never)  \n...", count)
    assert lines == (("Rain-", "soaked", "har-", "bour,", "don’t", "go!"), ("ne-", "ver"))


def test_a_mixed_line_is_read_in_its_order() -> None:
    assert fit_lines("我的 baby 在海边 7", count) == (
        ("我", "的", "ba-", "by", "在", "海", "边", "7"),
    )


def test_four_short_lines_make_a_quatrain_of_phrases() -> None:
    lines = fit_lines("床前明月光\n疑是地上霜\n举头望明月\n低头思故乡", count)
    meter = read_meter("6/8")
    bars = bars_needed(lines, meter)
    assert bars == 16
    assert phrase_syllables(lines, bars, meter) == (5, 5, 5, 5)


def test_short_lines_share_a_phrase_and_a_long_one_takes_two() -> None:
    meter = Meter(4, 4)
    short = [["la"] * 4] * 4
    assert phrase_syllables(short, 8, meter) == (8, 8)
    long = [["la"] * 28, ["la"] * 10]
    assert phrase_syllables(long, 12, meter) == (14, 14, 10)


@pytest.mark.parametrize("meter", ["4/4", "3/4", "2/4", "6/8", "9/8", "12/8"])
@pytest.mark.parametrize("lines", [1, 2, 3, 4, 7, 12])
@pytest.mark.parametrize("length", [3, 7, 11, 13])
def test_no_syllable_is_lost_and_none_too_quick(meter: str, lines: int, length: int) -> None:
    text, time = [["la"] * length] * lines, read_meter(meter)
    bars = bars_needed(text, time)
    shares = phrase_syllables(text, bars, time)
    assert sum(shares) == lines * length
    assert len(shares) == bars // 4
    assert max(shares) <= phrase_room(time)


def test_too_many_and_too_few_are_told_in_numbers_before_anything_is_made() -> None:
    with pytest.raises(InvalidInput) as error:
        phrase_syllables([["la"] * 90], 8, Meter(2, 4))
    assert error.value.field == "words"
    assert "90 syllables" in error.value.message
    assert error.value.facts["needed"] == 2 * phrase_room(Meter(2, 4))
    with pytest.raises(InvalidInput) as error:
        phrase_syllables([["la", "la", "la"]], 32, Meter(4, 4))
    assert (error.value.code, error.value.facts["given"]) == ("lyrics_short", 3)
    with pytest.raises(InvalidInput):
        bars_needed([["la"] * 3000], Meter(4, 4))


def test_words_are_set_one_a_note_and_stay_there_in_abc() -> None:
    tune = read_abc("X:1\nM:3/4\nL:1/4\nK:G\nG A B- | B A G | D3 |]\n")
    sung = set_words(tune, ["A", "mor-", "ning", "_", "song", "山"][: len(tune.notes())])
    assert read_abc(write_abc(sung)).words == sung.words
    with pytest.raises(InvalidInput) as error:
        set_words(tune, ["one", "two"])
    assert (error.value.facts["given"], error.value.facts["needed"]) == (2, len(tune.notes()))
    assert replace(sung, words=()) == tune
