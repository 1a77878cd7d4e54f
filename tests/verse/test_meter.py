from __future__ import annotations

import pytest
from vocabularies import Tokens, write_at_random

from studio.verse.en_check import check_measured
from studio.verse.en_form import en_form
from studio.verse.en_lexicon import en_lexicon, guessed_syllables
from studio.verse.en_rule import MeasuredVerse
from studio.verse.meter import is_iambic, scanned


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("The river carries all the light away", True),
        ("Golden the river carries light away", True),  # it may open on a stress
        ("Around the river a city was lost", False),  # city has its stress off the beat
    ],
)
def test_long_words_stand_on_the_beat(line: str, answer: bool) -> None:
    assert is_iambic(en_lexicon().read(line)) is answer


def test_a_line_is_scanned_syllable_by_syllable() -> None:
    words = en_lexicon().read("The river carries all the light away")
    assert len(scanned(words)) == sum(word.syllables for word in words)
    assert scanned(words)[:5] == "x/x/x"


def test_every_line_of_a_sonnet_has_ten_syllables_on_the_beat(pieces: Tokens) -> None:
    text = write_at_random(MeasuredVerse(en_form("sonnet")), pieces, 4)
    for line in text.split("\n"):
        words = en_lexicon().read(line)
        assert sum(word.syllables for word in words) == 10, line
        assert is_iambic(words), line


def test_a_word_outside_the_dictionary_is_counted_and_said_so() -> None:
    lines = ["The zorbling river in the light", "And no one near it through the night"]
    verdicts = check_measured(lines, en_form("couplet"), en_lexicon())
    counted = [each.facts for each in verdicts if each.name == "syllables"]
    assert counted == ["~8/8-11", "8/8-11"]


def test_an_unknown_word_rhymes_only_where_that_is_allowed() -> None:
    lines = ["The river ran beneath the early blorn", "And no one saw it in the early morn"]
    strict = check_measured(lines, en_form("couplet"), en_lexicon())
    loose = check_measured(lines, en_form("couplet"), en_lexicon(), known_rhymes=False)
    assert not all(each.passed for each in strict if each.name == "rhyme")
    assert all(each.passed for each in loose if each.name == "rhyme")


def test_the_guess_is_right_for_nine_words_in_ten() -> None:
    words = en_lexicon().words.values()
    right = sum(guessed_syllables(word.text) == word.syllables for word in words)
    assert right >= 0.9 * len(words)
