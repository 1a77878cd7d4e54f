"""What an accompaniment plays in a bar: the table of patterns.

A figure is a string over one bar, parted evenly: "." is silence, "-" holds, anything else strikes.
In the chords' line "c" strikes all voices, "1" "2" "3" one from below and "4" the lowest an octave
up; in the bass line "1" is the root, "5" the fifth below or above it, "8" the octave. Alternatives
for bars in turn are parted by "|". A bar of 2, 3 or 4 beats has its own line, for plain beats
(quarters) and for compound ones (dotted quarters); the number of letters says how fine it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Figure:
    """The lines of one bar."""

    bass: str
    chords: str


Figures = Mapping[tuple[int, bool], Figure]
"""(beats of the bar, whether they are compound) -> figure."""


def _figures(plain: tuple[str, ...], compound: tuple[str, ...]) -> Figures:
    """Each "bass / chords" for 2, 3 and 4 beats."""
    table: dict[tuple[int, bool], Figure] = {}
    for is_compound, lines in ((False, plain), (True, compound)):
        for beats, line in zip((2, 3, 4), lines, strict=True):
            bass, chords = (part.strip() for part in line.split("/"))
            table[beats, is_compound] = Figure(bass, chords)
    return MappingProxyType(table)


FIGURES: Mapping[str, Figures] = MappingProxyType(
    {
        "block": _figures(
            ("1--- / c---", "1----- / c-----", "1------- / c---c---"),
            ("1----- / c-----", "1-------- / c--------", "1----------- / c-----c-----"),
        ),
        "arpeggio": _figures(
            ("1--- / .123", "1----- / .12323", "1------- / .1232123"),
            ("1----- / .12321", "1-------- / .12321232", "1----------- / .12321.12321"),
        ),
        "waltz": _figures(
            ("1-.. / ..c.", "1-.... / ..c.c.", "1-..5-.. / ..c...c."),
            ("1--... / ..c.cc", "1--...... / ...c..c..", "1--...5--... / ..c.cc..c.cc"),
        ),
        "oompah": _figures(
            ("1.5. / .c.c", "1-.... / ..c.c.", "1-..5-.. / ..c...c."),
            ("1-.5-. / ..c..c", "1-.5-.5-. / ..c..c..c", "1-.5-.1-.5-. / ..c..c..c..c"),
        ),
        "alberti": _figures(
            ("1--- / 1323", "1----- / 132323", "1------- / 13231323"),
            ("1----- / 123123", "1-------- / 123123123", "1----------- / 123123123123"),
        ),
        "drone": _figures(
            ("1--- / c---", "1----- / c-----", "1------- / c-----c-"),
            ("1----- / c----c", "1-------- / c-------c", "1----------- / c----c-----c"),
        ),
        "march": _figures(
            ("1.5. / .c.c", "1..... / ..c.c.", "1...5... / ..c...cc"),
            ("1..5.. / ..c..c", "1..5..5.. / ..c..c..c", "1..5..1..5.. / ..c..c..c..c"),
        ),
        "ballad": _figures(
            ("1--1 / c-c-", "1----- / c-c-c-", "1-----5- / c-c-c-c-"),
            ("1--5-- / c--c-c", "1--5--1-- / c--c--c-c", "1-----5----- / c--c-cc--c-c"),
        ),
        "chip": _figures(
            ("1.8.1.8. / 12313213", "1.8.1.8.1.8. / 123123132132",
             "1.8.1.8.1.8.1.8. / 1231231212312132"),
            ("1.81.8 / 123132", "1.81.81.8 / 123132123", "1.81.81.81.8 / 123132123132"),
        ),
        "guzheng": _figures(
            ("1---|1-5- / .234|.3-2", "1-----|1---5- / .23432|..43--",
             "1-------|1---5--- / .1234---|..34.2-3"),
            ("1-----|1--5-- / .12343|.3--2-", "1--------|1--5----- / .1234----|...34.2--",
             "1-----------|1-----5----- / .12343------|...34.2--3--"),
        ),
    }
)  # fmt: skip
"""Pattern -> its figures. "guzheng" is what "auto" plays in Chinese style: open chords broken
upwards, then left to ring."""

Drums = Mapping[int, str]
"""General MIDI percussion pitch -> line: "x" struck, "o" struck softly."""

KICK, STICK, SNARE, TOM, HAT, OPEN_HAT, TAMBOURINE, BLOCK = 36, 37, 38, 45, 42, 46, 54, 76


def _drums(kit: tuple[int, ...], *lines: str) -> Mapping[tuple[int, bool], Drums]:
    """Six lines: 2, 3, 4 plain beats, then 2, 3, 4 compound; "/" parts the kit's drums."""
    places = ((2, False), (3, False), (4, False), (2, True), (3, True), (4, True))
    return MappingProxyType(
        {
            place: MappingProxyType(
                dict(zip(kit, (part.strip() for part in line.split("/")), strict=True))
            )
            for place, line in zip(places, lines, strict=True)
        }
    )


DRUMS: Mapping[str, Mapping[tuple[int, bool], Drums]] = MappingProxyType(
    {
        "march": _drums(
            (KICK, SNARE),
            "x...x... / ..x...xo|..x.xoxo",
            "x........... / ....x.o.x.oo",
            "x.......x....... / ....x.oo....x.xo|....x.oo..x.xoxo",
            "x..x.. / ..x..o|..xoxo",
            "x..x..x.. / ..x..o..o",
            "x..x..x..x.. / ..x..o..x.oo",
        ),
        "dance": _drums(
            (KICK, TAMBOURINE),
            "x.o. / .x.x",
            "x..... / ..x.x.",
            "x...o... / ..x...x.",
            "x..o.. / o.xo.x",
            "x..o..o.. / o.xo.xo.x",
            "x..o..x..o.. / o.xo.xo.xo.x",
        ),
        "ballad": _drums(
            (KICK, STICK, HAT),
            "x.....o. / ....x... / o.o.o.o.",
            "x........... / ....o...x... / o.o.o.o.o.o.",
            "x.....o.x....... / ....x.......x... / o.o.o.o.o.o.o.o.",
            "x..... / ...x.. / oooooo",
            "x........ / ......x.. / ooooooooo",
            "x.....x..... / ...x.....x.. / oooooooooooo",
        ),
        "chip": _drums(
            (KICK, SNARE, HAT),
            "x...x... / ....x... / o.o.o.o.",
            "x...x....... / ....x...x... / o.o.o.o.o.o.",
            "x.....x.x....... / ....x.......x..o / o.o.o.o.o.o.o.o.",
            "x..x.. / ...x.. / o.oo.o",
            "x..x..x.. / ...x..x.. / o.oo.oo.o",
            "x..x..x..x.. / ...x.....x.. / o.oo.oo.oo.o",
        ),
    }
)
