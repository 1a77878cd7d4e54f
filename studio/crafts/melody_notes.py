"""Notes as a person left them on the piano roll become a tune again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from studio.crafts.melody_whole import MOST_BARS, too_many_bars
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.abc_writer import write_abc
from studio.music.meter import QUARTER
from studio.music.tune import Bar, Sound, Tune, bar_ticks

MOST_NOTES = 2000
HALF, TRIPLET = QUARTER // 2, 8
_GRIDS = (3, 4, TRIPLET)
"""Ticks: 32nds, triplets of an eighth, of a quarter; the first that fits best is taken."""
_PITCHES = range(12, 116)
_LENGTHS = (144, 96, 72, 48, 36, 24, 18, 16, 12, 9, 8, 6, 4, 3)
"""Ticks that one written note can show."""

HELD = "_"

Struck = tuple[int, int, int]
"""Pitch, first tick, tick after the last."""


def tune_of_notes(given: object, like: Tune) -> Tune:
    """The tune of [pitch, onset, duration] triples, times in quarters from the very start, in
    the meter, key and upbeat of another. One note sounds at a time: a new one ends the one before.

    Raises InvalidInput("start") for anything else, and for more than MOST_BARS.
    """
    read = _read(given)
    tune = _tune(_apart(_on_grid(read, _GRIDS)), like)
    # A note that begins on one grid and ends on the other may have no written length.
    return tune if _reads_back(tune) else _tune(_apart(_on_grid(read, _GRIDS[:1])), like)


def _reads_back(tune: Tune) -> bool:
    try:
        return read_abc(write_abc(tune)).notes() == tune.notes()
    except InvalidInput:
        return False


def _tune(notes: Sequence[Struck], like: Tune) -> Tune:
    upbeat = bar_ticks(like.bars[0]) if like.upbeat else 0
    bars = max(like.full_bars, -(-(notes[-1][2] - upbeat) // like.meter.bar))
    if bars > MOST_BARS:
        raise too_many_bars(bars)
    edges = [0] * bool(upbeat) + [upbeat + number * like.meter.bar for number in range(bars + 1)]
    cut = tuple(_bar(notes, start, end) for start, end in pairwise(edges))
    return replace(like, bars=cut, words=_same_words(like, notes))


def _read(given: object) -> list[tuple[int, float, float]]:
    whole = isinstance(given, list) and 0 < len(given) <= MOST_NOTES
    if not whole or not all(_is_note(each) for each in given):  # type: ignore[attr-defined]
        raise InvalidInput(
            "start",
            "Each note is a pitch, an onset and a length in quarters.",
            "At least one note, and at most two thousand.",
            code="melody_notes",
        )
    return sorted((tuple(each) for each in given), key=lambda each: each[1])  # type: ignore


def _is_note(given: object) -> bool:
    if not isinstance(given, list | tuple) or len(given) != 3:
        return False
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in given):
        return False
    pitch, onset, duration = given
    return pitch in _PITCHES and 0 <= onset < 10_000 and 0 < duration < 10_000


def _on_grid(notes: Sequence[tuple[int, float, float]], grids: Sequence[int]) -> list[Struck]:
    """Every quarter on the grid that its edges lie nearest to."""
    edges = {at * QUARTER for _, onset, length in notes for at in (onset, onset + length)}
    found = {edge: _snapped(edge, edges, grids) for edge in edges}
    return [
        (int(pitch), found[onset * QUARTER], found[(onset + length) * QUARTER])
        for pitch, onset, length in notes
    ]


def _snapped(edge: float, edges: set[float], grids: Sequence[int]) -> int:
    """On the triplets of its quarter where all of that fits best, else on the grid of its half."""
    quarter, half = (
        [each for each in edges if start < each < start + span]
        for span in (QUARTER, HALF)
        for start in [edge // span * span]
    )
    triplets = TRIPLET in grids and _error(quarter, TRIPLET) < _halves_error(
        quarter, edge // QUARTER * QUARTER + HALF, grids
    )
    grid = TRIPLET if triplets else _best(half, grids)
    return grid * round(edge / grid)


def _halves_error(quarter: Sequence[float], middle: float, grids: Sequence[int]) -> float:
    halves = (
        [each for each in quarter if each < middle],
        [each for each in quarter if each >= middle],
    )
    return sum(_error(half, _best(half, grids)) for half in halves)


def _best(edges: Sequence[float], grids: Sequence[int]) -> int:
    return min((grid for grid in grids if grid != TRIPLET), key=lambda grid: _error(edges, grid))


def _error(edges: Sequence[float], grid: int) -> float:
    """Ticks by which they lie off the grid, together."""
    return round(sum(abs(each - grid * round(each / grid)) for each in edges), 3)


def _apart(notes: Sequence[Struck]) -> list[Struck]:
    """Of notes that begin together the highest; none shorter than a 32nd."""
    best = {onset: (pitch, onset, end) for pitch, onset, end in sorted(notes)}
    kept = [best[onset] for onset in sorted(best)]
    after = [*(onset for _, onset, _ in kept[1:]), kept[-1][2] + QUARTER]
    return [
        (pitch, onset, min(max(end, onset + 3), following))
        for (pitch, onset, end), following in zip(kept, after, strict=True)
    ]


def _bar(notes: Sequence[Struck], start: int, end: int) -> Bar:
    sounds: list[Sound] = []
    at = start
    for pitch, onset, over in notes:
        if over <= start or onset >= end:
            continue
        first, last = max(onset, start), min(over, end)
        sounds += _written(None, first - at, tied=False)
        sounds += _written(pitch, last - first, tied=onset < start)
        at = last
    return (*sounds, *_written(None, end - at, tied=False))


def _written(pitch: int | None, ticks: int, *, tied: bool) -> Iterator[Sound]:
    """A length as one or more sounds that can be written, tied to each other."""
    while ticks > 0:
        fitting = (each for each in _LENGTHS if each <= ticks - _LENGTHS[-1] and each % 3 == 0)
        part = ticks if ticks in _LENGTHS else next(fitting, ticks)
        yield Sound(pitch, part, tied and pitch is not None)
        ticks, tied = ticks - part, True


def _same_words(like: Tune, notes: Sequence[Struck]) -> tuple[str, ...]:
    """Each word stays where its note began."""
    if not like.words:
        return ()
    begun = {int(note.onset * QUARTER): word for note, word in zip(like.notes(), like.words)}  # noqa: B905
    words = tuple(begun.get(onset, HELD) for _, onset, _ in notes)
    return words if any(word not in ("", HELD) for word in words) else ()
