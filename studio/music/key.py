"""A key: a tonic and a mode, its signature and the spelling of its notes.

Signatures and mode names as in the ABC standard 2.1, section 3.1.14 (information field K).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from studio.errors import InvalidInput

LETTERS = "CDEFGAB"
NATURAL: Mapping[str, int] = MappingProxyType(
    dict(zip(LETTERS, (0, 2, 4, 5, 7, 9, 11), strict=True))
)
SHARPS = "FCGDAEB"
"""Order in which a signature adds sharps; flats are added in the opposite order."""

SCALES: Mapping[str, tuple[int, ...]] = MappingProxyType(
    {
        "major": (0, 2, 4, 5, 7, 9, 11),
        "minor": (0, 2, 3, 5, 7, 8, 10),
        "dorian": (0, 2, 3, 5, 7, 9, 10),
        "mixolydian": (0, 2, 4, 5, 7, 9, 10),
        "lydian": (0, 2, 4, 6, 7, 9, 11),
        "phrygian": (0, 1, 3, 5, 7, 8, 10),
        "pentatonic": (0, 2, 4, 7, 9),
        "shang": (0, 2, 5, 7, 10),
        "jue": (0, 3, 5, 8, 10),
        "zhi": (0, 2, 5, 7, 9),
        "yu": (0, 3, 5, 7, 10),
    }
)
"""Semitones above the tonic. "pentatonic" is gong (宫); shang 商, jue 角, zhi 徵, yu 羽."""

PENTATONIC = ("pentatonic", "shang", "jue", "zhi", "yu")

FIFTHS: Mapping[str, int] = MappingProxyType(
    {
        "major": 0,
        "minor": -3,
        "dorian": -2,
        "mixolydian": -1,
        "lydian": 1,
        "phrygian": -4,
        "pentatonic": 0,
        "shang": -2,
        "jue": -4,
        "zhi": -1,
        "yu": -3,
    }
)
"""Signature against the major key on the same tonic, in fifths (sharps positive)."""

ABC_MODE: Mapping[str, str] = MappingProxyType(
    {
        "": "major",
        "maj": "major",
        "ion": "major",
        "m": "minor",
        "min": "minor",
        "aeo": "minor",
        "dor": "dorian",
        "mix": "mixolydian",
        "lyd": "lydian",
        "phr": "phrygian",
    }
)
ABC_SUFFIX: Mapping[str, str] = MappingProxyType(
    {
        "major": "",
        "minor": "m",
        "dorian": "dor",
        "mixolydian": "mix",
        "lydian": "lyd",
        "phrygian": "phr",
        "pentatonic": "",
        "shang": "dor",
        "jue": "phr",
        "zhi": "mix",
        "yu": "m",
    }
)
"""The heptatonic mode whose signature a mode is written in."""

TONICS = ("C", "Db", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True, slots=True)
class Key:
    """`tonic` is a letter with an optional # or b; `mode` is one of SCALES."""

    tonic: str
    mode: str = "major"

    @property
    def pitch_class(self) -> int:
        """0 (C) to 11 (B)."""
        return (NATURAL[self.tonic[0]] + self.tonic.count("#") - self.tonic.count("b")) % 12

    @property
    def fifths(self) -> int:
        """Sharps (positive) or flats (negative) of the signature; past 7 it can not be written."""
        natural = SHARPS.index(self.tonic[0]) - 1
        return natural + 7 * (self.tonic.count("#") - self.tonic.count("b")) + FIFTHS[self.mode]

    @property
    def scale(self) -> frozenset[int]:
        """Pitch classes of the mode on this tonic."""
        return frozenset((self.pitch_class + step) % 12 for step in SCALES[self.mode])

    @property
    def abc(self) -> str:
        """As in an ABC K: field, for example "F#m"."""
        return self.tonic + ABC_SUFFIX[self.mode]

    def signature(self) -> dict[str, int]:
        """Letter -> +1 (sharp), -1 (flat) or 0."""
        fifths = self.fifths
        signs = dict.fromkeys(LETTERS, 0)
        marked = SHARPS[:fifths] if fifths > 0 else SHARPS[::-1][:-fifths]
        return signs | dict.fromkeys(marked, 1 if fifths > 0 else -1)

    def spell(self, pitch: int) -> tuple[str, int, int]:
        """(letter, alteration, octave) of a MIDI pitch: the signature's own note where it has
        one, else the neighbour a reader expects (raised 4, 6 and 7, lowered 7 and 3)."""
        return min(self._spellings(pitch), key=lambda each: (self._oddity(each), each[1] < 0))

    def _spellings(self, pitch: int) -> list[tuple[str, int, int]]:
        found = []
        for letter in LETTERS:
            for alteration in (-2, -1, 0, 1, 2):
                if (NATURAL[letter] + alteration - pitch) % 12 == 0:
                    octave = (pitch - NATURAL[letter] - alteration) // 12 - 1
                    found.append((letter, alteration, octave))
        return found

    def _oddity(self, spelling: tuple[str, int, int]) -> float:
        letter, alteration, _ = spelling
        signed = self.signature()[letter]
        if alteration == signed:
            return 0.0
        wanted = SHARPS.index(letter) - 1 + 7 * alteration
        return abs(wanted - self.fifths - 2.5) + (10 if abs(alteration) == 2 else 0)


def write_key(tonic: str, mode: str) -> Key:
    """The key on this tonic, respelled (G# minor, not Ab minor) so that few signs are needed."""
    key = Key(tonic, mode)
    if abs(key.fifths) <= 6:
        return key
    respelled = {"C#": "Db", "Db": "C#", "D#": "Eb", "Eb": "D#", "G#": "Ab", "Ab": "G#"}
    respelled |= {"A#": "Bb", "Bb": "A#", "F#": "Gb", "Gb": "F#", "B": "Cb", "Cb": "B"}
    other = Key(respelled.get(tonic, tonic), mode)
    return other if abs(other.fifths) < abs(key.fifths) else key


def read_key(text: str) -> Key:
    """A key as ABC writes it ("Bb", "F#m", "D mix"). Raises InvalidInput."""
    words = text.split()
    tonic = words[0][:2] if words and words[0][1:2] in ("#", "b") else text.strip()[:1]
    rest = text.strip()[len(tonic) :].split()
    mode = "" if not rest else rest[0] if rest[0] == "m" else rest[0].lower()[:3]
    if tonic[:1] not in LETTERS or not tonic or mode not in ABC_MODE:
        raise InvalidInput("key", f"“{text}” is not a key.", code="abc_key", text=text)
    return Key(tonic, ABC_MODE[mode])
