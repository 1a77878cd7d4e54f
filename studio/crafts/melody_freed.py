"""Which bars a variation may write anew: half phrases, and what returns goes together."""

from __future__ import annotations

import random
from collections.abc import Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType

from studio.music.phrases import phrase_forms
from studio.music.symbols import PHRASE_BARS

REACHES: Mapping[str, float] = MappingProxyType({"near": 0.25, "middle": 0.5})
"""Share of the bars that are written anew."""
FAR = "far"
KEPT_BY_FAR = 2
"""Bars that the farthest variation still keeps: how the melody begins."""
_HALF = PHRASE_BARS // 2
_LATER = 0.6
"""How much rarer the first half of a phrase is chosen: it is what one knows a melody by."""


def freed_bars(bars: Sequence[Hashable], reach: str, draw: random.Random) -> frozenset[int]:
    """The numbers (from 1) of the bars that may change. `bars`: what each full bar says."""
    if reach == FAR:
        return frozenset(range(min(KEPT_BY_FAR, len(bars) - 1) + 1, len(bars) + 1))
    wanted = max(1, round(REACHES[reach] * len(bars)))
    freed: set[int] = set()
    for unit in _shuffled(list(_units(bars)), draw):
        room = wanted - len(freed)
        if room <= 0:
            break
        if len(unit) <= room:
            freed.update(unit)
        elif len(unit) <= _HALF:  # what returns is freed as a whole or not at all
            freed.update(unit[-room:])
    return frozenset(freed) or frozenset(range(len(bars) - wanted + 1, len(bars) + 1))


def varied_form(bars: Sequence[Hashable], freed: frozenset[int]) -> tuple[str, ...]:
    """The marks of the phrases for a model that writes the freed bars anew: a phrase that came
    back exactly goes on doing so where the same of its bars are freed, else it is varied."""
    marks = phrase_forms(bars)
    return tuple(
        mark if _frees_alike(marks, number, freed) else mark.rstrip("'") + "'"
        for number, mark in enumerate(marks)
    )


def _frees_alike(marks: Sequence[str], number: int, freed: frozenset[int]) -> bool:
    first = marks.index(marks[number].rstrip("'"))
    return first == number or _places(first, freed) == _places(number, freed)


def _places(phrase: int, freed: frozenset[int]) -> frozenset[int]:
    start = PHRASE_BARS * phrase
    return frozenset(bar - start for bar in freed if start < bar <= start + PHRASE_BARS)


def _units(bars: Sequence[Hashable]) -> Iterator[tuple[int, ...]]:
    """Half phrases as bar numbers; those that begin phrases and say the same are one unit."""
    heads: dict[tuple[Hashable, ...], list[int]] = {}
    for start in range(0, len(bars), _HALF):
        numbers = range(start + 1, min(start + _HALF, len(bars)) + 1)
        if start % PHRASE_BARS:
            yield tuple(numbers)
        else:
            heads.setdefault(tuple(bars[number - 1] for number in numbers), []).extend(numbers)
    yield from (tuple(each) for each in heads.values())


def _shuffled(units: list[tuple[int, ...]], draw: random.Random) -> list[tuple[int, ...]]:
    def rank(unit: tuple[int, ...]) -> float:
        return draw.random() + _LATER * ((unit[0] - 1) % PHRASE_BARS == 0)

    return sorted(units, key=rank)
