"""The plan of a melody: what a person may see and change before it is written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.music.features import quarter_seconds
from studio.music.key import PENTATONIC, SCALES, Key, write_key
from studio.music.melody_form import Bar, MelodyForm
from studio.music.meter import QUARTER, Meter, read_meter
from studio.music.symbols import MAX_BARS
from studio.music.traits import BRIGHT, LIVELY_STYLES, corner

MOODS = (
    "happy", "sad", "angry", "calm", "tense", "playful", "romantic", "heroic", "mysterious",
    "nostalgic",
)  # fmt: skip
METERS = ("4/4", "3/4", "2/4", "6/8", "9/8", "12/8", "2/2")
DENSITIES = ("sparse", "light", "medium", "dense", "busy")
REGISTERS = ("low", "mid", "high")
STYLES = (
    "folk", "ballad", "chinese", "cinematic", "hymn", "jig", "reel", "hornpipe", "lullaby",
    "march", "waltz", "jingle", "chiptune",
)  # fmt: skip
INSTRUMENTS = (
    "piano", "music_box", "guitar", "guzheng", "dizi", "flute", "strings", "organ", "bell",
    "bass", "chip", "pad", "brass",
)  # fmt: skip
TEMPO_BOUNDS = (40, 200)
BARS_BOUNDS = (4, MAX_BARS)

FEELING: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "happy": (0.8, 0.6), "sad": (-0.6, -0.5), "angry": (-0.5, 0.75), "calm": (0.35, -0.7),
        "tense": (-0.4, 0.5), "playful": (0.65, 0.5), "romantic": (0.55, -0.2),
        "heroic": (0.6, 0.55), "mysterious": (-0.2, 0.0), "nostalgic": (0.2, -0.2),
    }
)  # fmt: skip
"""Mood -> (valence, arousal), each -1 to 1."""

TONIC_LOWEST: Mapping[str, int] = MappingProxyType({"low": 43, "mid": 60, "high": 67})
"""Register -> lowest MIDI pitch of the tonic that melodies are built on."""
COMPASS: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"low": (38, 62), "mid": (55, 81), "high": (62, 88)}
)
"""Register -> lowest and highest MIDI pitch."""

DENSITY_LEVELS: Mapping[str, str] = MappingProxyType(
    {"sparse": "1", "light": "2", "medium": "3", "dense": "4", "busy": "5"}
)
THIRTY_SECOND, SIXTEENTH = 3, 6
"""Ticks."""
QUICKEST_S = 0.1
OLD_DANCES = frozenset({"folk", "jig", "reel", "hornpipe", "march"})
SMOOTH = frozenset({"calm", "sad", "mysterious", "nostalgic", "romantic"})
LEAPING = frozenset({"heroic", "playful", "angry"})
MODEL_MODE: Mapping[str, str] = MappingProxyType(
    {"lydian": "major", "phrygian": "minor", "shang": "dorian", "jue": "yu", "zhi": "pentatonic"}
)
MODEL_STYLE: Mapping[str, str] = MappingProxyType(
    {
        "folk": "air", "ballad": "song", "chinese": "air", "cinematic": "song", "lullaby": "air",
        "jingle": "dance", "chiptune": "reel",
    }
)  # fmt: skip
"""Styles of the page that the model has no word for -> the nearest it was trained on."""
LEADING_TONE, RAISED_SIXTH = 11, 9
"""Steps that minor borrows: the one everywhere, the other where old dances do."""


@dataclass(frozen=True, slots=True)
class MelodyPlan:
    """Everything a melody is asked to be. Values are those of the constants above."""

    mood: str
    valence: float
    """-1 (dark) to 1 (bright)."""
    arousal: float
    tonic: str
    mode: str
    meter: str
    tempo_bpm: int
    bars: int
    density: float
    """0 (few notes) to 1 (many)."""
    register: str
    style: str
    instrument: str

    @property
    def key(self) -> Key:
        return write_key(self.tonic, self.mode)

    @property
    def time(self) -> Meter:
        return read_meter(self.meter)

    @property
    def tonic_pitch(self) -> int:
        """MIDI pitch of the tonic the symbols count from."""
        lowest = TONIC_LOWEST[self.register]
        return lowest + (self.key.pitch_class - lowest) % 12

    @property
    def density_name(self) -> str:
        """The density as the form offers it."""
        return density_name(self.density)

    @property
    def feeling(self) -> tuple[float, float]:
        """The asked valence and arousal, drawn towards what mode and tempo can say."""
        pace = max(-1.0, min(1.0, math.log2(self.tempo_bpm / 92)))
        valence = 0.6 * self.valence + 0.4 * BRIGHT[self.mode]
        return valence, 0.7 * self.arousal + 0.3 * pace

    def form(
        self,
        phrases: tuple[str, ...] = (),
        fixed: tuple[tuple[int, Bar], ...] = (),
        opening: Bar | None = None,
        syllables: tuple[int, ...] = (),
        notes: tuple[int, ...] = (),
    ) -> MelodyForm:
        """The constraint that holds bars, scale, range and close; see MelodyForm for the rest."""
        # Quiet melodies keep to what a voice sings without effort.
        quiet = self.mood in SMOOTH or self.style in ("lullaby", "hymn")
        lowest, highest = (-5, 14) if quiet else (-8, 17)
        bottom, top = (bound - self.tonic_pitch for bound in COMPASS[self.register])
        return MelodyForm(
            self.time,
            self.bars,
            self._steps(),
            max(lowest, bottom),
            min(highest, top),
            triplets=self.style in ("hornpipe", "folk", "reel", "cinematic", "ballad"),
            shortest=SIXTEENTH if self._is_quick() else THIRTY_SECOND,
            phrases=phrases,
            fixed=fixed,
            opening=opening,
            syllables=syllables,
            notes=notes,
        )

    def _is_quick(self) -> bool:
        """Whether 32nds would be too quick to play, let alone to follow."""
        quarter_s = quarter_seconds(self.time, self.tempo_bpm)
        return quarter_s * THIRTY_SECOND / QUARTER < QUICKEST_S

    def _steps(self) -> frozenset[int]:
        """Steps above the tonic that may sound: the scale, and what its style borrows."""
        borrowed = {LEADING_TONE} if self.mode == "minor" else set()
        if borrowed and self.style in OLD_DANCES:
            borrowed.add(RAISED_SIXTH)
        return frozenset(SCALES[self.mode]) | borrowed

    def words(self) -> tuple[str, ...]:
        """The plan in the language model's words."""
        return (
            f"mood={corner(*self.feeling)}",
            f"mode={MODEL_MODE.get(self.mode, self.mode)}",
            f"meter={self.meter}",
            f"style={self._model_style()}",
            f"density={DENSITY_LEVELS[self.density_name]}",
            f"motion={self._motion()}",
            f"rhythm={self._rhythm()}",
            f"bars={self.bars}",
        )

    def _model_style(self) -> str:
        """A jig in 9/8 is a slip jig; a reel in 6/8 is a jig."""
        by_meter = {"6/8": "jig", "9/8": "slipjig", "12/8": "jig"}
        if self.style in LIVELY_STYLES and self.style != "march":
            return by_meter.get(self.meter, "reel" if self.style == "jig" else self.style)
        return MODEL_STYLE.get(self.style, self.style)

    def _motion(self) -> int:
        if self.mood in SMOOTH or self.mode in PENTATONIC:
            return 2 if self.mood == "romantic" or self.mode in PENTATONIC else 1
        return 3 if self.mood in LEAPING else 2

    def _rhythm(self) -> str:
        if self.style in ("jig", "reel", "chiptune") and self.density >= 0.5:
            return "even"
        if self.style in ("march", "hornpipe") or self.mood == "heroic":
            return "dotted"
        return "mixed"


def density_name(density: float) -> str:
    """0.0-1.0 to one of DENSITIES."""
    edges = (0.22, 0.4, 0.58, 0.78)
    return DENSITIES[sum(density > edge for edge in edges)]


def density_value(name: str) -> float:
    """The middle of a density's span."""
    return (0.15, 0.32, 0.5, 0.68, 0.88)[DENSITIES.index(name)]
