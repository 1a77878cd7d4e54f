"""What is thought of a description where it says nothing outright."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from studio.music import plan_usual as usual
from studio.music.plan import FEELING, METERS, MOODS, REGISTERS, STYLES
from studio.music.plan_shares import ALL, shares_of
from studio.music.said_plan import SaidPlan

MIDDLE_BPM = 92
NUMBERS = ("pace", "valence", "arousal", "density")
"""What a reader card guesses in numbers; the pace in octaves about MIDDLE_BPM."""
MODES = ("major", "minor", "pentatonic", "dorian", "mixolydian")
_PACE = MappingProxyType(
    {"pace": 1.17, "arousal": -0.38, "mood": 0.33, "mood_arousal": 0.11, "style": 0.13}
)
"""What makes the pace: the card's pace and arousal, the usual pace and arousal of the moods and
the usual pace of the styles it sees. Fitted by least squares over cross-validated guesses of the
written plans, a tenth larger: regressions answer too near to the middle."""
_PACE_BIAS = 0.03
_OWN: Mapping[str, float] = MappingProxyType({"valence": 0.25, "arousal": 0.25, "density": 0.75})
"""How much of a number is the card's own; the rest is usual of the moods and styles it sees."""
_SHARPER = 3
"""Power of the probabilities when numbers are made of them: the likeliest mood counts most."""
_TRUST: Mapping[str, tuple[float, float]] = MappingProxyType(
    {"mode": (1.0, 0.35), "meter": (0.8, 0.4), "register": (0.3, 0.1)}
)
"""How much counts what is usual beside the card's own choice, and how even the labels are made."""
_LEAST_BELIEF = 0.2
LEAST_SHARE = 1e-6


class PlanGuess(Protocol):
    """A reader card's guess of one text."""

    @property
    def numbers(self) -> Mapping[str, float]:
        """NUMBERS -> value."""

    @property
    def choices(self) -> Mapping[str, Mapping[str, float]]:
        """mood, mode, meter, style, register -> label -> probability."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A plan without its obedience. Rankings begin with the likeliest."""

    mood: str
    style: str
    modes: tuple[str, ...]
    meters: tuple[str, ...]
    registers: tuple[str, ...]
    tempo_bpm: float
    density: float
    valence: float
    arousal: float


def estimate_of(guess: PlanGuess, said: SaidPlan, mood: str = "", style: str = "") -> Estimate:
    """A card's guess, brought in line with what is given or said of mood and style."""
    moods = settled(guess.choices["mood"], mood, said.moods, said.not_moods)
    styles = settled(guess.choices["style"], style, said.styles, said.not_styles)
    mood, style = likeliest(moods, MOODS)[0], likeliest(styles, STYLES)[0]
    numbers = {name: _number(name, guess, moods, styles) for name in NUMBERS}
    agreed = guess.choices["mood"].get(mood, 0.0) / max(guess.choices["mood"].values())
    ranked = {
        field: likeliest(_beside(field, guess.choices[field], moods, styles, agreed), order)
        for field, order in (("mode", MODES), ("meter", METERS), ("register", REGISTERS))
    }
    return Estimate(
        mood=mood,
        style=style,
        modes=ranked["mode"],
        meters=ranked["meter"],
        registers=ranked["register"],
        tempo_bpm=MIDDLE_BPM * 2 ** numbers["pace"],
        density=numbers["density"],
        valence=numbers["valence"],
        arousal=numbers["arousal"],
    )


def settled(
    shares: Mapping[str, float], given: str, said: tuple[str, ...], not_said: frozenset[str]
) -> dict[str, float]:
    """Probabilities once a name is given (it alone is left), or some are said (only these are
    left), or some are not wanted."""
    left = (given,) if given else said or tuple(name for name in shares if name not in not_said)
    kept = {name: max(LEAST_SHARE, shares.get(name, 0.0)) for name in left or shares}
    total = sum(kept.values())
    return {name: share / total for name, share in kept.items()}


def likeliest(shares: Mapping[str, float], order: tuple[str, ...]) -> tuple[str, ...]:
    """All names, the most probable first; of equals, the earlier of `order`."""
    return tuple(sorted(order, key=lambda name: -shares.get(name, 0.0)))


def _beside(
    field: str,
    shares: Mapping[str, float],
    moods: Mapping[str, float],
    styles: Mapping[str, float],
    agreed: float,
) -> dict[str, float]:
    """What the card thinks of a field, times what is usual of the moods and styles beside it
    (a product of experts; some of the advantage of the commonest labels is taken away). A card
    that had not thought of this mood (`agreed` near 0) is believed less."""
    trust, evenness = _TRUST[field]
    belief = max(_LEAST_BELIEF, agreed)
    of_moods, of_styles = _expected(field, moods), _expected(field, styles)
    return {
        label: max(LEAST_SHARE, shares.get(label, 0.0)) ** belief
        * (of_moods[label] * of_styles[label] / base) ** trust
        / base**evenness
        for label, base in shares_of(field, ALL).items()
    }


def _expected(field: str, names: Mapping[str, float]) -> dict[str, float]:
    """Label -> its share among such moods, or such styles."""
    weighed = [(shares_of(field, name), share) for name, share in _sharpened(names, 2).items()]
    return {
        label: sum(table[label] * share for table, share in weighed)
        for label in shares_of(field, ALL)
    }


def _number(
    name: str, guess: PlanGuess, moods: Mapping[str, float], styles: Mapping[str, float]
) -> float:
    """The card's number where it saw these moods; else moved by what is usual of them."""
    expected = _usual(name, moods, styles)
    own = _moved(name, guess, moods, styles)
    if name != "pace":
        return _OWN[name] * own + (1 - _OWN[name]) * expected
    parts = {
        "pace": own,
        "arousal": _moved("arousal", guess, moods, styles),
        "mood": _of("pace", moods),
        "mood_arousal": _of("arousal", moods),
        "style": _of("pace", styles),
    }
    return sum(_PACE[part] * value for part, value in parts.items()) + _PACE_BIAS


def _moved(
    name: str, guess: PlanGuess, moods: Mapping[str, float], styles: Mapping[str, float]
) -> float:
    seen = _usual(name, guess.choices["mood"], guess.choices["style"])
    return guess.numbers[name] + _usual(name, moods, styles) - seen


def _usual(name: str, moods: Mapping[str, float], styles: Mapping[str, float]) -> float:
    """The number that is usual of such moods and styles."""
    if name in ("valence", "arousal"):
        return _of(name, moods)
    return (_of(name, moods) + _of(name, styles)) / 2


def _of(name: str, shares: Mapping[str, float]) -> float:
    return sum(_table(name, key) * share for key, share in _sharpened(shares).items())


def _sharpened(shares: Mapping[str, float], power: int = _SHARPER) -> dict[str, float]:
    powers = {name: share**power for name, share in shares.items()}
    return {name: power / sum(powers.values()) for name, power in powers.items()}


def _table(name: str, key: str) -> float:
    match name:
        case "valence":
            return FEELING[key][0]
        case "arousal":
            return FEELING[key][1]
        case "density":
            return usual.DENSITY[key]
        case _:
            return math.log2(usual.TEMPO[key] / MIDDLE_BPM)
