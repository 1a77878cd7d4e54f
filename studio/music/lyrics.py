"""Words under a melody: how many bars a text needs, how many notes each phrase needs for it, and
the syllables laid under the notes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from studio.errors import InvalidInput
from studio.music.meter import QUARTER, Meter
from studio.music.symbols import PHRASE_BARS
from studio.music.tune import Tune

Lines = Sequence[Sequence[str]]
MOST_PHRASES = 16
EASE = 0.8
"""Syllables to a beat that are sung at ease."""
SHORTEST = QUARTER // 2
"""No syllable shorter than an eighth."""
FEWEST = 2
"""Syllables of a phrase, at least."""
MOST_LINES, MOST_PARTS = 3, 4
"""So many lines share one phrase, and so many phrases share one line, at most."""


def phrase_syllables(lines: Lines, bars: int, meter: Meter) -> tuple[int, ...]:
    """How many notes each phrase of four bars must strike: a line a phrase where it can be; a long
    line takes several phrases, short ones share one.

    Raises InvalidInput("words") that says how many syllables there are and how many would fit.
    """
    counts = [len(line) for line in lines if line]
    phrases = max(1, -(-bars // PHRASE_BARS))
    found = _shared(counts, phrases, meter)
    if found is None:
        raise _unfitting(sum(counts), phrases, bars, meter)
    return found[1]


def bars_needed(lines: Lines, meter: Meter) -> int:
    """In how many bars a text is sung best (whole phrases, pairs of them preferred).

    Raises InvalidInput("words") when it is too long for any melody.
    """
    counts = [len(line) for line in lines if line]
    options = []
    for phrases in range(1, MOST_PHRASES + 1):
        found = _shared(counts, phrases, meter)
        if found is not None:
            uneven = 0.0 if phrases % 4 == 0 else 0.05 if phrases % 2 == 0 else 0.15
            options.append((found[0] / phrases + uneven, phrases))
    if not options:
        raise _unfitting(sum(counts), MOST_PHRASES, MOST_PHRASES * PHRASE_BARS, meter)
    return min(options)[1] * PHRASE_BARS


def set_words(tune: Tune, syllables: Sequence[str]) -> Tune:
    """The tune with one syllable under each struck note. Raises InvalidInput("words") when there
    are not as many of one as of the other."""
    notes = len(tune.notes())
    if len(syllables) != notes:
        few = len(syllables) < notes
        raise InvalidInput(
            "words",
            f"The words have {len(syllables)} syllables and the melody has {notes} notes.",
            "Add some words." if few else "Take some words away.",
            code="lyrics_few" if few else "lyrics_many",
            given=len(syllables),
            needed=notes,
        )
    return replace(tune, words=tuple(syllables))


def phrase_room(meter: Meter) -> int:
    """Most syllables that four bars take."""
    return PHRASE_BARS * meter.bar // SHORTEST - 2


def _shared(
    counts: Sequence[int], phrases: int, meter: Meter
) -> tuple[float, tuple[int, ...]] | None:
    """(cost, syllables of each phrase) of the best sharing of lines over phrases; None when there
    is none. A small dynamic programme over (lines done, phrases done)."""
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for done in range(len(counts)):
        for filled in range(phrases):
            if (done, filled) not in best:
                continue
            cost, shares = best[done, filled]
            for lines, parts in _steps(counts[done:], phrases - filled):
                fresh = _parts(sum(counts[done : done + lines]), parts)
                price = sum(_strain(each, meter) for each in fresh) + 0.3 * (lines + parts - 2)
                after = (done + lines, filled + parts)
                if price < math.inf and cost + price < best.get(after, (math.inf,))[0]:
                    best[after] = (cost + price, (*shares, *fresh))
    return best.get((len(counts), phrases))


def _steps(counts: Sequence[int], left: int) -> list[tuple[int, int]]:
    """(lines, phrases) that may come next: one line in several, or several in one."""
    several = [(1, parts) for parts in range(1, min(MOST_PARTS, left) + 1)]
    return several + [(lines, 1) for lines in range(2, min(MOST_LINES, len(counts)) + 1)]


def _parts(count: int, parts: int) -> tuple[int, ...]:
    """A number in nearly equal parts, the larger first."""
    return tuple(count // parts + (number < count % parts) for number in range(parts))


def _strain(count: int, meter: Meter) -> float:
    """How far from ease so many syllables in four bars are; infinite when they do not fit."""
    if not FEWEST <= count <= phrase_room(meter):
        return math.inf
    ease = EASE * PHRASE_BARS * meter.bar / max(QUARTER, meter.beat * 0.75)
    return math.log(count / ease) ** 2


def _unfitting(given: int, phrases: int, bars: int, meter: Meter) -> InvalidInput:
    most, fewest = phrases * phrase_room(meter), phrases * FEWEST
    if given < fewest:
        return InvalidInput(
            "words",
            f"The words have {given} syllables; {bars} bars of {meter} need at least {fewest}.",
            "Add a line, or ask for fewer bars.",
            code="lyrics_short",
            given=given,
            needed=fewest,
            bars=bars,
            meter=str(meter),
        )
    return InvalidInput(
        "words",
        f"The words have {given} syllables; {bars} bars of {meter} take at most {most}.",
        "Take a line away, or ask for more bars.",
        code="lyrics_long",
        given=given,
        needed=most,
        bars=bars,
        meter=str(meter),
    )
