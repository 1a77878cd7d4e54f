"""Whether a text repeats what a model was trained on: the longest run of words it shares.

An index of the training texts' runs of a few words; a match is followed as far as it goes. Words
are compared without case and marks; in Chinese a character is a word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*|\d+|[\u4e00-\u9fff]")
SEED = 5
"""Words that must agree before a match is followed; shorter runs count as none."""


@dataclass(frozen=True, slots=True)
class SharedRun:
    """The longest run of words that a text shares with a training text."""

    words: int = 0
    text: str = ""
    """The run as the training text has it, marks left out."""
    source: str = ""
    """Name of the training text."""


class TrainingTexts:
    """An index of training texts by name."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._names = tuple(texts)
        self._words = [words_of(text) for text in texts.values()]
        self._places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
        for number, words in enumerate(self._words):
            for at in range(len(words) - SEED + 1):
                self._places.setdefault(tuple(words[at : at + SEED]), []).append((number, at))

    def longest_run(self, text: str) -> SharedRun:
        """The longest run of words of `text` in one of the training texts; the first of equals."""
        words, best = words_of(text), (0, 0, 0)
        for at in range(len(words) - SEED + 1):
            for number, place in self._places.get(tuple(words[at : at + SEED]), ()):
                length = _agreeing(words, at, self._words[number], place)
                if length > best[0]:
                    best = (length, number, place)
        length, number, place = best
        if not length:
            return SharedRun()
        run = self._words[number][place : place + length]
        return SharedRun(length, _joined(run), self._names[number])


def words_of(text: str) -> list[str]:
    """The words that are compared."""
    return [each.casefold().replace("’", "'") for each in _WORD.findall(text)]


def _agreeing(one: Sequence[str], at: int, other: Sequence[str], place: int) -> int:
    length = SEED
    most = min(len(one) - at, len(other) - place)
    while length < most and one[at + length] == other[place + length]:
        length += 1
    return length


def _joined(words: Sequence[str]) -> str:
    return "".join(word if word >= "\u2e80" else f" {word}" for word in words).strip()
