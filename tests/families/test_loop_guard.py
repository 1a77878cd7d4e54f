"""The loop guard: repetitions end the text and are not shown; refrains and rules are left alone."""

from __future__ import annotations

import pytest

from studio.families.loop_guard import LoopGuard

LINE = "The keeper of the lighthouse found a letter. "


def said(text: str, size: int = 3, before: str = "") -> tuple[str, bool]:
    guard = LoopGuard(before)
    shown = ""
    for at in range(0, len(text), size):
        shown += guard.feed(text[at : at + size])
        if guard.looped:
            return shown, True
    return shown + guard.flush(), guard.looped


@pytest.mark.parametrize("size", [1, 2, 5, 200])
def test_plain_prose_passes_whole(size: int) -> None:
    prose = (
        LINE + 'He read it twice. "Come in," said the sea. Yes. Yes. Yes.\n\n- - - - - - - - -\n'
    )
    assert said(prose, size) == (prose, False)


def test_a_sentence_that_comes_again_is_not_shown() -> None:
    shown, looped = said(LINE + "He read it twice. " + LINE + "And so on.")
    assert looped
    assert shown.strip() == (LINE + "He read it twice.").strip()


def test_a_sentence_that_only_begins_like_an_earlier_one_is_shown_whole() -> None:
    text = LINE + "The keeper of the lighthouse found a bottle. The end."
    assert said(text) == (text, False)


def test_a_last_sentence_that_is_a_repetition_is_cut_too() -> None:
    assert said(LINE + LINE.strip()) == (LINE.strip(), True)


def test_the_persons_own_opening_does_not_come_again() -> None:
    assert said(LINE + "More.", before=LINE) == ("", True)


def test_words_that_follow_themselves_end_the_text() -> None:
    shown, looped = said("It was " + "and the sea " * 20)
    assert looped
    assert shown.count("and the sea") <= 4


def test_chinese_sentences_count_by_their_characters() -> None:
    line = "雨夜里一位修表匠收到一块停在明天的怀表。"
    assert said(line + "他笑了。" + line + "完。") == (line + "他笑了。", True)


def test_ruled_lines_are_no_loop() -> None:
    text = "Menu\n" + "-" * 60 + "\nSoup"
    assert said(text) == (text, False)
