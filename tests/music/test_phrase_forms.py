"""Forms of phrases: read from bars, drawn for a new melody."""

from __future__ import annotations

import pytest

from studio.music.phrases import drawn_form, phrase_forms


def test_equal_phrases_share_a_letter_and_varied_ones_a_prime() -> None:
    a, b = ["a1", "a2", "a3", "a4"], ["b1", "b2", "b3", "b4"]
    ends_otherwise, begins_alike = ["a1", "a2", "a3", "x"], ["b1", "y", "y", "y"]
    assert phrase_forms([*a, *a, *b, *ends_otherwise]) == ("A", "A", "B", "A'")
    assert phrase_forms([*a, *b, *begins_alike]) == ("A", "B", "B'")


def test_a_last_phrase_may_be_short() -> None:
    assert phrase_forms(["a", "b", "c", "d", "a", "b"]) == ("A", "A'")


@pytest.mark.parametrize("bars", range(1, 65))
def test_a_drawn_form_has_a_mark_for_every_phrase_and_is_the_same_for_a_seed(bars: int) -> None:
    for seed in range(8):
        form = drawn_form(bars, seed)
        assert len(form) == -(-bars // 4)
        assert form[0] == "A"
        assert form == drawn_form(bars, seed)
        for number, mark in enumerate(form):
            assert "'" not in mark or mark[0] in form[:number]


def test_something_returns_in_sixteen_bars() -> None:
    forms = [drawn_form(16, seed) for seed in range(200)]
    returning = sum(len({mark[0] for mark in form}) < len(form) for form in forms)
    assert returning == 200
    assert len(set(forms)) >= 6
