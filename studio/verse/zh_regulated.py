"""Regulated lines (律句) and the poems they make: 绝句, 律诗, 藏头诗.

A line is one of four kinds by its first even tone and its last tone; within a couplet the tones
oppose (对), between couplets they adhere (粘), so the first line's kind fixes the poem. After
王力《诗词格律》: 平, 仄, or 中 where the tone is free. The free places leave out 孤平 (a lone level
tone) and 三平尾, 三仄尾 (three equal tones at the end). Three licences (拗救) are allowed:

- C may turn its tail: 平平平仄仄 -> 平平仄平仄 (its first beat must then be level);
- B may open its first place to 仄 when its third is 平 (本句自救): 平平仄仄平 -> 仄平平仄平;
- A may have 仄 for its fourth (in seven: its sixth), when the third (fifth) of the B that answers
  it is 平 (对句相救): 仄仄平仄仄, 平平平仄平.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class RegulatedLine:
    """One kind of line in one width."""

    patterns: tuple[str, ...]
    """The usual one first, then its licences."""
    rhymes: bool
    is_turned: bool
    """Whether it is one of the two lines of a 对句相救."""


RegulatedPlan = tuple[RegulatedLine, ...]

KINDS: Mapping[str, Mapping[int, tuple[str, ...]]] = MappingProxyType(
    {
        "A": {5: ("中仄中平仄",), 7: ("中平中仄中平仄",)},
        "B": {5: ("平平中仄平", "仄平平仄平"), 7: ("中仄平平中仄平", "中仄仄平平仄平")},
        "C": {5: ("中平平仄仄", "平平仄平仄"), 7: ("中仄中平平仄仄", "中仄平平仄平仄")},
        "D": {5: ("中仄仄平平",), 7: ("中平中仄仄平平",)},
        # A whose fourth is 仄, and the B that makes up for it.
        "a": {5: ("中仄平仄仄", "中仄仄仄仄"), 7: ("中平中仄平仄仄", "中平中仄仄仄仄")},
        "b": {5: ("中平平仄平",), 7: ("中仄中平平仄平",)},
    }
)
"""Kinds B, b and D end level and may carry the rhyme."""

_FOLLOWS = MappingProxyType({"A": "B", "B": "C", "C": "D", "D": "A"})
_AFTER_RHYMED_OPENING = MappingProxyType({"B": "D", "D": "B"})


def regulated_plans(width: int, count: int) -> tuple[RegulatedPlan, ...]:
    """Every poem of `count` lines of `width` (5 or 7), those without a turned A first."""
    names = [variant for kind in "ABCD" for variant in _variants(_plan(kind, count))]
    names.sort(key=lambda plan: sum(kind.islower() for kind in plan))
    return tuple(
        tuple(RegulatedLine(KINDS[kind][width], kind in "BbD", kind.islower()) for kind in plan)
        for plan in names
    )


def _plan(first: str, count: int) -> str:
    """Line kinds from the first on; an odd number of lines still ends on a rhyme."""
    kinds = [first]
    if count > 1:
        kinds.append(_AFTER_RHYMED_OPENING.get(first) or _FOLLOWS[first])
    while len(kinds) < count:
        kinds.append(_FOLLOWS[kinds[-1]])
    if count % 2 and kinds[-1] in "AC":
        kinds[-1] = _FOLLOWS[kinds[-1]]
    return "".join(kinds)


def _variants(plan: str) -> Iterator[str]:
    """The plan with none, some and all of its couplets AB turned into ab."""
    place = plan.find("AB")
    if place < 0:
        yield plan
        return
    for rest in _variants(plan[place + 2 :]):
        yield plan[: place + 2] + rest
        yield plan[:place] + "ab" + rest
