"""Notes in free time put on the grid: where the notes stand, how long they are written, where the
bar lines fall.

Each quarter takes the grid that its notes lie nearest to: sixteenths, triplets of eighths, or
thirty-seconds where nothing coarser fits. Held notes are cut at bar lines and tied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median
from types import MappingProxyType

from studio.music.meter import QUARTER, Meter
from studio.music.tune import Bar, Sound, Tune

SIXTEENTH, TRIPLET, SMALLEST, SHORT_TRIPLET = 6, 8, 3, 4
PENALTIES = MappingProxyType({SIXTEENTH: 0.0, TRIPLET: 0.4, SHORT_TRIPLET: 0.7, SMALLEST: 0.9})
"""Ticks of mean error that a finer grid must win back for each note on it."""
TOGETHER = 0.04
"""Notes that begin within so many quarters begin together."""
SHIFT_PENALTY = 0.3
EVEN = 0.02
"""How far the shares of a note that sounds may lie apart in an even touch."""
LEGATO = 0.62
"""A note that sounds for this share of the time to the next is written up to it."""
WRITABLE = (144, 96, 72, 48, 36, 24, 18, 12, 9, 6, 3)
Triplets = tuple[tuple[int, int], ...]
THREE = 1.03
TIED = 0.6
"""What a note that is held over a bar line speaks against it."""
STRAIGHTER = 1.2
"""So much better must other bar lines fit before the given ones are moved."""


@dataclass(frozen=True, slots=True)
class Free:
    """A note in free time, in quarters."""

    pitch: int
    onset: float
    duration: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A note on the grid, in ticks."""

    pitch: int
    start: int
    end: int


def highest_line(notes: Iterable[Free], slack: float = 0.13) -> list[Free]:
    """One note at a time, the highest: of notes that begin together the top one, and none that
    begins under a higher one that still sounds. `slack` quarters of overlap are legato playing."""
    kept: list[Free] = []
    for note in sorted(notes, key=lambda each: (each.onset, -each.pitch)):
        last = kept[-1] if kept else None
        if last is not None and note.onset - last.onset < TOGETHER:
            if note.pitch > last.pitch:
                kept[-1] = note
            continue
        overlap = last.onset + last.duration - note.onset if last is not None else 0.0
        if last is not None and overlap > 0:
            if overlap > slack and note.pitch < last.pitch:
                continue
            kept[-1] = Free(last.pitch, last.onset, note.onset - last.onset)
        kept.append(note)
    return kept


def placed(notes: Sequence[Free], meter: Meter, fine: bool = True) -> list[Placed]:
    """Monophonic notes on the grid, in order, none of no length. `fine`: triplets and
    thirty-seconds may be found."""
    if not notes:
        return []
    ordered = sorted(notes, key=lambda each: each.onset)
    starts = _starts(ordered, meter, fine)
    touch = _touch(ordered)
    found: list[Placed] = []
    following = [*starts[1:], None]
    for note, start, after in zip(ordered, starts, following, strict=True):
        if found and start < found[-1].start + SMALLEST:
            continue
        end = _end(note, start, after, touch)
        if found and found[-1].end > start:
            found[-1] = Placed(found[-1].pitch, found[-1].start, start)
        found.append(Placed(note.pitch, start, end))
    return found


def barred(notes: Sequence[Placed], meter: Meter, upbeat: int = 0) -> tuple[Bar, ...]:
    """Bars of placed notes; `upbeat` ticks stand before the first full bar. The last bar is
    filled up with rests."""
    if not notes:
        return ()
    bars = _bars(notes, meter, upbeat)
    if all(sound.ticks in (*WRITABLE, 4, 8, 16) for bar in bars for sound in bar):
        return bars
    # A third against its quarter can not be written: everything goes to the sixteenths.
    return _bars([*_straightened(notes)], meter, upbeat - upbeat % SIXTEENTH)


def _straightened(notes: Sequence[Placed]) -> Iterator[Placed]:
    last = 0
    for note in notes:
        start = max(last, SIXTEENTH * round(note.start / SIXTEENTH))
        last = max(start + SIXTEENTH, SIXTEENTH * round(note.end / SIXTEENTH))
        yield Placed(note.pitch, start, last)


def _bars(notes: Sequence[Placed], meter: Meter, upbeat: int) -> tuple[Bar, ...]:
    full = max(1, -(-(notes[-1].end - upbeat) // meter.bar))
    edges = [0] * bool(upbeat) + [upbeat + number * meter.bar for number in range(full + 1)]
    triplets = _triplets(notes, upbeat % QUARTER)
    return tuple(
        tuple(_bar(notes, start, end, upbeat % QUARTER, triplets)) for start, end in pairwise(edges)
    )


def first_bars(notes: Sequence[Placed], meter: Meter, upbeat: int, bars: int) -> list[Placed]:
    """The notes of the first so many full bars, the last one no longer than they are."""
    end = upbeat + bars * meter.bar
    return [
        Placed(note.pitch, note.start, min(note.end, end)) for note in notes if note.start < end
    ]


def rebarred(tune: Tune) -> Tune:
    """The same notes in bars that add up; the tune itself when they do already."""
    upbeat = sum(sound.ticks for sound in tune.bars[0]) if tune.upbeat else 0
    whole = all(
        sum(sound.ticks for sound in bar) == tune.meter.bar for bar in tune.bars[int(tune.upbeat) :]
    )
    if whole:
        return tune
    notes = [
        Placed(each.pitch, round(each.onset * QUARTER), round(each.end * QUARTER))
        for each in tune.notes()
    ]
    bars = barred(notes, tune.meter, upbeat)
    return Tune(tune.meter, tune.key, bars, tune.title, tune.tempo_bpm, tune.words)


def accents(notes: Sequence[Placed], meter: Meter, upbeat: int) -> float:
    """How well bar lines after `upbeat` ticks fit: long notes on strong beats, none held over a
    bar line."""
    total, weight = 0.0, 0.0
    for place, note in enumerate(notes):
        length = min(note.end - note.start, 2 * QUARTER) / QUARTER
        stress = length + 0.35 * (place == len(notes) - 1)
        within = (note.start - upbeat) % meter.bar
        strength = 1.0 if within == 0 else 0.45 if within % meter.beat == 0 else 0.0
        if meter.beats == 4 and within * 2 == meter.bar:
            strength = 0.7
        crosses = within + note.end - note.start > meter.bar
        total += stress * strength - TIED * crosses
        weight += stress
    return total / weight if weight else 0.0


def found_upbeat(notes: Sequence[Placed], meter: Meter) -> int:
    """Ticks of an upbeat, 0 when the notes begin on a bar line. Only whole eighths are tried."""
    first = notes[0].start if notes else 0
    options = range(0, meter.bar, QUARTER // 2)
    fits = {upbeat: accents(notes, meter, (first + upbeat) % meter.bar) for upbeat in options}
    best = max(options, key=lambda upbeat: (fits[upbeat], -upbeat))
    return best if fits[best] > STRAIGHTER * fits[0] else 0


def found_meter(notes: Sequence[Placed]) -> Meter:
    """4/4 unless three beats fit clearly better."""
    four, three = Meter(4, 4), Meter(3, 4)

    def fit(meter: Meter) -> float:
        upbeat = found_upbeat(notes, meter)
        return accents(notes, meter, (notes[0].start + upbeat) % meter.bar) if notes else 0.0

    # Bars of three have more first beats: by chance alone they fit a little better.
    return three if fit(three) > THREE * fit(four) else four


def _starts(notes: Sequence[Free], meter: Meter, fine: bool) -> list[int]:
    """Onsets in ticks, each quarter on its best grid. After an upbeat of an eighth the quarters
    lie between the file's own."""
    plans = [_plan(notes, meter, fine, offset) for offset in (0, QUARTER // 2)]
    (cost, starts), (other, shifted) = plans
    return shifted if other + SHIFT_PENALTY < cost else starts


def _plan(notes: Sequence[Free], meter: Meter, fine: bool, offset: int) -> tuple[float, list[int]]:
    """(mean error with penalties, onsets in ticks) when quarters begin at `offset` ticks."""
    cells: dict[int, list[float]] = {}
    for note in notes:
        tick = note.onset * QUARTER - offset
        cells.setdefault(int((tick + 1) // QUARTER), []).append(tick)
    cost, found = 0.0, list[int]()
    for cell in sorted(cells):
        strain, snapped = _snapped(cells[cell], cell * QUARTER, meter, fine)
        cost += strain
        found += [max(0, offset + tick) for tick in snapped]
    return cost / len(notes), found


def _snapped(
    ticks: Sequence[float], start: int, meter: Meter, fine: bool
) -> tuple[float, list[int]]:
    """(error with penalties, places) of the onsets of one quarter on its best grid."""
    options = [_on(ticks, SIXTEENTH)]
    if fine:
        options.append(_on(ticks, SMALLEST))
    if fine and not meter.compound:
        options += [_on(ticks, TRIPLET), _in_halves(ticks, start + QUARTER // 2)]
    return min(options, key=lambda option: option[0])


def _on(ticks: Sequence[float], grid: int) -> tuple[float, list[int]]:
    places = [grid * round(tick / grid) for tick in ticks]
    error = sum(abs(tick - place) for tick, place in zip(ticks, places, strict=True))
    return error + PENALTIES[grid] * len(ticks), places


def _in_halves(ticks: Sequence[float], middle: int) -> tuple[float, list[int]]:
    """Each half of the quarter by itself: triplets of sixteenths beside plain sixteenths."""
    halves = (
        [tick for tick in ticks if tick < middle - 1],
        [tick for tick in ticks if tick >= middle - 1],
    )
    made = [
        min((_on(half, grid) for grid in (SIXTEENTH, SHORT_TRIPLET)), key=lambda each: each[0])
        for half in halves
    ]
    return sum(cost for cost, _ in made), [place for _, places in made for place in places]


@dataclass(frozen=True, slots=True)
class _Touch:
    """How the notes are played: the share of its written length that one sounds, and whether
    that share is kept so evenly that it tells the written length."""

    share: float
    even: bool


def _touch(notes: Sequence[Free]) -> _Touch:
    shares = [
        early.duration / (late.onset - early.onset)
        for early, late in pairwise(notes)
        if late.onset - early.onset > 0.02
    ]
    near = [share for share in shares if LEGATO <= share <= 1.001]
    if not near:
        return _Touch(1.0, False)
    middle = median(near)
    even = sum(abs(share - middle) < EVEN for share in near) > 0.5 * len(near)
    return _Touch(middle, even)


def _end(note: Free, start: int, after: int | None, touch: _Touch) -> int:
    length = note.duration * QUARTER
    limit = after if after is not None else start + 100 * QUARTER
    if not touch.even and after is not None and length >= LEGATO * (after - start):
        return after
    # Long notes are often held longer than short ones: their full length and nearly full one too.
    shares = (touch.share, 0.97, 1.0) if touch.even else (1.0,)
    ends = [
        (abs(start + length / share - end) + 0.05 * place + _rarity(end), end)
        for place, share in enumerate(shares)
        for end in _near(start + length / share)
        if start < end <= limit
    ]
    if touch.even and after is not None:
        ends += [
            (abs(start + length / share - after) + 0.05 * place, after)
            for place, share in enumerate(shares)
        ]
    return min(ends, default=(0.0, min(limit, start + SMALLEST)))[1]


def _near(tick: float) -> list[int]:
    grids = (SIXTEENTH, TRIPLET, SMALLEST, SHORT_TRIPLET)
    return [grid * round(tick / grid) for grid in grids]


def _rarity(end: int) -> float:
    """Ends off the sixteenths must be hit more exactly."""
    return 0.0 if end % SIXTEENTH == 0 else 0.35 if end % TRIPLET == 0 else 0.5


def _triplets(notes: Sequence[Placed], offset: int) -> tuple[tuple[int, int], ...]:
    """(start, end) of the quarters or half quarters in which a note begins or ends on a third."""
    odd: dict[int, set[int]] = {}
    for edge in (edge for note in notes for edge in (note.start, note.end)):
        if (edge - offset) % SMALLEST:
            odd.setdefault((edge - offset) // QUARTER, set()).add((edge - offset) % QUARTER)
    edges = {edge for note in notes for edge in (note.start, note.end)}
    found: list[tuple[int, int]] = []
    for quarter, places in sorted(odd.items()):
        start, half = offset + quarter * QUARTER, QUARTER // 2
        if places <= {TRIPLET, 2 * TRIPLET} and start + half not in edges:
            found.append((start, start + QUARTER))
            continue
        found += [(start, start + half)] * any(place < half for place in places)
        found += [(start + half, start + QUARTER)] * any(place > half for place in places)
    return tuple(found)


def _bar(
    notes: Sequence[Placed], start: int, end: int, offset: int, triplets: Triplets
) -> Iterator[Sound]:
    at = start
    for note in notes:
        if note.end <= start or note.start >= end:
            continue
        first, last = max(note.start, start), min(note.end, end)
        yield from _written(None, at, first, False, offset, triplets)
        yield from _written(note.pitch, first, last, note.start < start, offset, triplets)
        at = last
    yield from _written(None, at, end, False, offset, triplets)


def _written(
    pitch: int | None, at: int, end: int, tied: bool, offset: int, triplets: Triplets
) -> Iterator[Sound]:
    """A length as one or more sounds that can be written, tied to each other."""
    while at < end:
        stop = _stop(at, end, offset, triplets)
        yield Sound(pitch, stop - at, tied and pitch is not None)
        at, tied = stop, True


def _stop(at: int, end: int, offset: int, triplets: Triplets) -> int:
    """Where the next written sound ends. Triplets are kept whole: a sound ends where one begins
    and inside one goes no further than its end."""
    for first, last in triplets:
        if first < at < last or (at == first and end < last):
            return min(end, last)
        if at < first < end and (end < last or (first - at) not in WRITABLE):
            return _plain(at, first, offset)
        if at <= first < last <= end and (end - at) in WRITABLE:
            continue
        if at < first < end:
            return _plain(at, first, offset)
    return _plain(at, end, offset)


def _plain(at: int, end: int, offset: int) -> int:
    """Where a sound outside triplets ends: whole where one note can say it, else at the beat."""
    border = offset + ((at - offset) // QUARTER + 1) * QUARTER
    if end - at not in WRITABLE and border < end and (at - offset) % QUARTER:
        end = border
    return at + next((each for each in WRITABLE if each <= end - at), end - at)


def cut_to(tune: Tune, bars: int) -> Tune:
    """The first so many full bars, with the words of their notes."""
    kept = tune.bars[: bars + tune.upbeat]
    short = Tune(tune.meter, tune.key, kept, tune.title, tune.tempo_bpm)
    return Tune(
        tune.meter, tune.key, kept, tune.title, tune.tempo_bpm, tune.words[: len(short.notes())]
    )


def as_quarters(ticks: int) -> Fraction:
    """Ticks in quarter notes."""
    return Fraction(ticks, QUARTER)
