"""A motif: the steps and lengths of a few bars, whatever key they stand in; and how easily a short
melody is sung and kept in mind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from studio.music.features import seconds
from studio.music.harmony import DOMINANTS, harmonise
from studio.music.tune import Bar, Tune

_DOMINANT = 7
"""Semitones from the tonic to the chord that goes home."""
_SUBDOMINANT = 5
_SCALE_DEGREES = (0, 2, 4, 5, 7, 9, 11)
_EASY_LEAP, _WIDE_LEAP = 7, 9
"""Semitones: a fifth is sung without thinking, past a sixth few sing in tune."""
_TRITONE = 6
_FEW, _MANY = 3, 6
"""Notes of a motif: what is held in mind at once."""
_FULL = 3.2
"""Notes a second from which a short melody is busy."""


@dataclass(frozen=True, slots=True)
class Motif:
    """What stays the same when a motif is moved: its steps and its times."""

    intervals: tuple[int, ...]
    """Semitones from note to note."""
    times: tuple[tuple[int, int], ...]
    """(onset from the motif's first note, length) of each note, in ticks."""

    @classmethod
    def of(cls, bars: Sequence[Bar]) -> Motif:
        """The motif of some bars; a tie lengthens the note before it."""
        notes = _notes(bars)
        first = notes[0][1] if notes else 0
        return cls(
            tuple(after[0] - before[0] for before, after in pairwise(notes)),
            tuple((onset - first, ticks) for _, onset, ticks in notes),
        )


def returns(tune: Tune, bars: int) -> tuple[int, int] | None:
    """(bar from 1, semitones) of the first later place where the motif of the first `bars` stands
    again on another step; None when there is none."""
    full = tune.bars[int(tune.upbeat) :]
    motif = Motif.of(full[:bars])
    for start in range(bars, len(full) - bars + 1):
        again = full[start : start + bars]
        moved = _first_pitch(again) - _first_pitch(full[:bars])
        if motif.intervals and Motif.of(again) == motif and moved:
            return start + 1, moved
    return None


def catchiness(tune: Tune, motif_bars: int) -> float:
    """How easily a jingle is sung and remembered: higher is better, about -1 to 2.5.

    Steps with one leap among them, a plain contour and a range of a sixth to a tenth (Huron, Sweet
    Anticipation, 2006, ch. 5; Jakubowski et al., Dissecting an earworm, 2017), two or three
    note values, a motif that begins on a tone of the home chord, no leap where the motif returns,
    and a chord before the last that goes home."""
    full = tune.bars[int(tune.upbeat) :]
    motif, whole = _notes(full[:motif_bars]), _notes(full)
    score = _shape(motif) + _rhythm(motif) + _flow(whole)
    score += 0.2 * ((motif[0][0] - tune.key.pitch_class) % 12 in (0, 3, 4, 7))
    busy = max(0.0, len(whole) / max(1.0, seconds(tune)) - _FULL)
    return score - 0.4 * busy + _joints(full, motif_bars) + _cadence(tune, whole)


def _shape(motif: Sequence[tuple[int, int, int]]) -> float:
    """Few tones, some moves, one or two turns, one leap that is not wide."""
    pitches = [pitch for pitch, _, _ in motif]
    moves = [after - before for before, after in pairwise(pitches)]
    turns = _turns(moves)
    leaps = sum(2 < abs(move) <= _EASY_LEAP for move in moves)
    score = 0.3 * (3 <= len(set(pitches)) <= 5) + 0.25 * (1 <= leaps <= 2)
    score += 0.2 * (_FEW <= len(motif) <= _MANY)
    score += 0.2 * (turns in (1, 2)) - 0.15 * max(0, turns - 2)
    score -= 0.3 * (len(set(pitches)) < 3) + 0.12 * max(0, len(motif) - _MANY)
    return score - 0.2 * (sum(move == 0 for move in moves) > 2)


def _rhythm(motif: Sequence[tuple[int, int, int]]) -> float:
    """Long and short beside each other, and a long one where it comes to rest."""
    lengths = [ticks for _, _, ticks in motif]
    kinds = len(set(lengths))
    score = 0.3 * (2 <= kinds <= 3) - 0.3 * (kinds > 3) - 0.15 * (kinds == 1)
    return score + 0.2 * (lengths[-1] == max(lengths) > min(lengths))


def _flow(notes: Sequence[tuple[int, int, int]]) -> float:
    """What a voice does gladly, over the whole jingle."""
    pitches = [pitch for pitch, _, _ in notes]
    moves = [after - before for before, after in pairwise(pitches)]
    compass = max(pitches) - min(pitches)
    score = -0.25 * sum(abs(move) == _TRITONE or abs(move) > _WIDE_LEAP for move in moves)
    score -= 0.06 * (max(0, 7 - compass) + max(0, compass - 16))
    # What leaps up wants to step back.
    for one, other in pairwise(moves):
        if abs(one) > 4:
            score += 0.05 if -2 <= other * (1 if one > 0 else -1) < 0 else -0.05
    return score - 0.1 * sum(
        a == b == c for (a, b), c in zip(pairwise(pitches), pitches[2:], strict=False)
    )


def _joints(full: Sequence[Bar], motif_bars: int) -> float:
    """The moves into the return and out of it."""
    score = 0.0
    for edge in (motif_bars, 2 * motif_bars):
        before, after = _notes(full[:edge]), _notes(full[edge:])
        if before and after:
            score -= 0.08 * max(0, abs(after[0][0] - before[-1][0]) - 5)
    return score


def goes_home(tune: Tune) -> bool:
    """Whether the chord before the last is one that a cadence takes: the dominant or what stands
    for it in the mode, or the subdominant (a plagal close)."""
    chords, mode = harmonise(tune), tune.key.mode
    before = (chords[-2].tones[0] - tune.key.pitch_class) % 12 if len(chords) > 1 else 0
    home = (chords[-1].tones[0] - tune.key.pitch_class) % 12 == 0 if chords else False
    homeward = {_DOMINANT, *(_SCALE_DEGREES[each] for each in DOMINANTS.get(mode, ()))}
    flat = mode in _FLAT_SEVENTH and before == 10
    return home and (before in homeward or before == _SUBDOMINANT or flat)


def _cadence(tune: Tune, notes: Sequence[tuple[int, int, int]]) -> float:
    """By step or fifth into the last note, under chords that go home."""
    last = abs(notes[-1][0] - notes[-2][0]) if len(notes) > 1 else 0
    score = 0.4 * (0 < last <= 2) + 0.15 * (last in (5, 7)) - 0.15 * (last > 7 or not last)
    return score + 0.6 * goes_home(tune)


_FLAT_SEVENTH = ("dorian", "mixolydian", "minor")


def _turns(moves: Sequence[int]) -> int:
    going = [move > 0 for move in moves if move]
    return sum(before != after for before, after in pairwise(going))


def _notes(bars: Sequence[Bar]) -> list[tuple[int, int, int]]:
    """(pitch, onset, ticks) of the notes in these bars; a tie into the first stays out."""
    found: list[tuple[int, int, int]] = []
    tick = 0
    for sound in (sound for bar in bars for sound in bar):
        if sound.tied and found:
            pitch, onset, ticks = found[-1]
            found[-1] = (pitch, onset, ticks + sound.ticks)
        elif sound.pitch is not None and not sound.tied:
            found.append((sound.pitch, tick, sound.ticks))
        tick += sound.ticks
    return found


def _first_pitch(bars: Sequence[Bar]) -> int:
    notes = _notes(bars)
    return notes[0][0] if notes else 0


def motif_tune(tune: Tune, bars: int) -> Tune:
    """The first bars of a tune by themselves."""
    return Tune(
        tune.meter, tune.key, tune.bars[int(tune.upbeat) :][:bars], tune.title, tune.tempo_bpm
    )
