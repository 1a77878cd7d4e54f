from __future__ import annotations

import pytest

from studio.verse.zh_lexicon import zh_lexicon
from studio.verse.zh_theme import ThemeReader, verse_images, verse_words


@pytest.fixture(scope="module")
def reader() -> ThemeReader:
    return ThemeReader(zh_lexicon(), verse_words(), verse_images())


def test_words_of_the_idea_in_their_order(reader: ThemeReader) -> None:
    assert reader.theme("在秋日的黄昏，一片金色的落叶") == ("秋日", "黄昏", "金色", "落叶")


def test_modern_and_english_things_become_images(reader: ThemeReader) -> None:
    assert "夜灯" in reader.theme("加班")
    assert "明月" in reader.theme("The moon over a tram stop")


@pytest.mark.parametrize("idea", ["", "😀", "Zürich 2026", "的了着", "x" * 400])
def test_an_idea_it_can_not_know_gives_no_words(idea: str, reader: ThemeReader) -> None:
    assert reader.theme(idea) == ()


def test_at_most_four_and_words_before_characters(reader: ThemeReader) -> None:
    theme = reader.theme("江上夜雨，客舟孤灯，青山落日，明月春风")
    assert len(theme) == 4
    assert all(len(word) == 2 for word in theme)
