"""Whatever a model prefers, an English poem under the rule has its form."""

from __future__ import annotations

import pytest
from vocabularies import Tokens, write_at_random

from studio.verse.en_check import check_measured
from studio.verse.en_form import acrostic_form, en_form
from studio.verse.en_lexicon import FUNCTION_WORDS, en_lexicon
from studio.verse.en_rule import MeasuredVerse

FORMS = ("haiku", "couplet", "quatrain_abab", "quatrain_aabb", "limerick", "sonnet")


@pytest.mark.parametrize("name", FORMS)
def test_blind_choices_keep_syllables_and_rhyme(name: str, pieces: Tokens) -> None:
    verse = MeasuredVerse(en_form(name))
    for seed in range(15):
        text = write_at_random(verse, pieces, seed)
        verdicts = check_measured(text.split("\n"), verse.form, en_lexicon())
        assert [each for each in verdicts if not each.passed] == [], text


def test_a_haiku_is_five_seven_five(pieces: Tokens) -> None:
    text = write_at_random(MeasuredVerse(en_form("haiku")), pieces, 11)
    assert [en_lexicon().syllables(line) for line in text.split("\n")] == [5, 7, 5]


def test_no_line_ends_on_a_function_word(pieces: Tokens) -> None:
    for seed in range(20):
        for line in write_at_random(MeasuredVerse(en_form("haiku")), pieces, seed).split("\n"):
            closing = en_lexicon().closing(line)
            assert closing is not None
            assert closing.text not in FUNCTION_WORDS


@pytest.mark.parametrize("letters", ["STUDIO", "LOVE", "ZEBRA", "QUICK", "XYLEM", "if"])
def test_an_acrostic_opens_with_its_letters(letters: str, pieces: Tokens) -> None:
    text = write_at_random(MeasuredVerse(acrostic_form(letters)), pieces, 5)
    assert "".join(line[0] for line in text.split("\n")) == letters.upper()


def test_rhyme_words_of_a_limerick_all_differ(pieces: Tokens) -> None:
    for seed in range(15):
        lines = write_at_random(MeasuredVerse(en_form("limerick")), pieces, seed).split("\n")
        ends = [en_lexicon().closing(line) for line in lines]
        assert len({word.text for word in ends if word}) == 5


def test_given_all_tokens_at_once_the_rule_knows_where_it_stands(pieces: Tokens) -> None:
    verse = MeasuredVerse(en_form("couplet"))
    text = write_at_random(verse, pieces, 2)
    first, _ = text.split("\n")
    rule = verse.bind(pieces)
    start = pieces.encode(first)
    assert pieces.encode("\n")[0] in (rule.allowed(start) or ())
    assert pieces.eos not in (rule.allowed(start) or ())
