"""What a tune is like, measured on its notes: the plan words a model is trained with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType

from studio.music.note import Note
from studio.music.tune import Tune

LEVEL_EDGES = (0.42, 0.6, 0.8, 0.92)
"""Notes an eighth of the bar: where a density level ends (measured on the training corpus)."""
MOTION_EDGES = (2.3, 2.85)
"""Mean step in semitones: where smooth ends and where leaping begins."""
BRIGHT = MappingProxyType(
    {
        "major": 0.6,
        "lydian": 0.6,
        "mixolydian": 0.35,
        "pentatonic": 0.45,
        "zhi": 0.3,
        "shang": 0.1,
        "dorian": -0.3,
        "yu": -0.3,
        "jue": -0.35,
        "minor": -0.6,
        "phrygian": -0.7,
    }
)
"""Valence of a mode by itself, -1 to 1."""
LIVELY_STYLES = frozenset({"jig", "reel", "hornpipe", "slipjig", "strathspey", "dance", "march"})


@dataclass(frozen=True, slots=True)
class Traits:
    """Density in notes an eighth of a bar's length; motion in semitones a step;
    `dotted` and `equal` are shares of the notes (0 to 1)."""

    density: float
    motion: float
    dotted: float
    equal: float

    @property
    def level(self) -> int:
        """Density from 1 (few notes) to 5 (many)."""
        return 1 + sum(self.density > edge for edge in LEVEL_EDGES)

    @property
    def leaps(self) -> int:
        """Motion: 1 by step, 2 mixed, 3 by leap."""
        return 1 + sum(self.motion > edge for edge in MOTION_EDGES)

    @property
    def rhythm(self) -> str:
        """ "even", "dotted" or "mixed"."""
        if self.dotted > 0.3:
            return "dotted"
        return "even" if self.equal > 0.75 else "mixed"


def measure(tune: Tune) -> Traits:
    """The traits of a tune with at least one note."""
    notes = tune.notes()
    bars = max(Fraction(1), tune.quarters / tune.meter.quarters)
    # A 2/4 bar of sixteenths and a 4/4 bar of eighths are the same music written twice.
    slots = tune.meter.bar // 12 * (2 if str(tune.meter) in ("2/4", "3/8") else 1)
    steps = [abs(late.pitch - early.pitch) for early, late in pairwise(notes)]
    moving = [step for step in steps if step]
    return Traits(
        density=float(len(notes) / bars) / slots,
        motion=sum(moving) / max(1, len(moving)),
        dotted=_dotted_share(notes),
        equal=_commonest_share(notes),
    )


def _dotted_share(notes: Sequence[Note]) -> float:
    """Share of the notes that stand in a long-short (3:1) or short-long pair."""
    ratios = [(early.duration / late.duration) for early, late in pairwise(notes)]
    pairs = sum(ratio in (3, Fraction(1, 3)) for ratio in ratios)
    return 2 * pairs / max(1, len(notes))


def _commonest_share(notes: Sequence[Note]) -> float:
    lengths = [note.duration for note in notes]
    return max(lengths.count(each) for each in set(lengths)) / max(1, len(lengths))


def arousal_of(traits: Traits, style: str, tempo_bpm: int = 0) -> float:
    """-1 (still) to 1 (driven), from density, leaps, style and tempo where it is known."""
    arousal = 0.3 * (traits.level - 3) + 0.1 * (traits.leaps - 2)
    arousal += 0.35 if style in LIVELY_STYLES else -0.35
    arousal += 0.1 * (traits.rhythm == "dotted")
    if tempo_bpm:
        arousal += max(-0.6, min(0.6, (tempo_bpm - 96) / 70))
    return max(-1.0, min(1.0, arousal))


def corner(valence: float, arousal: float) -> str:
    """The corner of the valence-arousal plane: happy, calm, sad or tense."""
    if valence >= 0:
        return "happy" if arousal >= 0 else "calm"
    return "tense" if arousal >= 0 else "sad"
