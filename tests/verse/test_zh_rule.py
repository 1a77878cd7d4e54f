"""Whatever a model prefers, a Chinese poem under the rule has its form."""

from __future__ import annotations

import pytest
from vocabularies import Tokens, write_at_random

from studio.verse.zh_check import check_regular, verse_lines
from studio.verse.zh_form import hidden_head_form, zh_form
from studio.verse.zh_lexicon import BOOKS, zh_lexicon
from studio.verse.zh_rule import RegularVerse

FORMS = ("五言绝句", "七言绝句", "五言律诗", "七言律诗", "浣溪沙")


def failed(verse: RegularVerse, text: str) -> list[str]:
    verdicts = check_regular(
        verse_lines(text), verse.form, zh_lexicon(), verse.book, verse.openings
    )
    return [f"{each.name} {each.line} {each.facts}" for each in verdicts if not each.passed]


@pytest.mark.parametrize("book", BOOKS)
@pytest.mark.parametrize("name", FORMS)
def test_blind_choices_keep_lines_tones_and_rhyme(name: str, book: str, characters: Tokens) -> None:
    verse = RegularVerse(zh_form(name), book=book)  # type: ignore[arg-type]
    for seed in range(25):
        text = write_at_random(verse, characters, seed)
        assert failed(verse, text) == [], text


def test_poems_differ_and_marks_stand_where_they_belong(characters: Tokens) -> None:
    verse = RegularVerse(zh_form("五言绝句"))
    texts = {write_at_random(verse, characters, seed) for seed in range(10)}
    assert len(texts) == 10
    for text in texts:
        assert [text[place] for place in (5, 11, 17, 23)] == ["，", "。", "，", "。"]
        assert len(text) == 24


@pytest.mark.parametrize("heads", ["春水", "一二三", "创意无限", "五月天气好", "祝妈妈生日快乐呀"])
def test_hidden_heads_open_the_lines(heads: str, characters: Tokens) -> None:
    verse = RegularVerse(hidden_head_form(len(heads)), heads)
    text = write_at_random(verse, characters, 3)
    known = {head for head in heads if head in zh_lexicon()}
    for line, head in zip(verse_lines(text), heads, strict=True):
        assert line[0] == head or head not in known
    if known == set(heads):
        assert failed(verse, text) == []


def test_words_that_must_be_said_open_lines_and_keep_the_tones(characters: Tokens) -> None:
    verse = RegularVerse(zh_form("七言绝句"), words=("秋日", "落叶"))
    for seed in range(30):
        text = write_at_random(verse, characters, seed)
        lines = verse_lines(text)
        assert lines[0][:2] == "秋日"
        assert any(line.startswith("落叶") for line in lines), text
        assert failed(verse, text) == [], text


def test_a_character_returns_only_doubled(characters: Tokens) -> None:
    for seed in range(40):
        line_ends = write_at_random(RegularVerse(zh_form("七言律诗")), characters, seed)
        lines = verse_lines(line_ends)
        text = "".join(lines)
        for place, character in enumerate(text):
            later = text.find(character, place + 1)
            assert later in (-1, place + 1), text


def test_the_rule_follows_whatever_tokens_it_is_given(characters: Tokens) -> None:
    """A row that starts again, or tokens given at once, leave the rule where they should."""
    verse = RegularVerse(zh_form("五言绝句"))
    text = write_at_random(verse, characters, 1)
    tokens = list(characters.encode(text))
    stepwise, at_once = verse.bind(characters), verse.bind(characters)
    for length in range(len(tokens)):
        assert tokens[length] in (stepwise.allowed(tokens[:length]) or ())
    assert at_once.allowed(tokens[:13]) == stepwise.allowed(tokens[:13])
    assert at_once.allowed(tokens) == (characters.eos,)
