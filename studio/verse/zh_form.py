"""The Chinese forms: lines, tones, rhymes, marks, as the constraint and the checks see them.

A form is one or several *plans*: the lines it may have, from the first to the last. A 词牌 and a
couplet have one or a few, a regulated poem (律诗, 绝句) one for each kind of first line. A line may
have several tone patterns, the usual one first; the rest are its licences (拗).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from studio.errors import InvalidInput
from studio.verse.prefix import COUPLET, REGULAR_FORMS
from studio.verse.zh_regulated import regulated_plans
from studio.verse.zh_tunes import tunes

FREE = "中"
LEVEL_RHYME = "平"
OBLIQUE_RHYME = "仄"
TURNED: Mapping[str, str] = MappingProxyType({"平": "仄", "仄": "平"})


@dataclass(frozen=True, slots=True)
class ZhLine:
    """What one line must be."""

    patterns: tuple[str, ...]
    """平, 仄 or 中 (free) for each character; one of them must fit."""
    rhyme: str = ""
    """Lines of one letter share a rhyme; "" has none."""
    rhyme_tone: str = LEVEL_RHYME
    repeats: bool = False
    """Whether it says again what the line before it ended on (叠)."""
    is_turned: bool = False
    """Whether it is a licence as a whole (拗救 between two lines)."""

    @property
    def width(self) -> int:
        """Characters."""
        return len(self.patterns[0])


Plan = tuple[ZhLine, ...]


@dataclass(frozen=True, slots=True)
class ZhForm:
    """A form as its constraint and its checks see it. Every plan has lines of the same widths."""

    name: str
    symbol: str
    """The form as the verse model knows it (`prefix.FORMS`)."""
    plans: tuple[Plan, ...]
    """Every allowed sequence of lines; the model's own first lines choose."""
    marks: str
    """The mark after each line, as the model writes it."""
    stanza_starts: frozenset[int] = frozenset()
    """Lines that begin a stanza, the first one left out; counted from 0."""
    is_tune: bool = False
    """A 词: rhymes in all tones by the 词林正韵, and a character may come again."""

    @property
    def lines(self) -> int:
        """How many lines."""
        return len(self.plans[0])

    @property
    def characters(self) -> int:
        """How many characters, marks left out."""
        return sum(line.width for line in self.plans[0])

    def width(self, line: int) -> int:
        """Characters of a line."""
        return self.plans[0][line].width

    def pairs(self) -> tuple[tuple[int, int], ...]:
        """The lines that should stand against each other (对仗): a couplet, a 律诗's middle."""
        if self.name == COUPLET:
            return ((0, 1),)
        is_full = not self.is_tune and self.lines == 8 and not self.name.startswith("藏头")
        return ((2, 3), (4, 5)) if is_full else ()


def zh_form(name: str) -> ZhForm:
    """The form of that name. Raises InvalidInput for others."""
    if name not in _FORMS and name not in tunes():
        raise InvalidInput("form", f"There is no form {name}.", code="no_form", form=name)
    return _tune(name) if name in tunes() else _FORMS[name]


def hidden_head_form(count: int, width: int = 7) -> ZhForm:
    """藏头诗 of `count` lines (2 to 8): regulated lines, an odd last line rhymes too."""
    symbol = f"{'五' if width == 5 else '七'}言{'绝句' if count <= 4 else '律诗'}"
    return ZhForm("藏头诗", symbol, _plans(width, count), _marks(count))


def couplet_form(width: int) -> ZhForm:
    """对联 of two lines of 5 or 7 characters: the first ends 仄, the second 平, beats opposed."""
    return ZhForm(COUPLET, COUPLET, tuple(_couplet_plan(width, beat) for beat in "平仄"), "，。")


def answer_form(upper: Sequence[str]) -> ZhForm:
    """The second line of a 对联 whose first has these tones (平, 仄, 中 where either is right),
    clause by clause: every other character and the end of each clause are opposed."""
    plan = tuple(ZhLine((_opposed(tones),)) for tones in upper)
    return ZhForm(COUPLET, COUPLET, (plan,), "，" * (len(plan) - 1) + "。")


def _opposed(tones: str) -> str:
    last = len(tones) - 1
    return "".join(
        TURNED.get(tone, FREE) if at % 2 or at == last else FREE for at, tone in enumerate(tones)
    )


def _couplet_plan(width: int, first: str) -> Plan:
    """The first line's beats alternate from `first` on; the second line's are their opposites."""
    beats = [FREE] * (width - 1)
    for place in range(1, width - 1, 2):
        beats[place] = first if place % 4 == 1 else TURNED[first]
    upper = "".join(beats) + OBLIQUE_RHYME
    return ZhLine((upper,)), ZhLine((_opposed(upper),))


def _plans(width: int, count: int) -> tuple[Plan, ...]:
    return tuple(
        tuple(
            ZhLine(each.patterns, "A" if each.rhymes else "", is_turned=each.is_turned)
            for each in plan
        )
        for plan in regulated_plans(width, count)
    )


def _marks(count: int) -> str:
    marks = "，。" * (count // 2 + 1)
    return marks[: count - 1] + "。"


def _tune(name: str) -> ZhForm:
    tune = tunes()[name]
    plan = tuple(
        ZhLine(
            (line.tones,),
            line.rhyme.upper(),
            LEVEL_RHYME if line.rhyme.isupper() else OBLIQUE_RHYME,
            line.repeats,
        )
        for line in tune
    )
    starts = frozenset(at for at, line in enumerate(tune) if line.begins_stanza)
    return ZhForm(name, name, (plan,), "".join(line.mark for line in tune), starts, is_tune=True)


def _regulated(name: str) -> ZhForm:
    width, count = 5 if name[0] == "五" else 7, 4 if name.endswith("绝句") else 8
    return ZhForm(name, name, _plans(width, count), _marks(count))


_FORMS: Mapping[str, ZhForm] = MappingProxyType({name: _regulated(name) for name in REGULAR_FORMS})
