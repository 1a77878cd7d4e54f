"""How channels count, as data for the browser: measured from the very functions that check an ad,
so that the number under a line is the number the channel will show."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from itertools import groupby
from typing import Any

from studio.ads import widths
from studio.ads.channels import CHANNELS

LAST = 0x3FFFF
"""Beyond lie no letters that anyone types."""
_NO_LETTER = ("Cn", "Cs", "Co")
"""Unassigned, half of a pair, private."""


@lru_cache(maxsize=1)
def counting_json() -> str:
    """{counter: {"usual": weight, "ranges": [[first, last, weight], ...], "sequences":
    [[pattern, weight], ...]}} of every counter that a channel uses. Patterns are JavaScript's."""
    counters = {each.counter for channel in CHANNELS.values() for each in channel.fields}
    return json.dumps({name: _counting(name) for name in sorted(counters)}, ensure_ascii=True)


def _counting(name: Any) -> dict[str, object]:
    weights = ((each, widths.upper_width(name, chr(each))) for each in _code_points())
    usual = 1
    ranges: list[list[int]] = []
    for weight, group in groupby(weights, key=lambda each: each[1]):
        points = [each for each, _ in group]
        if weight != usual:
            ranges.append([points[0], points[-1], weight])
    return {"usual": usual, "ranges": ranges, "sequences": _sequences(name)}


def _code_points() -> list[int]:
    """Letters that exist; the gaps between them belong to either side."""
    return [each for each in range(LAST + 1) if unicodedata.category(chr(each)) not in _NO_LETTER]


def _sequences(name: str) -> list[list[object]]:
    """What counts as one whatever its length; links first, as in `widths`."""
    if name != "weighted":
        return []
    return [
        [_script(widths.LINK), widths.LINK_WEIGHT],
        [_script(widths.EMOJI), widths.width("weighted", "\U0001f600")],
    ]


def _script(pattern: re.Pattern[str]) -> str:
    r"""Python's letters are all the world's; JavaScript's `\w` is ASCII."""
    return pattern.pattern.replace(r"\w", r"\p{L}\p{N}_")
