"""A light accompaniment: one chord a bar, found by a small dynamic programme.

Triads of the mode are scored by how much of the melody's time they carry (strong beats count
more), by common moves (home from the dominant, on by fourths), and by the tonic at both ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from studio.music.key import SCALES, Key
from studio.music.meter import QUARTER, Meter
from studio.music.note import Note
from studio.music.tune import Bar, Tune, bar_ticks

PARENT = MappingProxyType(
    {
        "pentatonic": "major",
        "shang": "dorian",
        "jue": "phrygian",
        "zhi": "mixolydian",
        "yu": "minor",
    }
)
"""The heptatonic mode that harmonises a pentatonic one."""
LIKED = MappingProxyType({0: 0.30, 3: 0.18, 4: 0.18, 5: 0.10, 1: 0.06, 2: 0.0, 6: 0.0})
"""Degree (0 is the tonic) -> how welcome its triad is by itself."""
MOVES = MappingProxyType(
    {
        (4, 0): 0.25, (3, 0): 0.12, (3, 4): 0.15, (1, 4): 0.18, (0, 3): 0.1, (0, 4): 0.1,
        (0, 5): 0.1, (5, 3): 0.12, (5, 1): 0.08, (6, 0): 0.1, (4, 3): -0.12,
    }
)  # fmt: skip
"""(degree before, degree after) -> how welcome the move is."""
STAY = -0.06
HOME_START, HOME_END = 0.4, 1.0
HELD_STYLES = frozenset({"hymn", "cinematic"})
BROKEN_STYLES = frozenset({"ballad", "lullaby", "chinese", "folk"})
BASS_LOWEST, CHORD_LOWEST = 38, 50


@dataclass(frozen=True, slots=True)
class Chord:
    """A triad: pitch classes from the root up, where it starts and how long it lasts (quarters)."""

    tones: tuple[int, ...]
    onset: Fraction
    duration: Fraction


def harmonise(tune: Tune) -> tuple[Chord, ...]:
    """One chord for each full bar; an upbeat stays without."""
    triads = _triads(tune.key)
    bars = tune.bars[int(tune.upbeat) :]
    scores = [
        {degree: LIKED[degree] + _fit(bar, tones) for degree, tones in triads.items()}
        for bar in bars
    ]
    start = Fraction(bar_ticks(tune.bars[0]), QUARTER) if tune.upbeat else Fraction(0)
    length = tune.meter.quarters
    return tuple(
        Chord(triads[degree], start + number * length, length)
        for number, degree in enumerate(_best_path(scores))
    )


def chord_names(tune: Tune) -> tuple[str, ...]:
    """One name a full bar, as over a lead sheet: "D", "F#m"."""
    return tuple(_name(chord, tune.key) for chord in harmonise(tune))


def _name(chord: Chord, key: Key) -> str:
    letter, alteration, _ = key.spell(60 + chord.tones[0])
    minor = (chord.tones[1] - chord.tones[0]) % 12 == 3
    return letter + ("#" * alteration or "b" * -alteration) + ("m" if minor else "")


def accompaniment(tune: Tune, style: str = "") -> tuple[Note, ...]:
    """Bass and chord notes under the tune: oom-pah in dances, broken chords in quiet styles,
    held chords in hymns and at the very end."""
    chords = harmonise(tune)
    notes: list[Note] = []
    for chord in chords[:-1]:
        notes.extend(_figure(chord, tune.meter, style))
    return (*notes, *_held(chords[-1]))


def _triads(key: Key) -> dict[int, tuple[int, ...]]:
    """Degree -> pitch classes. The dominant of minor is major; diminished triads are left out."""
    mode = PARENT.get(key.mode, key.mode)
    scale = SCALES[mode]
    found: dict[int, tuple[int, ...]] = {}
    for degree in range(7):
        root, third, fifth = (scale[(degree + step) % 7] for step in (0, 2, 4))
        third = 11 if mode == "minor" and degree == 4 else third
        if (fifth - root) % 12 == 7:
            found[degree] = tuple((key.pitch_class + tone) % 12 for tone in (root, third, fifth))
    return found


def _fit(bar: Bar, tones: Sequence[int]) -> float:
    """Share of the bar's sounding weight on the chord's tones."""
    at, inside, whole = 0, 0.0, 0.01
    for sound in bar:
        if sound.pitch is not None:
            weight = sound.ticks * (2.0 if at == 0 else 1.4 if at % QUARTER == 0 else 1.0)
            whole += weight
            inside += weight * (sound.pitch % 12 in tones)
        at += sound.ticks
    return inside / whole


def _best_path(scores: Sequence[Mapping[int, float]]) -> list[int]:
    """The degrees of the best chain of chords (Viterbi)."""
    best = {
        degree: (score + HOME_START * (degree == 0), [degree])
        for degree, score in scores[0].items()
    }
    for number, bar in enumerate(scores[1:], start=1):
        home = HOME_END if number == len(scores) - 1 else 0.0
        grown: dict[int, tuple[float, list[int]]] = {}
        for degree, score in bar.items():
            options = ((total + _move(path[-1], degree), path) for total, path in best.values())
            total, path = max(options, key=lambda option: option[0])
            grown[degree] = (total + score + home * (degree == 0), [*path, degree])
        best = grown
    return max(best.values(), key=lambda option: option[0])[1]


def _move(before: int, after: int) -> float:
    return STAY if before == after else MOVES.get((before, after), 0.0)


def _figure(chord: Chord, meter: Meter, style: str) -> Iterator[Note]:
    if style in HELD_STYLES:
        yield from _held(chord)
    elif style in BROKEN_STYLES:
        yield from _broken(chord, meter)
    else:
        yield from _oom_pah(chord, meter)


def _held(chord: Chord) -> Iterator[Note]:
    for pitch in (_bass(chord), *_close_position(chord)):
        yield Note(pitch, chord.onset, chord.duration)


def _broken(chord: Chord, meter: Meter) -> Iterator[Note]:
    """Bass, then the triad's tones up and down in the meter's eighths or quarters."""
    step = Fraction(1, 2) if meter.compound else Fraction(1)
    low, middle, high = _close_position(chord)
    wave = (_bass(chord), middle, high, low, high, middle)
    for number in range(int(chord.duration / step)):
        pitch = wave[number % len(wave)]
        yield Note(pitch, chord.onset + number * step, step)


def _oom_pah(chord: Chord, meter: Meter) -> Iterator[Note]:
    """Bass on the first of each group, the chord on the rest."""
    group = Fraction(meter.beat, QUARTER) if meter.compound else Fraction(1)
    pulses = int(chord.duration / group)
    for pulse in range(pulses):
        onset = chord.onset + pulse * group
        strong = pulse == 0 or (meter.beats == 4 and pulse == 2)
        if meter.compound:
            yield Note(_bass(chord) if strong else _bass(chord) + 7, onset, group * 2 / 3)
            yield from (
                Note(pitch, onset + group * 2 / 3, group / 3) for pitch in _close_position(chord)
            )
        elif strong:
            yield Note(_bass(chord), onset, group)
        else:
            yield from (Note(pitch, onset, group * 3 / 4) for pitch in _close_position(chord))


def _bass(chord: Chord) -> int:
    return BASS_LOWEST + (chord.tones[0] - BASS_LOWEST) % 12


def _close_position(chord: Chord) -> tuple[int, ...]:
    """The three tones in the octave above CHORD_LOWEST: voices move little from bar to bar."""
    return tuple(sorted(CHORD_LOWEST + (tone - CHORD_LOWEST) % 12 for tone in chord.tones))
