"""What a jingle is like for a mood: two numbers become mode, meter, tempo, register, instrument and
accompaniment, by tables.

The directions are those on which listening studies agree: major and bright modes are heard as
pleasant, in the order of Temperley and Tan (Emotional connotations of diatonic modes, 2013); fast,
high, bright and detached as lively, slow, low, dull and legato as calm or sad (Gabrielsson and
Lindström, The role of structure in the musical expression of emotions, 2010; Juslin and Laukka,
Expression, perception, and induction of musical emotions, 2004, table 4). Within a row the seed
chooses, so that two brands of one mood do not sound the same.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from studio.music.features import quarter_seconds
from studio.music.key import write_key
from studio.music.meter import read_meter
from studio.music.plan import FEELING, MelodyPlan
from studio.music.traits import corner

_T = TypeVar("_T")
SECONDS = (5.0, 8.0)
"""A jingle with the last sound of its close."""
WRITTEN = (5.15, 6.9)
"""Its notes alone: what rings on after them is a second at most."""


@dataclass(frozen=True, slots=True)
class Pulse:
    """A meter with so many bars, and the tempi (felt beats a minute) at which it fits."""

    meter: str
    bars: int
    slowest: int
    fastest: int

    @property
    def motif_bars(self) -> int:
        """A third of the bars, or a quarter: the motif comes twice, then the close."""
        return 2 if self.bars > 4 else 1


@dataclass(frozen=True, slots=True)
class Colour:
    """Who plays, in which style, over which pattern."""

    instrument: str
    style: str
    accompaniment: str


@dataclass(frozen=True, slots=True)
class JinglePlan:
    """The melody's plan, and what a jingle has beside it."""

    plan: MelodyPlan
    motif_bars: int
    accompaniment: str


_MODES: tuple[tuple[float, tuple[str, ...]], ...] = (
    (0.3, ("major",)),
    (0.05, ("major", "major", "mixolydian")),
    (-0.2, ("mixolydian", "dorian")),
    (-0.45, ("dorian", "minor")),
    (-1.0, ("minor", "minor", "dorian")),
)
"""(valence from which, modes): brighter above."""

_PULSES: tuple[tuple[float, tuple[Pulse, ...]], ...] = (
    (
        0.55,
        (Pulse("4/4", 4, 150, 176), Pulse("2/4", 6, 126, 138), Pulse("6/8", 6, 118, 134)),
    ),
    (
        0.15,
        (Pulse("4/4", 4, 142, 154), Pulse("2/4", 6, 116, 128), Pulse("6/8", 6, 108, 120)),
    ),
    (
        -0.35,
        (Pulse("3/4", 4, 114, 132), Pulse("2/4", 6, 106, 116), Pulse("6/8", 4, 78, 90)),
    ),
    (
        -1.0,
        (Pulse("3/4", 4, 106, 114), Pulse("2/4", 4, 72, 80), Pulse("6/8", 4, 71, 78)),
    ),
)
"""(arousal from which, pulses): livelier above."""

_COLOURS: Mapping[str, tuple[Colour, ...]] = MappingProxyType(
    {
        "happy": (
            Colour("piano", "jingle", "oompah"),
            Colour("guitar", "jingle", "ballad"),
            Colour("bell", "jingle", "alberti"),
            Colour("brass", "march", "march"),
            Colour("music_box", "jingle", "alberti"),
        ),
        "calm": (
            Colour("piano", "folk", "arpeggio"),
            Colour("guitar", "folk", "arpeggio"),
            Colour("music_box", "lullaby", "arpeggio"),
            Colour("flute", "folk", "arpeggio"),
            Colour("bell", "cinematic", "block"),
        ),
        "sad": (
            Colour("piano", "cinematic", "arpeggio"),
            Colour("strings", "cinematic", "block"),
            Colour("pad", "cinematic", "block"),
            Colour("guitar", "folk", "arpeggio"),
        ),
        "tense": (
            Colour("strings", "cinematic", "alberti"),
            Colour("chip", "chiptune", "chip"),
            Colour("brass", "march", "march"),
            Colour("piano", "ballad", "ballad"),
        ),
    }
)
"""Corner of the plane of feelings -> bands: bright and struck where lively, soft where calm."""
_STYLE_COLOURS: Mapping[str, Colour] = MappingProxyType(
    {
        "folk": Colour("guitar", "folk", "arpeggio"),
        "ballad": Colour("piano", "ballad", "ballad"),
        "chinese": Colour("guzheng", "chinese", "auto"),
        "cinematic": Colour("strings", "cinematic", "block"),
        "hymn": Colour("organ", "hymn", "block"),
        "lullaby": Colour("music_box", "lullaby", "arpeggio"),
        "march": Colour("brass", "march", "march"),
        "waltz": Colour("piano", "waltz", "waltz"),
        "chiptune": Colour("chip", "chiptune", "chip"),
        "jingle": Colour("bell", "jingle", "oompah"),
    }
)
"""A style that is asked for stands over the mood's bands."""
_LOWER, _HIGHER = ("C", "C#", "D", "Eb", "E", "F"), ("E", "F", "F#", "G", "Ab", "A", "Bb")
"""Tonics by height: bright and lively jingles lie a fourth above dark and still ones."""
_MOST_SIGNS = 3
_LOW = -1.2
"""Valence and arousal together below which a jingle lies an octave and a half lower."""


def jingle_plan(valence: float, arousal: float, seed: int, style: str = "") -> JinglePlan:
    """The plan for a mood (both -1 to 1); the same seed gives the same one."""
    drawn = random.Random(f"jingle {seed} {valence} {arousal} {style}")
    pulse = drawn.choice(_row(_PULSES, arousal))
    mode = drawn.choice(_row(_MODES, valence))
    colour = drawn.choice(_COLOURS[corner(valence, arousal)])
    colour = _STYLE_COLOURS.get(style, colour)
    if style == "chinese":
        mode = "pentatonic" if valence >= 0 else "yu"
    tonic = drawn.choice(_tonics(mode, valence + arousal))
    plan = MelodyPlan(
        mood=nearest_mood(valence, arousal),
        valence=valence,
        arousal=arousal,
        tonic=tonic,
        mode=mode,
        meter=pulse.meter,
        tempo_bpm=_tempo(pulse, arousal),
        bars=pulse.bars,
        density=round(0.35 + 0.2 * arousal, 2),
        register="low" if valence + arousal < _LOW else "mid",
        style=colour.style,
        instrument=colour.instrument,
    )
    return JinglePlan(plan, pulse.motif_bars, _under(colour, pulse.meter))


def nearest_mood(valence: float, arousal: float) -> str:
    """The word of the melody's form for a mood."""
    return min(FEELING, key=lambda name: math.dist(FEELING[name], (valence, arousal)))


def _tonics(mode: str, height: float) -> tuple[str, ...]:
    """Those of the mood's height with few signs."""
    pool = _HIGHER if height > 0 else _LOWER
    return tuple(each for each in pool if abs(write_key(each, mode).fifths) <= _MOST_SIGNS)


def written_seconds(meter: str, bars: int, tempo_bpm: int) -> float:
    """How long the notes last."""
    time = read_meter(meter)
    return float(time.quarters) * bars * quarter_seconds(time, tempo_bpm)


def _tempo(pulse: Pulse, arousal: float) -> int:
    """Faster the livelier, within what fits."""
    share = (max(-1.0, min(1.0, arousal)) + 1) / 2
    return round(pulse.slowest + (pulse.fastest - pulse.slowest) * share)


def _under(colour: Colour, meter: str) -> str:
    """Three plain beats are a waltz where the pattern would stumble over them."""
    threes = meter == "3/4" and colour.accompaniment in ("oompah", "march", "ballad")
    return "waltz" if threes else colour.accompaniment


def _row(table: tuple[tuple[float, tuple[_T, ...]], ...], value: float) -> tuple[_T, ...]:
    return next((row for least, row in table if value >= least), table[-1][1])
