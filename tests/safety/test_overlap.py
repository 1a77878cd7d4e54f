"""What a text shares with training texts: the longest run of words, and where it comes from."""

from __future__ import annotations

from studio.safety.overlap import SharedRun, TrainingTexts

TEXTS = TrainingTexts(
    {
        "fox": "The fox sat on the cold stone wall and waited for the last tram of the night.",
        "lamp": "A lamp hung over the table, and nobody spoke until the soup was cold.",
        "雨夜": "雨夜，一位修表匠收到一块停在明天的怀表。",
    }
)


def test_the_longest_run_is_found_whatever_its_case_and_marks() -> None:
    run = TEXTS.longest_run('Yesterday "THE FOX sat - on the cold, stone wall" and left.')
    assert run == SharedRun(9, "the fox sat on the cold stone wall and", "fox")


def test_a_few_common_words_are_no_copy() -> None:
    assert TEXTS.longest_run("He sat on the cold ground.") == SharedRun()
    assert TEXTS.longest_run("") == SharedRun()


def test_the_longer_of_two_runs_is_named() -> None:
    text = "On the cold stone wall hung a sign. A lamp hung over the table and nobody spoke until."
    assert TEXTS.longest_run(text).source == "lamp"
    assert TEXTS.longest_run(text).words == 10


def test_in_chinese_a_character_is_a_word() -> None:
    run = TEXTS.longest_run("那天，修表匠收到一块停在昨天的怀表。")
    assert run == SharedRun(9, "修表匠收到一块停在", "雨夜")


def test_a_run_does_not_cross_from_one_training_text_into_another() -> None:
    assert TEXTS.longest_run("the last tram of the night a lamp hung over the table").words == 6
