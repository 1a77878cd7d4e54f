"""How a tune is played: seconds and loudness for every note, tune and accompaniment apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from studio.music.features import quarter_seconds
from studio.music.harmony import accompaniment
from studio.music.meter import QUARTER
from studio.music.note import Note
from studio.music.tune import Tune, bar_ticks

TAIL_S = 1.6
"""Silence after the last note, for its decay and the room."""
PHRASE_BARS = 4
SOFT = 0.62
"""Loudness of the accompaniment against the tune."""


@dataclass(frozen=True, slots=True)
class Struck:
    """One note as it is played: MIDI pitch, seconds, loudness 0 to 1."""

    pitch: int
    start_s: float
    duration_s: float
    loudness: float


@dataclass(frozen=True, slots=True)
class Performance:
    """Both voices on one clock; `seconds` includes the tail."""

    tune: tuple[Struck, ...]
    accompaniment: tuple[Struck, ...]
    seconds: float
    bar_s: float
    """Seconds of a bar; the first full bar begins at `upbeat_s`."""
    upbeat_s: float


def perform(tune: Tune, style: str = "") -> Performance:
    """Play a tune at its tempo (100 when it says none)."""
    quarter_s = quarter_seconds(tune.meter, tune.tempo_bpm or 100)
    upbeat = Fraction(bar_ticks(tune.bars[0]), QUARTER) if tune.upbeat else Fraction(0)
    below = accompaniment(tune, style)
    return Performance(
        tune=tuple(_struck(tune, tune.notes(), upbeat, quarter_s, _touch(style))),
        accompaniment=tuple(
            Struck(each.pitch, each.start_s, each.duration_s, SOFT * each.loudness)
            for each in _struck(tune, below, upbeat, quarter_s, 1.0)
        ),
        seconds=float(tune.quarters) * quarter_s + TAIL_S,
        bar_s=float(tune.meter.quarters) * quarter_s,
        upbeat_s=float(upbeat) * quarter_s,
    )


def _touch(style: str) -> float:
    """Share of its written length that a note sounds: dances are lighter."""
    return 0.86 if style in ("jig", "reel", "hornpipe", "march", "chiptune", "jingle") else 0.97


def _struck(
    tune: Tune, notes: Iterable[Note], upbeat: Fraction, quarter_s: float, touch: float
) -> Iterator[Struck]:
    for note in notes:
        yield Struck(
            note.pitch,
            float(note.onset) * quarter_s,
            float(note.duration) * quarter_s * (touch if note.duration < 2 else 0.97),
            _loudness(tune, note.onset - upbeat),
        )


def _loudness(tune: Tune, onset: Fraction) -> float:
    """Accents on the bar and the beat, and a swell towards the middle of each phrase."""
    bar = tune.meter.quarters
    beat = Fraction(tune.meter.beat, QUARTER)
    within = onset % bar
    accent = 0.12 if within == 0 else 0.05 if within % beat == 0 else 0.0
    phrase = float(onset % (PHRASE_BARS * bar) / (PHRASE_BARS * bar))
    return 0.68 + accent + 0.14 * (1 - abs(2 * phrase - 1))
