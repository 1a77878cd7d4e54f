"""What a person writes about, found over their works."""

from __future__ import annotations

from studio.prose.tokens import estimated_tokens
from studio.prose.topics import topics_of


def test_words_that_keep_company_are_one_topic():
    works = {
        "a": ("keeper", "lamp", "letter"),
        "b": ("keeper", "lamp"),
        "c": ("keeper", "lamp", "tram"),
        "d": ("tram", "driver"),
    }
    first, second = topics_of(works)
    assert set(first.words) == {"keeper", "lamp"}
    assert first.works == ("a", "b", "c")
    assert second.words == ("tram",)


def test_a_word_of_one_work_is_no_topic():
    assert topics_of({"a": ("keeper",), "b": ("tram",)}) == ()


def test_an_estimate_is_never_nothing_for_a_text():
    assert estimated_tokens("") == 0
    assert estimated_tokens("I") == 1
    text = "The keeper wound the lamp at dusk and read the letter twice. "
    assert 10 <= estimated_tokens(text) <= 20
