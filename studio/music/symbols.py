"""The melody language model's words, free of key: every pitch is told from the tonic.

    mood=calm mode=minor meter=6/8 style=air density=2 motion=1 rhythm=even bars=8   the plan
    ^ n7d12 =A |8 n12d24 n10d12 n7d36 |7 t24 r12 ... =A' |4 ... |1 n0d72             the bars

`|8` opens a bar and says how many are left, itself included; `^` opens an upbeat. `=A` opens a
phrase of four bars: the first of its kind, or that one again; `=A'` varies it. `n7d12` is a
note seven semitones above the tonic that lasts 12 ticks, `r12` a rest, `t12` lengthens the note
before. Durations of 4, 8 and 16 ticks are members of triplets: three times 4 fill an eighth, 8
and 16 fill a quarter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from studio.music.meter import METERS

DURATIONS = (3, 4, 6, 8, 9, 12, 16, 18, 24, 36, 48, 72, 96)
LOWEST, HIGHEST = -12, 24
"""Semitones from the tonic that stands nearest below the melody's middle."""
MAX_BARS = 64
PHRASE_BARS = 4
LETTERS = "ABCDEFGH"
"""Names of phrases; what comes after eight different ones is called as the last."""

MOODS = ("happy", "calm", "sad", "tense")
"""The four corners of valence and arousal, as measured on the music itself."""
MODES = ("major", "minor", "dorian", "mixolydian", "pentatonic", "yu")
STYLES = (
    "jig", "reel", "hornpipe", "slipjig", "strathspey", "march", "waltz", "dance", "air",
    "hymn", "song",
)  # fmt: skip
LEVELS = ("1", "2", "3", "4", "5")
MOTIONS = ("1", "2", "3")
RHYTHMS = ("even", "dotted", "mixed")
UPBEAT = "^"

SYMBOL = re.compile(r"\^|=[A-H]'?|\|\d+|n-?\d+d\d+|[rt]\d+")


def plan_symbols() -> Iterator[str]:
    """Every word of the plan."""
    kinds = {"mood": MOODS, "mode": MODES, "meter": METERS, "style": STYLES, "density": LEVELS}
    kinds |= {"motion": MOTIONS, "rhythm": RHYTHMS}
    for name, values in kinds.items():
        yield from (f"{name}={value}" for value in values)
    yield from (f"bars={count}" for count in range(1, MAX_BARS + 1))


def music_symbols() -> Iterator[str]:
    """Every word of the bars."""
    yield UPBEAT
    yield from (phrase_symbol(letter + prime) for letter in LETTERS for prime in ("", "'"))
    yield from (f"|{left}" for left in range(MAX_BARS, 0, -1))
    yield from (f"r{ticks}" for ticks in DURATIONS)
    yield from (f"t{ticks}" for ticks in DURATIONS)
    for step in range(LOWEST, HIGHEST + 1):
        yield from (f"n{step}d{ticks}" for ticks in DURATIONS)


def phrase_symbol(mark: str) -> str:
    """The word that opens a phrase: "A" or "A'"."""
    return f"={mark}"


def read_symbols(text: str) -> tuple[str, ...]:
    """The bars' words of a model's text, whether or not spaces stand between them."""
    return tuple(SYMBOL.findall(text))


def split_ticks(ticks: int) -> tuple[int, ...]:
    """A length as one or more durations of the language, the longest first.

    Raises ValueError for lengths off the grid.
    """
    parts: list[int] = []
    while ticks:
        fitting = [each for each in DURATIONS if each <= ticks and each % 3 == 0]
        if ticks in DURATIONS:
            fitting = [ticks]
        if not fitting:
            raise ValueError(f"{ticks} ticks can not be written")
        parts.append(fitting[-1])
        ticks -= fitting[-1]
    return tuple(parts)
