"""Stop strings end a text wherever they are cut, and are never shown in part."""

from __future__ import annotations

import pytest

from studio.families.sentence_end import at_sentence_end
from studio.families.stop_strings import StopStrings


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50])
def test_the_text_ends_before_the_first_stop(size: int) -> None:
    stops = StopStrings(("END of", "###"))
    text, shown = "one EN two END o three ### four END of", ""
    for at in range(0, len(text), size):
        piece = stops.feed(text[at : at + size])
        shown += piece
        if stops.stopped:
            break
    assert shown == "one EN two END o three "


def test_nothing_is_held_back_without_stops() -> None:
    stops = StopStrings(())
    assert stops.feed("###") == "###"
    assert stops.flush() == ""


@pytest.mark.parametrize("text", ["He went.", "“Go!”", "走了。」", "Wait…", "(Really?)", "a\n\n"])
def test_ends_of_sentences(text: str) -> None:
    assert at_sentence_end(text)


@pytest.mark.parametrize("text", ["", "He went,", "and then", "一块停在明天的", "a\n"])
def test_no_ends_of_sentences(text: str) -> None:
    assert not at_sentence_end(text)
