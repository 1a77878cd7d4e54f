"""The regular Chinese forms: lines, tone patterns, rhymes, marks.

A regulated line (律句) is one of four kinds by its first even tone and its last tone; within a
couplet the tones oppose (对), between couplets they adhere (粘), so the first line's kind fixes the
poem. Patterns after 王力《诗词格律》: 平, 仄, or 中 where the tone is free. The free places leave
out 孤平 (a lone level tone) and 三平尾, 三仄尾 (three equal tones at the end).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.errors import InvalidInput

FREE = "中"
LINE_KINDS: Mapping[str, Mapping[int, str]] = MappingProxyType(
    {
        "A": {5: "中仄中平仄", 7: "中平中仄中平仄"},
        "B": {5: "平平中仄平", 7: "中仄平平中仄平"},
        "C": {5: "中平平仄仄", 7: "中仄中平平仄仄"},
        "D": {5: "中仄仄平平", 7: "中平中仄仄平平"},
    }
)
"""Kinds B and D end level and may carry the rhyme."""

_FOLLOWS = MappingProxyType({"A": "B", "B": "C", "C": "D", "D": "A"})
_AFTER_RHYMED_OPENING = MappingProxyType({"B": "D", "D": "B"})
Plan = tuple[str, ...]
"""The kind of each line of one poem."""


@dataclass(frozen=True, slots=True)
class ZhForm:
    """A form as its constraint and its checks see it."""

    name: str
    symbol: str
    """The form as the verse model knows it (`prefix.FORMS`)."""
    width: int
    """Characters in a line."""
    lines: int
    plans: tuple[Plan, ...]
    """Every allowed sequence of line kinds; the model's own first line chooses."""
    marks: str
    """The mark after each line, as the model writes it."""

    def pattern(self, plan: Plan, line: int) -> str:
        """平, 仄 or 中 for each character of a line."""
        return LINE_KINDS[plan[line]][self.width]

    def rhymes(self, plan: Plan, line: int) -> bool:
        """Whether this line carries the rhyme."""
        return plan[line] in "BD"


def zh_form(name: str) -> ZhForm:
    """The form of that name. Raises InvalidInput for others."""
    if name not in _FORMS:
        raise InvalidInput("form", f"There is no form {name}.", code="no_form", form=name)
    return _FORMS[name]


def hidden_head_form(count: int, width: int = 7) -> ZhForm:
    """藏头诗 of `count` lines (2 to 8): regulated lines, an odd last line rhymes too."""
    symbol = f"{'五' if width == 5 else '七'}言{'绝句' if count <= 4 else '律诗'}"
    plans = tuple(_plan(kind, count) for kind in "ABCD")
    return ZhForm("藏头诗", symbol, width, count, plans, _marks(count))


def _plan(first: str, count: int) -> Plan:
    """Line kinds from the first on; an odd number of lines still ends on a rhyme."""
    kinds = [first]
    if count > 1:
        kinds.append(_AFTER_RHYMED_OPENING.get(first) or _FOLLOWS[first])
    while len(kinds) < count:
        kinds.append(_FOLLOWS[kinds[-1]])
    if count % 2 and kinds[-1] in "AC":
        kinds[-1] = _FOLLOWS[kinds[-1]]
    return tuple(kinds)


def _marks(count: int) -> str:
    marks = "，。" * (count // 2 + 1)
    return marks[: count - 1] + "。"


def _regulated(name: str, width: int, count: int) -> ZhForm:
    plans = tuple(_plan(kind, count) for kind in "ABCD")
    return ZhForm(name, name, width, count, plans, _marks(count))


_FORMS: Mapping[str, ZhForm] = MappingProxyType(
    {
        "五言绝句": _regulated("五言绝句", 5, 4),
        "七言绝句": _regulated("七言绝句", 7, 4),
        "五言律诗": _regulated("五言律诗", 5, 8),
        "七言律诗": _regulated("七言律诗", 7, 8),
        # 钦定词谱: 仄仄平平仄仄平, 平平仄仄仄平平 twice; 仄仄平平平仄仄, then the same two.
        "浣溪沙": ZhForm("浣溪沙", "浣溪沙", 7, 6, (tuple("BDDCDD"),), "。" * 6),
    }
)
