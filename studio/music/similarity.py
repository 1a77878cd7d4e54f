"""What a tune is made of, as distributions that sets of tunes can be compared by.

Pitch classes, intervals, note lengths, range and notes a bar as in MusPy (Dong et al. 2020, arXiv
2008.01951) and MGEval (Yang and Lerch 2020, "On the evaluation of generative models in music",
sections 3 and 4); bar pairs as in Museformer (Yu et al. 2022, arXiv 2210.10349, section 4.1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeVar

from studio.music.meter import QUARTER
from studio.music.note import Note
from studio.music.tune import Bar, Tune

Named = TypeVar("Named", int, str)

LAGS = (1, 2, 4, 8)
"""Bars between two that are compared."""
WIDEST = 13
"""Semitones: wider intervals count as this."""
STEP = 2
"""Semitones a step has at most; more is a leap."""


@dataclass(frozen=True, slots=True)
class Makeup:
    """Of one tune with two notes or more. Shares of one mapping add up to 1."""

    pitch_classes: Mapping[int, float]
    """Semitones above the tonic (0 to 11) -> share of the sounding time."""
    intervals: Mapping[int, float]
    """Semitones from a note to the next (down is negative) -> share."""
    lengths: Mapping[int, float]
    """Ticks -> share of the notes."""
    moves: Mapping[str, float]
    """ "repeat", "step" and "leap" -> share of the intervals."""
    bar_pairs: Mapping[int, tuple[float, ...]]
    """Lag in bars -> likeness (0 to 1) of each pair of bars that far apart."""
    span: int
    """Semitones from the lowest note to the highest."""
    notes_a_bar: float


def makeup(tune: Tune) -> Makeup:
    """Measure a tune. Raises ValueError for fewer than two notes."""
    notes = tune.notes()
    if len(notes) < 2:
        raise ValueError("a tune of one note has no intervals")
    moves = [late.pitch - early.pitch for early, late in pairwise(notes)]
    return Makeup(
        pitch_classes=_pitch_classes(notes, tune.key.pitch_class),
        intervals=_shares(Counter(max(-WIDEST, min(WIDEST, move)) for move in moves)),
        lengths=_shares(Counter(int(note.duration * QUARTER) for note in notes)),
        moves=_shares(Counter(_kind(move) for move in moves)),
        bar_pairs=bar_pairs(tune),
        span=max(note.pitch for note in notes) - min(note.pitch for note in notes),
        notes_a_bar=len(notes) / max(1, tune.full_bars),
    )


def bar_pairs(tune: Tune) -> Mapping[int, tuple[float, ...]]:
    """Likeness of bars some bars apart (Jaccard index of their notes: place, pitch and length),
    for every lag; () where the tune is too short."""
    said = [_said(bar) for bar in tune.bars[int(tune.upbeat) :]]
    return {
        lag: tuple(_jaccard(one, other) for one, other in zip(said, said[lag:], strict=False))
        for lag in LAGS
    }


def _said(bar: Bar) -> frozenset[tuple[int, int | None, int]]:
    at, found = 0, set()
    for sound in bar:
        found.add((at, sound.pitch, sound.ticks))
        at += sound.ticks
    return frozenset(found)


def _jaccard(one: frozenset[object], other: frozenset[object]) -> float:
    return len(one & other) / max(1, len(one | other))


def _pitch_classes(notes: Sequence[Note], tonic: int) -> Mapping[int, float]:
    totals: Counter[int] = Counter()
    for note in notes:
        totals[(note.pitch - tonic) % 12] += int(note.duration * QUARTER)
    return _shares(totals)


def _kind(move: int) -> str:
    return "repeat" if not move else "step" if abs(move) <= STEP else "leap"


def _shares(counts: Counter[Named]) -> dict[Named, float]:
    whole = sum(counts.values())
    return {name: float(Fraction(count, whole)) for name, count in counts.items()}
