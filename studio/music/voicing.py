"""Where the tones of a chord lie: close together, moving little, below the melody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from studio.music.chord import Chord
from studio.music.note import Note

LOWEST, HIGHEST = 45, 67
"""MIDI pitches the chord's voices lie between: below, close thirds are mud."""
CLOSE_ABOVE = 50
"""Below this, only open intervals: a fifth or a single tone."""
OPEN_LOWEST = 40
"""Open fifths may lie lower: there is no third to blur."""
CENTRE, WIDEST = 57, 15
BASS_LOWEST, BASS_HIGHEST, BASS_CENTRE = 28, 48, 40


def voice_chords(
    chords: Sequence[Chord], melody: Sequence[Note], open_fifths: bool = False
) -> tuple[tuple[int, ...], ...]:
    """MIDI pitches of each chord from below, each under every note of the melody that sounds
    with it; () where there is no room. `open_fifths`: root, fifth and octave, no third."""
    found: list[tuple[int, ...]] = []
    before: tuple[int, ...] = ()
    for chord in chords:
        ceiling = min(HIGHEST, lowest_with(chord, melody) - 1)
        options = [*_options(chord, ceiling, open_fifths)]
        best = min(options, key=lambda each: _cost(each, before), default=())
        found.append(best)
        before = best or before
    return tuple(found)


def bass_line(
    chords: Sequence[Chord], voicings: Sequence[tuple[int, ...]], melody: Sequence[Note]
) -> tuple[int | None, ...]:
    """The root under each chord, near the root before; None where there is no room."""
    found: list[int | None] = []
    before = BASS_CENTRE
    for chord, voices in zip(chords, voicings, strict=True):
        ceiling = min(voices[0] if voices else BASS_HIGHEST, lowest_with(chord, melody)) - 1
        options = [
            pitch
            for pitch in range(BASS_LOWEST, min(BASS_HIGHEST, ceiling) + 1)
            if pitch % 12 == chord.tones[0]
        ]
        root = min(
            options, key=lambda pitch: abs(pitch - before) + abs(pitch - BASS_CENTRE), default=None
        )
        found.append(root)
        before = root or before
    return tuple(found)


def lowest_with(chord: Chord, melody: Sequence[Note]) -> int:
    """The lowest pitch of the melody that sounds while the chord does; 128 when none does."""
    begins, ends = chord.onset, chord.end
    # Adding fractions is dear: a note that begins with the chord or later is not asked its end.
    return min(
        (
            note.pitch
            for note in melody
            if note.onset < ends and (note.onset >= begins or note.end > begins)
        ),
        default=128,
    )


def _options(chord: Chord, ceiling: int, open_fifths: bool) -> Iterator[tuple[int, ...]]:
    """Every way to lay the chord under the ceiling; wider ones where it lies low."""
    lowest = OPEN_LOWEST if open_fifths else LOWEST
    room = [pitch for pitch in range(lowest, ceiling + 1) if pitch % 12 in chord.tones]
    if not open_fifths:
        wanted = _wanted(chord)
        close = [pitch for pitch in room if pitch >= CLOSE_ABOVE and pitch % 12 in wanted]
        for voices in combinations(close, len(wanted)):
            if {pitch % 12 for pitch in voices} == wanted and voices[-1] - voices[0] <= WIDEST:
                yield voices
    for root in (pitch for pitch in room if pitch % 12 == chord.tones[0]):
        if open_fifths and root + 12 <= ceiling:
            yield _open(root, chord, ceiling)
        elif ceiling < CLOSE_ABOVE + 12:
            yield (root, root + 7) if _has_fifth(chord) and root + 7 <= ceiling else (root,)


def _open(root: int, chord: Chord, ceiling: int) -> tuple[int, ...]:
    """Root, fifth, octave and the fifth above it, as far as there is room."""
    steps = (0, 7, 12, 19) if _has_fifth(chord) else (0, 12)
    return tuple(root + step for step in steps if root + step <= ceiling)


def _wanted(chord: Chord) -> set[int]:
    """Three voices: a seventh chord leaves its fifth to the ear."""
    if len(chord.tones) < 4:
        return set(chord.tones)
    root, third, _, seventh = chord.tones
    return {root, third, seventh}


def _has_fifth(chord: Chord) -> bool:
    return (chord.tones[0] + 7) % 12 in chord.tones


def _cost(voices: tuple[int, ...], before: tuple[int, ...]) -> float:
    """Few voices, a far place and long ways cost."""
    middle = sum(voices) / len(voices)
    cost = 0.6 * abs(middle - CENTRE) + 8 * max(0, 3 - len(voices))
    if len(before) == len(voices):
        return cost + sum(abs(a - b) for a, b in zip(voices, before, strict=True))
    return cost + (abs(middle - sum(before) / len(before)) if before else 0.0)
