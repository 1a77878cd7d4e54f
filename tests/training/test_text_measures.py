"""Measures of what a writer wrote, on cases counted by hand."""

from __future__ import annotations

import math

import pytest

from studio.safety.overlap import TrainingTexts
from studio.training.text_measures import (
    copied,
    distinct,
    ended,
    longest_copied_run,
    perplexity,
    rank_accuracy,
    repetition,
    self_bleu,
)


def test_distinct_counts_runs_over_all_texts_together() -> None:
    texts = ["the fox sat", "The fox ran"]
    assert distinct(texts, 1) == 4 / 6
    assert distinct(texts, 2) == 3 / 4
    assert distinct(texts, 3) == 1
    assert distinct(["雨夜雨夜"], 2) == 2 / 3
    assert distinct(["one"], 2) == 0


def test_self_bleu_is_high_for_texts_that_are_all_alike() -> None:
    alike = ["The fox sat on the wall and waited."] * 3
    unlike = [
        "The fox sat on the wall and waited.",
        "Nobody spoke until the soup was cold.",
        "Rain fell all night over three towns.",
    ]
    assert self_bleu(alike, "en") == pytest.approx(100)
    assert self_bleu(unlike, "en") < 15
    assert self_bleu(["雨夜，修表匠收到怀表。"] * 2, "zh") == pytest.approx(100)
    assert self_bleu(["alone"], "en") == 0


def test_repetition_and_endings_are_shares() -> None:
    assert repetition(["a b c d a b c d", "one two three four"]) == pytest.approx(0.1)
    assert ended(["It ends.", "It does not", "他说：“完了。”", ""]) == 0.5


def test_a_brief_nearer_to_its_own_output_wins_the_rank() -> None:
    right, up = [1.0, 0.0], [0.0, 1.0]
    assert rank_accuracy([right, up], [right, up]) == 1
    assert rank_accuracy([right, up], [up, right]) == 0
    assert rank_accuracy([right, up], [right, right]) == 0.5
    assert rank_accuracy([right], [up]) == 0.5


def test_copies_of_training_texts_are_found() -> None:
    source = "one two three four five six seven eight nine ten eleven twelve thirteen"
    training = TrainingTexts({"a": source})
    texts = ["Nothing of it.", f"He said {source}.", "one two three four five six and no more"]
    assert longest_copied_run(texts, training) == 13
    assert copied(texts, training, "en") == pytest.approx(1 / 3)
    assert longest_copied_run([], training) == 0


def test_perplexity_is_per_unit() -> None:
    assert perplexity(10 * math.log(4), 10) == pytest.approx(4)
    assert perplexity(10 * math.log(4), 20) == pytest.approx(2)
