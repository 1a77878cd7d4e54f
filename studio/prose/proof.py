"""Proof-reading: every slip of a text, in reading order, none on top of another."""

from __future__ import annotations

import re
from collections.abc import Iterable

from studio.prose.grammar_en import english_slips
from studio.prose.grammar_zh import chinese_slips
from studio.prose.slip import Slip
from studio.prose.spelling import spelling_slips

MOST_SLIPS = 60
_WORD = re.compile(r"[A-Za-z]+")


def slips_of(text: str, lang: str, brief: str = "") -> tuple[Slip, ...]:
    """At most MOST_SLIPS; words of the brief are spelled as their writer wants them."""
    if lang == "zh":
        found: Iterable[Slip] = chinese_slips(text)
    else:
        known = frozenset(each.casefold() for each in _WORD.findall(brief))
        found = (*english_slips(text), *spelling_slips(text, known))
    return tuple(_apart(found))[:MOST_SLIPS]


def _apart(slips: Iterable[Slip]) -> Iterable[Slip]:
    end = 0
    for each in sorted(slips, key=lambda slip: (slip.start, -slip.end)):
        if each.start >= end:
            yield each
            end = each.end
