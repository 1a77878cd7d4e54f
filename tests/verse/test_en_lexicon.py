from __future__ import annotations

import pytest

from studio.verse.en_lexicon import en_lexicon, rhymes


@pytest.mark.parametrize(
    ("line", "syllables"),
    [
        ("An old silent pond", 5),
        ("the city remembers", 6),
        ("I don't remember", 5),
        ("I don\u2019t remember", 5),
        ("", 0),
        ("qwzx river", None),
    ],
)
def test_syllables_of_a_line(line: str, syllables: int | None) -> None:
    assert en_lexicon().syllables(line) == syllables


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        ("light", "night", True),
        ("station", "nation", True),
        ("sea", "see", False),  # the same sound is no rhyme
        ("light", "light", False),
        ("light", "lamp", False),
        ("river", "never", False),
    ],
)
def test_rhymes(one: str, other: str, answer: bool) -> None:
    words = en_lexicon().words
    assert rhymes(words[one], words[other]) is answer


def test_words_spoken_in_two_ways_are_left_out() -> None:
    assert "fire" not in en_lexicon().words
