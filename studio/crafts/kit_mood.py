"""The mood of a campaign: what its brand card says, else what its tone of voice suggests.

Picture and jingle are asked with the same two numbers, so they agree without being matched later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.ads.brand import Brand


@dataclass(frozen=True, slots=True)
class Mood:
    """Two numbers, each -1..1: how pleasant, and how lively (Russell, A circumplex model of
    affect, 1980)."""

    valence: float
    arousal: float

    @property
    def word(self) -> str:
        """The quadrant as an English word that the readers of pictures know."""
        if abs(self.valence) < _FAINT and abs(self.arousal) < _FAINT:
            return "quiet"
        if self.valence >= 0:
            return "happy" if self.arousal >= 0 else "calm"
        return "tense" if self.arousal >= 0 else "sad"

    @property
    def chinese(self) -> str:
        """The same in Chinese."""
        return _CHINESE[self.word]


_FAINT = 0.15
_CHINESE: Mapping[str, str] = MappingProxyType(
    {"quiet": "安静", "happy": "欢快", "calm": "宁静", "tense": "紧张", "sad": "忧伤"}
)
_OF_TONES: Mapping[str, Mood] = MappingProxyType(
    {
        "warm": Mood(0.5, -0.1),
        "playful": Mood(0.7, 0.6),
        "dry": Mood(0.1, -0.1),
        "tender": Mood(0.4, -0.5),
        "formal": Mood(0.2, -0.1),
        "funny": Mood(0.7, 0.5),
        "poetic": Mood(0.3, -0.5),
        "sincere": Mood(0.3, -0.2),
        "bold": Mood(0.4, 0.7),
    }
)
_OPEN = Mood(0.4, 0.2)
"""An advertisement of which nothing is known: friendly, awake."""


def mood_of(brand: Brand | None, tone: str) -> Mood:
    """The brand's own mood where it has one, else that of a known tone of voice."""
    if brand is not None and (brand.valence or brand.arousal):
        return Mood(brand.valence, brand.arousal)
    return _OF_TONES.get(tone, _OPEN)
