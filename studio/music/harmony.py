"""The chords of a melody: one a bar, or two where the melody asks for it, by dynamic programming.

Each slot (a bar, or half of one in slow meters) is scored by how much of the melody's time a chord
carries, strong beats counting more, and what would grate against it; moves are scored as a hymn
book makes them; phrases of four bars end on the dominant (half cadence) and on the tonic in turn,
and the last bar closes. The search is Viterbi's (1967). Pentatonic modes keep to chords whose
tones lie in their own scale: open fifths where the third is missing, and no leading note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise
from types import MappingProxyType

from studio.music.chord import Chord
from studio.music.features import quarter_seconds
from studio.music.key import PENTATONIC, SCALES, Key
from studio.music.meter import QUARTER
from studio.music.tune import Bar, Sound, Tune, bar_ticks

PARENT = MappingProxyType(
    {
        "pentatonic": "major",
        "shang": "dorian",
        "jue": "phrygian",
        "zhi": "mixolydian",
        "yu": "minor",
    }
)
"""The heptatonic mode whose degrees number a pentatonic one's chords."""
LIKED = MappingProxyType({0: 0.30, 3: 0.18, 4: 0.18, 5: 0.10, 1: 0.06, 2: 0.0, 6: 0.0})
"""Degree (0 is the tonic) -> how welcome its chord is by itself."""
MOVES = MappingProxyType(
    {
        (4, 0): 0.25, (3, 0): 0.12, (3, 4): 0.15, (1, 4): 0.18, (0, 3): 0.1, (0, 4): 0.1,
        (0, 5): 0.1, (5, 3): 0.12, (5, 1): 0.08, (6, 0): 0.1, (5, 4): 0.05, (2, 3): 0.05,
        (2, 5): 0.08, (4, 5): 0.04, (4, 3): -0.12, (4, 1): -0.15, (6, 3): -0.05,
    }
)  # fmt: skip
"""(degree before, degree after) -> how welcome the move is."""
DOMINANTS = MappingProxyType(
    {"dorian": (6, 3, 4), "mixolydian": (6, 4), "lydian": (4, 1), "phrygian": (1, 6)}
)
"""What stands for the dominant at a cadence where the mode has no leading note."""
STAY, MID_BAR = -0.06, -0.32
HOME_START, HOME_END = 0.4, 1.0
HALF_CADENCE, PHRASE_CLOSE, CADENCE_MOVE = 0.3, 0.25, 0.2
CLASH = 0.6
PHRASE_BARS = 4
HALF_SHARE = 0.65
SHORTEST_HALF_S = 0.85
"""A half bar that lasts less gets no chord of its own."""


@dataclass(frozen=True, slots=True)
class _Slot:
    """A bar or half bar to be given one chord."""

    bar: int
    onset: Fraction
    duration: Fraction
    sounds: tuple[tuple[Sound, int], ...]
    """Each sound cut to the slot, with the tick of the bar it begins on."""
    first: bool
    """Whether it begins its bar."""
    share: float
    """How much its own notes count against the moves: less for half a bar."""
    phrase_end: int
    """0 inside a phrase, 1 at a half cadence, 2 at a close, 3 at the very end."""


def harmonise(tune: Tune) -> tuple[Chord, ...]:
    """The chords under the full bars, at least one each; an upbeat stays without."""
    slots = tuple(_slots(tune))
    if not slots:
        return ()
    palette = _palette(tune.key)
    degrees = _best_path(slots, palette, tune.key.mode)
    chords = [
        Chord(palette[degree], slot.onset, slot.duration)
        for slot, degree in zip(slots, degrees, strict=True)
    ]
    if tune.key.mode in ("major", "minor"):
        chords = _with_sevenths(chords, degrees, slots)
    return tuple(_joined(chords, slots))


def chord_names(tune: Tune) -> tuple[str, ...]:
    """One name a full bar, as over a lead sheet: "D", "F#m", "A7"; of two chords the first."""
    starts = {onset for onset, _ in full_bars(tune)}
    return tuple(chord.name(tune.key) for chord in harmonise(tune) if chord.onset in starts)


def chord_marks(tune: Tune) -> tuple[tuple[Fraction, str], ...]:
    """(onset in quarters, name) of every chord, those inside a bar too."""
    return tuple((chord.onset, chord.name(tune.key)) for chord in harmonise(tune))


def full_bars(tune: Tune) -> Iterator[tuple[Fraction, Bar]]:
    """Where each bar after the upbeat begins (quarters from the very start), and the bar."""
    tick = 0
    for number, bar in enumerate(tune.bars):
        if number or not tune.upbeat:
            yield Fraction(tick, QUARTER), bar
        tick += bar_ticks(bar)


def _slots(tune: Tune) -> Iterator[_Slot]:
    bars, parts = [each for each in full_bars(tune) if each[1]], _parts(tune)
    for number, (onset, bar) in enumerate(bars):
        edges = _edges(bar_ticks(bar), tune.meter.bar, parts)
        for start, end in pairwise(edges):
            yield _Slot(
                number,
                onset + Fraction(start, QUARTER),
                Fraction(end - start, QUARTER),
                tuple(_cut(bar, start, end)),
                first=start == 0,
                share=1.0 if len(edges) == 2 else HALF_SHARE,
                phrase_end=_phrase_end(number, len(bars)) if end == edges[-1] else 0,
            )


def _edges(ticks: int, full: int, parts: int) -> tuple[int, ...]:
    """Ticks where the slots of a bar begin and end; only a whole bar is parted."""
    return (0, ticks // 2, ticks) if parts == 2 and ticks == full else (0, ticks)


def _parts(tune: Tune) -> int:
    """2 where a bar falls into two halves that last long enough to carry a chord, else 1."""
    meter = tune.meter
    beats = meter.bar // meter.beat
    if beats % 2 or meter.bar % (2 * meter.beat) or beats < 2:
        return 1
    half_s = float(meter.quarters) / 2 * quarter_seconds(meter, tune.tempo_bpm or 100)
    return 2 if half_s >= SHORTEST_HALF_S else 1


def _cut(bar: Bar, start: int, end: int) -> Iterator[tuple[Sound, int]]:
    at = 0
    for sound in bar:
        begin, finish = max(at, start), min(at + sound.ticks, end)
        if begin < finish:
            yield replace(sound, ticks=finish - begin), begin
        at += sound.ticks


def _phrase_end(number: int, bars: int) -> int:
    """Bars 4 and 12 half close, 8 and 16 close, the last ends the tune."""
    if number == bars - 1:
        return 3
    if (number + 1) % PHRASE_BARS:
        return 0
    return 1 if (number + 1) // PHRASE_BARS % 2 else 2


def _palette(key: Key) -> dict[int, tuple[int, ...]]:
    """Degree -> pitch classes of its chord."""
    steps = _pentatonic(key.mode) if key.mode in PENTATONIC else _triads(key.mode)
    return {
        degree: tuple((key.pitch_class + step) % 12 for step in chord)
        for degree, chord in steps.items()
    }


def _triads(mode: str) -> dict[int, tuple[int, ...]]:
    """The dominant of minor is major; diminished triads are left out."""
    scale = SCALES[mode]
    found: dict[int, tuple[int, ...]] = {}
    for degree in range(7):
        root, third, fifth = (scale[(degree + step) % 7] for step in (0, 2, 4))
        third = 11 if mode == "minor" and degree == 4 else third
        if (fifth - root) % 12 == 7:
            found[degree] = (root, third, fifth)
    return found


def _pentatonic(mode: str) -> dict[int, tuple[int, ...]]:
    """Chords whose tones are all in the scale; jue's tonic has a third but no fifth."""
    own, parent = frozenset(SCALES[mode]), SCALES[PARENT[mode]]
    found: dict[int, tuple[int, ...]] = {}
    for degree, root in enumerate(parent):
        third, fifth = parent[(degree + 2) % 7], (root + 7) % 12
        if root in own and (fifth in own or degree == 0):
            found[degree] = tuple(tone for tone in (root, third, fifth) if tone in own)
    return found


def _fit(slot: _Slot, tones: Sequence[int]) -> float:
    """Share of the slot's sounding weight on the chord's tones, less what grates: a strong or
    long note a semitone above one of them."""
    inside, grating, whole = 0.0, 0.0, 0.01
    for sound, at in slot.sounds:
        if sound.pitch is None:
            continue
        strong = at % QUARTER == 0
        weight = sound.ticks * (2.0 if at == 0 else 1.4 if strong else 1.0)
        whole += weight
        if sound.pitch % 12 in tones:
            inside += weight
        elif (sound.pitch - 1) % 12 in tones and (strong or sound.ticks >= QUARTER):
            grating += weight
    return (inside - CLASH * grating) / whole


def _score(slot: _Slot, degree: int, tones: Sequence[int], mode: str) -> float:
    """What a chord is worth in its place, its neighbours not asked."""
    score = slot.share * (LIKED[degree] + _fit(slot, tones))
    if slot.phrase_end == 1:
        score += HALF_CADENCE * (degree in DOMINANTS.get(mode, (4,)))
    return score + (0.0, 0.0, PHRASE_CLOSE, HOME_END)[slot.phrase_end] * (degree == 0)


def _best_path(
    slots: Sequence[_Slot], palette: Mapping[int, tuple[int, ...]], mode: str
) -> list[int]:
    """The degrees of the best chain of chords (Viterbi)."""
    best = {
        degree: (_score(slots[0], degree, tones, mode) + HOME_START * (degree == 0), [degree])
        for degree, tones in palette.items()
    }
    for slot in slots[1:]:
        grown: dict[int, tuple[float, list[int]]] = {}
        for degree, tones in palette.items():
            options = (
                (total + _move(path[-1], degree, slot, mode), path) for total, path in best.values()
            )
            total, path = max(options, key=lambda option: option[0])
            grown[degree] = (total + _score(slot, degree, tones, mode), [*path, degree])
        best = grown
    return max(best.values(), key=lambda option: option[0])[1]


def _move(before: int, after: int, slot: _Slot, mode: str) -> float:
    if before == after:
        return STAY if slot.first else 0.0
    move = MOVES.get((before, after), 0.0) + (0.0 if slot.first else MID_BAR)
    if slot.phrase_end >= 2 and after == 0 and before in DOMINANTS.get(mode, (4,)):
        move += CADENCE_MOVE
    return move


def _with_sevenths(
    chords: Sequence[Chord], degrees: Sequence[int], slots: Sequence[_Slot]
) -> list[Chord]:
    """A dominant that goes home gets its seventh; one that a phrase halts on does not."""
    return [
        replace(chord, tones=(*chord.tones, (chord.tones[0] + 10) % 12))
        if (degree, after) == (4, 0) and slot.phrase_end != 1
        else chord
        for chord, degree, after, slot in zip(
            chords, degrees, [*degrees[1:], -1], slots, strict=True
        )
    ]


def _joined(chords: Sequence[Chord], slots: Sequence[_Slot]) -> Iterator[Chord]:
    """Two halves of a bar on one root are one chord."""
    pairs = zip(chords, slots, strict=True)
    for _, group in groupby(pairs, key=lambda pair: (pair[1].bar, pair[0].tones[0])):
        members = [chord for chord, _ in group]
        first, last = members[0], members[-1]
        yield Chord(last.tones, first.onset, last.end - first.onset)
