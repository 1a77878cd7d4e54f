"""Where a melody stands, and every word that may follow there.

Why no place is without a next word: outside a triplet every place is a multiple of 3 ticks, where
a note of 3 or 6 fits; a triplet starts only where all of it fits; in the last bar a word is only
allowed where a closing note can still begin on a beat; and a tonic is within an octave of any
pitch of the range. Where the notes of a bar are counted, a note is only allowed while sixteenths
for the others fit, and when all are struck, ties and rests fill the bar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from studio.music.meter import Meter
from studio.music.symbols import (
    DURATIONS,
    HIGHEST,
    LETTERS,
    LOWEST,
    PHRASE_BARS,
    UPBEAT,
    phrase_symbol,
)

MOST_REPEATS = 5
"""A pitch is struck this often in a row at most (the last bar excepted)."""
WIDEST_LEAP = 12
TRIPLET: Mapping[int, tuple[int, int]] = MappingProxyType({4: (12, 4), 8: (24, 8), 16: (24, 8)})
"""First member -> (ticks of the whole triplet, ticks of one third)."""
SHORTEST_SUNG = 6
"""Ticks: a sixteenth, where every note carries a syllable."""
SUNG = tuple(ticks for ticks in DURATIONS if ticks % SHORTEST_SUNG == 0)


@dataclass(frozen=True, slots=True)
class Ground:
    """What every place of a melody has in common. Steps in semitones from the tonic; `scale` are
    the steps (0 to 11) that may sound."""

    meter: Meter
    bars: int
    scale: frozenset[int]
    lowest: int
    highest: int
    triplets: bool
    shortest: int = 3
    """Ticks of the shortest sound."""
    counts: tuple[int, ...] = ()
    """Notes to strike in each full bar; () for as many as the model likes."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a melody stands; equal places allow the same words."""

    left: int = 0
    """Bars left, this one included; 0 before the first."""
    at: int = 0
    """Ticks into the bar."""
    upbeat: bool = False
    marked: bool = False
    """The mark of the phrase that begins has been said."""
    letters: int = 0
    """How many different phrases there are so far."""
    triplet: tuple[int, int] = (0, 0)
    """Ticks left of an open triplet and ticks of its third."""
    pitch: int | None = None
    long: bool = False
    """The sound that was last begun has lasted a beat or more."""
    resting: bool = False
    repeats: int = 0
    closed: bool = False
    """Silence has followed the closing note: only silence may follow."""
    owed: int | None = None
    """Notes still to strike in this bar; None when they are not counted."""


def moved(ground: Ground, place: Place, symbol: str) -> Place:
    """The place after one more symbol."""
    if symbol == UPBEAT:
        return replace(place, upbeat=True)
    if symbol[0] == "=":
        new = "'" not in symbol and symbol[1:] == _next_letter(place)
        return replace(place, marked=True, letters=place.letters + new)
    if symbol[0] == "|":
        return _opened(ground, place, int(symbol[1:]))
    step, ticks = _parsed(symbol, place.pitch)
    left, third = place.triplet
    if not left and ticks in TRIPLET:
        left, third = TRIPLET[ticks]
    left = left - ticks if left else 0
    closed = place.closed or (symbol[0] == "r" and _closable(place))
    after = replace(place, at=place.at + ticks, triplet=(left, third if left else 0), closed=closed)
    if symbol[0] == "r":
        return replace(after, resting=True, long=False, repeats=0)
    if symbol[0] == "t":
        return replace(after, long=place.long or ticks >= _beat(ground.meter))
    struck = min(place.repeats + 1, MOST_REPEATS) if step == place.pitch else 0
    long = ticks >= _beat(ground.meter) and ticks not in TRIPLET
    owed = None if place.owed is None else max(0, place.owed - 1)
    return replace(after, pitch=step, resting=False, long=long, repeats=struck, owed=owed)


def _opened(ground: Ground, place: Place, left: int) -> Place:
    """The beginning of a full bar."""
    owed = ground.counts[ground.bars - left] if ground.counts else None
    return replace(place, left=left, at=0, upbeat=False, marked=False, triplet=(0, 0), owed=owed)


def _next_letter(place: Place) -> str:
    return LETTERS[min(place.letters, len(LETTERS) - 1)]


def _parsed(symbol: str, pitch: int | None) -> tuple[int | None, int]:
    """(step, ticks) of a note, rest or tie."""
    if symbol[0] == "n":
        step, _, ticks = symbol[1:].partition("d")
        return int(step), int(ticks)
    return (None if symbol[0] == "r" else pitch), int(symbol[1:])


def following(ground: Ground, place: Place) -> Iterator[str]:
    """Every symbol that may follow; nothing at the very end."""
    if not place.left and not place.upbeat:
        yield from _opening(ground, place)
        if not place.marked:
            yield UPBEAT
    elif place.upbeat:
        yield from _upbeat(ground, place)
    elif place.at == ground.meter.bar:
        if place.left > 1:
            yield from _opening(ground, place)
    elif place.left == 1:
        yield from _last_bar(ground, place)
    else:
        yield from _sounds(ground, place, ground.meter.bar)


def _opening(ground: Ground, place: Place) -> Iterator[str]:
    """The mark of a phrase where one begins, then the bar."""
    left = place.left - 1 if place.left else ground.bars
    if (ground.bars - left) % PHRASE_BARS or place.marked:
        yield f"|{left}"
        return
    marks = [_next_letter(place)]
    for letter in LETTERS[: place.letters]:
        marks += [letter, f"{letter}'"]
    yield from map(phrase_symbol, dict.fromkeys(marks))


def _upbeat(ground: Ground, place: Place) -> Iterator[str]:
    if place.marked:
        yield from _opening(ground, place)
        return
    longest = _beat(ground.meter)
    if place.at and not place.triplet[0] and place.at % 6 == 0:
        yield from _opening(ground, place)
    if place.at < longest:
        yield from (each for each in _sounds(ground, place, longest) if each[0] == "n")


def _sounds(ground: Ground, place: Place, end: int) -> Iterator[str]:
    """Notes, a rest, a tie that fit before `end`."""
    pitches = _pitches(ground, place)
    for ticks in _durations(ground, place, end):
        if _may_strike(ground, place, ticks):
            yield from (f"n{step}d{ticks}" for step in pitches)
        if _may_rest(ground, place, ticks):
            yield f"r{ticks}"
        if _may_tie(ground, place, ticks):
            yield f"t{ticks}"


def _may_strike(ground: Ground, place: Place, ticks: int) -> bool:
    """Whether a note that long leaves room for the others of a bar whose notes are counted."""
    if place.owed is None:
        return True
    room = ground.meter.bar - place.at - ticks
    return place.owed > 0 and (place.owed - 1) * SHORTEST_SUNG <= room


def _durations(ground: Ground, place: Place, end: int) -> Iterator[int]:
    """Lengths that may begin here: on the grid, readable against the beat, within `end`."""
    left, third = place.triplet
    if left:
        yield from (ticks for ticks in (third, 2 * third) if ticks <= left and ticks in DURATIONS
                    and (ticks == third or third == 8))  # fmt: skip
        return
    room = end - place.at
    for ticks in SUNG if place.owed is not None else _long_enough(ground.shortest):
        whole = TRIPLET.get(ticks, (ticks, 0))[0]
        if whole <= room and _readable(ground, place.at, ticks):
            yield ticks


def _long_enough(shortest: int) -> tuple[int, ...]:
    """Durations that leave no place where only a shorter one would fit."""
    if shortest <= DURATIONS[0]:
        return DURATIONS
    return tuple(
        ticks
        for ticks in DURATIONS
        if ticks >= shortest and (ticks in TRIPLET or ticks % SHORTEST_SUNG == 0)
    )


def _readable(ground: Ground, at: int, ticks: int) -> bool:
    if ticks in TRIPLET:
        return ground.triplets and at % (12 if ticks == 4 else 24) == 0 and (
            ticks == 4 or not ground.meter.compound
        )  # fmt: skip
    if at % 6:
        return ticks in (3, 9)
    if ground.meter.compound:
        inside = at % 36
        return ticks in (36, 72) or ticks < 36 if inside == 0 else ticks <= 36 - inside
    return ticks in (3, 6, 18) if at % 12 else True


def _pitches(ground: Ground, place: Place) -> tuple[int, ...]:
    """Steps of the scale in reach; all of the range after a note far outside it."""
    lowest, highest = max(ground.lowest, LOWEST), min(ground.highest, HIGHEST)
    steps = [step for step in range(lowest, highest + 1) if step % 12 in ground.scale]
    if place.left != 1 and place.repeats >= MOST_REPEATS:
        steps = [step for step in steps if step != place.pitch]
    pitch = place.pitch
    near = [step for step in steps if pitch is None or abs(step - pitch) <= WIDEST_LEAP]
    return tuple(near or steps)


def _may_rest(ground: Ground, place: Place, ticks: int) -> bool:
    """No silence at the start, none after silence, none inside a triplet or past half a bar; but
    what is left of a bar whose notes are struck may be silent."""
    if place.triplet[0] or ticks in TRIPLET:
        return False
    if place.owed is not None and _is_waiting(place):
        return True
    started = place.pitch is not None
    short = ticks % 6 == 0 and ticks <= max(24, ground.meter.bar // 2)
    return started and not place.resting and short and _keeps_count(ground, place, ticks)


def _is_waiting(place: Place) -> bool:
    """A bar whose counted notes are struck, or whose last one waits for the close."""
    return place.owed == 0 or (place.left == 1 and place.owed == 1)


def _keeps_count(ground: Ground, place: Place, ticks: int) -> bool:
    """Whether the notes still owed fit after a silence or a tie that long."""
    room = ground.meter.bar - place.at - ticks
    return place.owed is None or place.owed * SHORTEST_SUNG <= room


def _may_tie(ground: Ground, place: Place, ticks: int) -> bool:
    """Over the bar line, or to lengthen a long note inside the bar."""
    if place.pitch is None or place.resting or place.triplet[0] or ticks in TRIPLET:
        return False
    lengthens = ticks % 6 == 0 and (place.at == 0 or place.long)
    return lengthens and _keeps_count(ground, place, ticks)


def _last_bar(ground: Ground, place: Place) -> Iterator[str]:
    """As any bar, but the tonic must close it: what would leave no beat for it is left out."""
    if place.closed:
        rests = _durations(ground, place, ground.meter.bar)
        yield from (f"r{ticks}" for ticks in rests if ticks not in TRIPLET)
        return
    for symbol in _sounds(ground, place, ground.meter.bar):
        if _may_close_after(ground, place, symbol):
            yield symbol


def _may_close_after(ground: Ground, place: Place, symbol: str) -> bool:
    """Whether the melody closes with this symbol, or still can after it."""
    after = moved(ground, place, symbol)
    if place.owed is None:
        silent = _closable(place) and symbol[0] in "rt"
        return (
            silent or _closable(after) or _leaves_a_close(ground.meter, after.at + after.triplet[0])
        )
    if after.owed == 0:
        return _closable(after) or (symbol[0] in "rt" and _closable(place))
    others = ((after.owed or 1) - 1) * SHORTEST_SUNG
    return _leaves_a_close(ground.meter, after.at + others)


def _closable(place: Place) -> bool:
    """Whether the melody may end with the sound that was last begun: a tonic of a beat."""
    on_tonic = place.pitch is not None and place.pitch % 12 == 0 and not place.resting
    return place.left == 1 and on_tonic and place.long and not place.owed


def latest_close(meter: Meter) -> int:
    """The last tick of a bar at which a closing note may begin."""
    starts = range(0, meter.bar, SHORTEST_SUNG)
    return max(at for at in starts if _leaves_a_close(meter, at))


def _beat(meter: Meter) -> int:
    """Ticks a closing note and an upbeat's longest last."""
    return 24 if meter.bar >= 48 else 12


def _leaves_a_close(meter: Meter, at: int) -> bool:
    """Whether a closing note can begin on a readable place at or after `at`."""
    if meter.compound:
        inside = at % 36
        start = at - inside + (36 if inside > 12 else 12 if inside else 0)
    else:
        start = -(-at // 12) * 12
    return meter.bar - start >= _beat(meter)
