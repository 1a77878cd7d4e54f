"""What a finished melody is, measured on its notes, and the verdicts against its plan."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from studio.music.abc_writer import felt_ticks
from studio.music.key import TONICS
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.traits import BRIGHT, measure
from studio.music.tune import Tune, bar_ticks

PROFILES: Mapping[str, tuple[float, ...]] = MappingProxyType(
    {
        "major": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
        "minor": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
    }
)
"""Probe-tone ratings of Krumhansl and Kessler (1982), from the tonic up."""


@dataclass(frozen=True, slots=True)
class Features:
    """Measured on a tune at its tempo."""

    bars: int
    bars_right: int
    """Bars whose lengths add up (an upbeat is not counted)."""
    tonic: str
    mode: str
    """Best Krumhansl key: a tonic and "major" or "minor"."""
    in_scale: float
    """Share of the sounding time on tones of the asked scale, 0 to 1."""
    closes: bool
    """Ends on the asked tonic."""
    lowest: int
    highest: int
    middle: float
    """Mean MIDI pitch."""
    notes_per_s: float
    motion: float
    """Mean step in semitones, repeated notes left out."""
    stepwise: float
    """Share of the moves that are two semitones or less."""
    stuck: float
    """Share of the moves that strike the same pitch again."""
    last_move: int
    """Semitones of the move into the last note."""
    repeated_bars: float
    """Share of the bars whose rhythm came before."""
    distinct_pitches: int
    valence: float
    arousal: float
    """Estimates, -1 to 1."""


def features(tune: Tune) -> Features:
    """Measure a tune with at least one note."""
    notes = tune.notes()
    bars = tune.bars[int(tune.upbeat) :]
    shares = _shares(notes)
    tonic, mode = _krumhansl(shares)
    speed = len(notes) / max(0.1, seconds(tune))
    moves = [abs(late.pitch - early.pitch) for early, late in pairwise(notes)]
    scale = tune.key.scale | (
        {(tune.key.pitch_class + 11) % 12} if tune.key.mode == "minor" else set()
    )
    in_scale = sum(shares[each] for each in scale)
    return Features(
        bars=len(bars),
        bars_right=sum(bar_ticks(bar) == tune.meter.bar for bar in bars),
        tonic=tonic,
        mode=mode,
        in_scale=in_scale,
        closes=notes[-1].pitch % 12 == tune.key.pitch_class,
        lowest=min(note.pitch for note in notes),
        highest=max(note.pitch for note in notes),
        middle=sum(note.pitch for note in notes) / len(notes),
        notes_per_s=speed,
        motion=measure(tune).motion,
        stepwise=sum(move <= 2 for move in moves) / max(1, len(moves)),
        stuck=sum(move == 0 for move in moves) / max(1, len(moves)),
        last_move=moves[-1] if moves else 0,
        repeated_bars=_repeated(tune),
        distinct_pitches=len({note.pitch for note in notes}),
        valence=_valence(tune, shares, speed),
        arousal=_arousal(tune, speed),
    )


def quarter_seconds(meter: Meter, tempo_bpm: int) -> float:
    """Seconds a quarter note lasts when `tempo_bpm` counts the felt beat."""
    return 60.0 / max(1, tempo_bpm) * QUARTER / felt_ticks(meter)


def seconds(tune: Tune) -> float:
    """How long the tune sounds."""
    return float(tune.quarters) * quarter_seconds(tune.meter, tune.tempo_bpm or 100)


def _shares(notes: Sequence[Note]) -> list[float]:
    """Share of the sounding time on each of the twelve pitch classes."""
    totals = [Fraction(0)] * 12
    for note in notes:
        totals[note.pitch % 12] += note.duration
    whole = sum(totals)
    return [float(total / whole) for total in totals]


def _krumhansl(shares: Sequence[float]) -> tuple[str, str]:
    found = [
        (_correlation([shares[(tonic + step) % 12] for step in range(12)], profile), tonic, mode)
        for mode, profile in PROFILES.items()
        for tonic in range(12)
    ]
    _, tonic, mode = max(found)
    return TONICS[tonic], mode


def _correlation(left: Sequence[float], right: Sequence[float]) -> float:
    mean_left, mean_right = sum(left) / len(left), sum(right) / len(right)
    a, b = [each - mean_left for each in left], [each - mean_right for each in right]
    norm = math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / norm if norm else 0.0


def _repeated(tune: Tune) -> float:
    rhythms = [tuple(sound.ticks for sound in bar) for bar in tune.bars[int(tune.upbeat) :]]
    again = sum(rhythm in rhythms[:place] for place, rhythm in enumerate(rhythms))
    return again / max(1, len(rhythms) - 1)


def _valence(tune: Tune, shares: Sequence[float], speed: float) -> float:
    """The mode's brightness as it really sounds (its thirds), height, speed."""
    tonic = tune.key.pitch_class
    major, minor = shares[(tonic + 4) % 12], shares[(tonic + 3) % 12]
    third = (major - minor) / max(0.05, major + minor)
    height = (sum(note.pitch for note in tune.notes()) / len(tune.notes()) - 68) / 24
    value = 0.55 * BRIGHT[tune.key.mode] + 0.3 * third + 0.2 * height
    return _clipped(value + 0.15 * math.log2(max(0.25, speed) / 2))


def _arousal(tune: Tune, speed: float) -> float:
    """Notes a second, tempo and leaps."""
    tempo = math.log2((tune.tempo_bpm or 100) / 92)
    leaps = (measure(tune).motion - 2.6) / 4
    return _clipped(0.45 * math.log2(max(0.25, speed) / 1.9) + 0.55 * tempo + 0.3 * leaps)


def _clipped(value: float) -> float:
    return round(max(-1.0, min(1.0, value)), 2)
