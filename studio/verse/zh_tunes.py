"""The 词牌: how long each line of a tune is, its tones, its rhymes, its repeats.

`zh_tunes.tsv` holds one tune a line: its name, then its pattern. 平, 仄 and 中 (free) are tones; ，
ends a clause, 、 divides one, 。 ends a sentence, | a stanza. A letter says that the line rhymes:
lines of one letter share a rhyme, a capital is a level rhyme, a small letter an oblique one (西江月
has both of one rhyme). = says that the line repeats the end of the line before (叠).

The patterns follow the 钦定词谱 (1715) and 龙榆生《唐宋词格律》, in the commonest form of each tune
(正体); a place is fixed where at least four in five poems of the corpus agree with it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

_LINE = re.compile(r"(\|?)([平仄中]+)([A-Za-z]?)(=?)([，、。])")


@dataclass(frozen=True, slots=True)
class TuneLine:
    """One line of a tune: what stands between two marks."""

    tones: str
    """平, 仄 or 中 for each character."""
    mark: str
    """The mark after it."""
    rhyme: str = ""
    """A letter; "" when the line carries no rhyme."""
    repeats: bool = False
    """Whether it says again what the line before it ended on."""
    begins_stanza: bool = False


Tune = tuple[TuneLine, ...]


def parse_tune(pattern: str) -> Tune:
    """The lines of a pattern. Raises ValueError where it can not be read."""
    found = _LINE.findall(pattern)
    if "".join("".join(each) for each in found) != pattern:
        raise ValueError(f"Not the pattern of a tune: {pattern}")
    return tuple(
        TuneLine(tones, mark, rhyme, bool(repeats), bool(bar))
        for bar, tones, rhyme, repeats, mark in found
    )


@cache
def tunes() -> Mapping[str, Tune]:
    """Every tune by its name, read once."""
    text = files("studio.verse").joinpath("zh_tunes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line)
    return MappingProxyType({name: parse_tune(pattern) for name, pattern in rows})
