"""Whether the two lines of a couplet stand word against word (对仗), as far as counting can say.

In the middle couplets of the corpus's 律诗 some characters stand opposite each other again and
again (山 and 水, 千 and 万, 白 and 青), others never. `zh_opposites.bin` holds a direction for each
frequent character, made so that characters that keep the same company across a couplet point the
same way. The likeness of two lines is the mean cosine of their characters, place by place. It sees
classes of words, not grammar: a couplet that passes is likely to be parallel, no more. How well it
tells real couplets from lines put side by side by chance: `assets/verse/SOURCES.md`.
"""

from __future__ import annotations

import math
from array import array
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from studio.verse.verdict import Verdict
from studio.verse.zh_lexicon import zh_lexicon

SIZE = 16
"""Numbers of a direction, signed bytes."""
PARALLEL = 0.15
"""Least likeness of two lines that pass."""
OPPOSED = 0.2
"""Least likeness of two characters that count as opposed."""


class WordClasses:
    """character -> where it points."""

    def __init__(self, directions: Mapping[str, Sequence[int]]) -> None:
        self._directions = {
            each: (row, math.sqrt(sum(n * n for n in row))) for each, row in directions.items()
        }

    @classmethod
    def parse(cls, data: bytes, characters: Sequence[str]) -> WordClasses:
        """From their file: the rows of the first characters, in the order given."""
        numbers = array("b", data)
        rows = (numbers[at : at + SIZE] for at in range(0, len(numbers), SIZE))
        known = {c: tuple(row) for c, row in zip(characters, rows, strict=False) if any(row)}
        return cls(known)

    def likeness(self, one: str, other: str) -> float | None:
        """-1 to 1; None when either is too rare to know. 0 for a character against itself."""
        if one == other:
            return 0.0
        first, second = self._directions.get(one), self._directions.get(other)
        if first is None or second is None:
            return None
        dot = sum(a * b for a, b in zip(first[0], second[0], strict=True))
        return dot / (first[1] * second[1])

    def of_lines(self, upper: str, lower: str) -> tuple[float, int, int]:
        """Mean likeness of two lines, places that are opposed, places that are known."""
        found = [self.likeness(a, b) for a, b in zip(upper, lower, strict=False)]
        known = [each for each in found if each is not None]
        mean = sum(known) / len(known) if known else 0.0
        return mean, sum(each >= OPPOSED for each in known), len(known)

    def mean_likeness(self, lines: Sequence[str], pairs: Sequence[tuple[int, int]]) -> float:
        """Of those pairs of lines that are there."""
        there = [pair for pair in pairs if max(pair) < len(lines)]
        found = [self.of_lines(lines[one], lines[other])[0] for one, other in there]
        return sum(found) / max(1, len(found))


def parallel_verdicts(
    lines: Sequence[str], pairs: Sequence[tuple[int, int]], classes: WordClasses
) -> tuple[Verdict, ...]:
    """One verdict a pair, on its second line: how many places stand against each other."""
    there = [pair for pair in pairs if max(pair) < len(lines)]
    return tuple(_verdict(lines, *pair, classes) for pair in there)


def _verdict(lines: Sequence[str], one: int, other: int, classes: WordClasses) -> Verdict:
    mean, opposed, known = classes.of_lines(lines[one], lines[other])
    # A couplet of rare characters can not be judged: it is not held against the poem.
    passed = mean >= PARALLEL or not known
    return Verdict("parallel", passed, other + 1, f"{opposed}/{known}")


@cache
def word_classes() -> WordClasses:
    """The directions that come with the studio, read once."""
    data = files("studio.verse").joinpath("zh_opposites.bin").read_bytes()
    return WordClasses.parse(data, list(zh_lexicon().characters()))
