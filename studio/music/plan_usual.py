"""What is usual of a mood or a style: the pace, the mode, the meter, the sound."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TEMPO: Mapping[str, int] = MappingProxyType(
    {
        "happy": 123, "sad": 63, "angry": 129, "calm": 62, "tense": 110, "playful": 121,
        "romantic": 82, "heroic": 105, "mysterious": 78, "nostalgic": 87,
        "ballad": 76, "chinese": 84, "chiptune": 128, "cinematic": 93, "folk": 91, "hymn": 68,
        "jig": 118, "jingle": 108, "lullaby": 64, "march": 110, "reel": 120, "waltz": 96,
        "hornpipe": 112,
    }
)  # fmt: skip
"""Beats a minute."""
DENSITY: Mapping[str, float] = MappingProxyType(
    {
        "happy": 0.68, "sad": 0.27, "angry": 0.72, "calm": 0.23, "tense": 0.53, "playful": 0.65,
        "romantic": 0.37, "heroic": 0.52, "mysterious": 0.38, "nostalgic": 0.42,
        "ballad": 0.35, "chinese": 0.44, "chiptune": 0.65, "cinematic": 0.41, "folk": 0.46,
        "hymn": 0.28, "jig": 0.74, "jingle": 0.49, "lullaby": 0.28, "march": 0.55, "reel": 0.82,
        "waltz": 0.4, "hornpipe": 0.75,
    }
)  # fmt: skip
MODE: Mapping[str, str] = MappingProxyType(
    {
        "happy": "major", "sad": "minor", "angry": "minor", "calm": "major", "tense": "minor",
        "playful": "major", "romantic": "major", "heroic": "major", "mysterious": "dorian",
        "nostalgic": "major",
    }
)  # fmt: skip
STYLE: Mapping[str, str] = MappingProxyType(
    {
        "happy": "folk", "sad": "ballad", "angry": "march", "calm": "ballad",
        "tense": "cinematic", "playful": "jingle", "romantic": "ballad", "heroic": "march",
        "mysterious": "cinematic", "nostalgic": "folk",
    }
)  # fmt: skip
TONIC: Mapping[str, str] = MappingProxyType(
    {
        "happy": "D", "sad": "D", "angry": "C", "calm": "F", "tense": "E", "playful": "G",
        "romantic": "Eb", "heroic": "Bb", "mysterious": "E", "nostalgic": "G",
    }
)  # fmt: skip
REGISTER: Mapping[str, str] = MappingProxyType({"angry": "low", "playful": "high"})
STYLE_METER: Mapping[str, str] = MappingProxyType({"jig": "6/8", "waltz": "3/4"})
STYLE_MOOD: Mapping[str, tuple[str, float]] = MappingProxyType(
    {
        "lullaby": ("calm", 1.5), "march": ("heroic", 0.7), "jig": ("playful", 0.8),
        "reel": ("happy", 0.8), "waltz": ("romantic", 0.7), "chinese": ("calm", 0.3),
        "jingle": ("happy", 0.5), "ballad": ("romantic", 0.4), "cinematic": ("tense", 0.3),
        "hornpipe": ("happy", 0.7), "hymn": ("heroic", 0.3), "folk": ("nostalgic", 0.2),
        "chiptune": ("playful", 0.3),
    }
)  # fmt: skip
"""Style -> (mood it hints at, how strongly)."""
INSTRUMENT: Mapping[str, str] = MappingProxyType(
    {
        "chinese": "guzheng", "chiptune": "chip", "lullaby": "music_box", "march": "brass",
        "hymn": "organ", "reel": "flute", "jig": "flute", "hornpipe": "flute",
        "waltz": "strings", "cinematic": "strings", "folk": "guitar",
    }
)  # fmt: skip
DANCES = frozenset({"jig", "reel", "hornpipe", "march", "chiptune"})
