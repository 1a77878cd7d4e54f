"""Whatever happens to a passage, what stands around it stays to the letter."""

from __future__ import annotations

import pytest

from studio.prose.passage import Passage, continuation


def test_blanks_at_the_ends_belong_to_the_surroundings():
    passage = Passage("One.", "  Two. \n", "Three.").trimmed()
    assert passage == Passage("One.  ", "Two.", " \nThree.")


def test_a_blank_selection_is_empty():
    assert Passage("a", " \n ", "b").trimmed().text == ""


@pytest.mark.parametrize(
    ("source", "answer", "added"),
    [
        ("He went  home.", "He went home. Then he slept.", " Then he slept."),
        ("He went home.", "He went home.", ""),
        ("He went home.", "He went home.\n\nNight fell.", "\n\nNight fell."),
        ("He went", "He went out.", " out."),
        ("雨停了。", "雨停了。他走了。", "他走了。"),
        ("# A title\nHe lay down on the narrow bed.", "He lay down on the narrow bed. So.", " So."),
        ("He said", "Something else entirely.", " Something else entirely."),
    ],
)  # fmt: skip
def test_only_what_is_new_is_taken(source, answer, added):
    assert continuation(source, answer) == added


def test_words_do_not_grow_together():
    assert Passage("", "x", "and on.").replaced("He went home.").whole == "He went home. and on."
    assert Passage("", "x", "雨停了。").replaced("他走了。").whole == "他走了。雨停了。"


def test_a_long_text_is_read_from_a_sentence_start():
    text = "One is here. Two is here. Three is here."
    passage = Passage("", text, "!").within_reach(28)
    assert passage.text == " Three is here." or passage.text == " Two is here. Three is here."
    assert passage.whole == text + "!"
