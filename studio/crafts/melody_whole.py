"""Whether a melody that somebody wrote or brought is whole: it has notes, and its bars add up."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from studio.errors import InvalidInput
from studio.music.meter import QUARTER
from studio.music.tune import Sound, Tune, bar_ticks

MOST_BARS = 64


def whole_tune(tune: Tune) -> Tune:
    """The tune with its last bar filled up by a rest where an upbeat was taken off it.

    Raises InvalidInput("abc"): no notes, more than MOST_BARS, a bar that does not add up.
    """
    if not tune.notes():
        raise InvalidInput("abc", "There is no note in this.", code="melody_no_notes")
    tune = _filled_up(tune)
    if tune.full_bars > MOST_BARS:
        raise too_many_bars(tune.full_bars)
    first = 0 if tune.upbeat else 1
    for number, bar in enumerate(tune.bars, first):
        if number and bar_ticks(bar) != tune.meter.bar:
            raise _wrong_bar(number, bar_ticks(bar), tune)
    return tune


def too_many_bars(found: int) -> InvalidInput:
    """The error for a melody of more than MOST_BARS."""
    return InvalidInput(
        "bars",
        f"This melody would have {found} bars; {MOST_BARS} are the most.",
        code="melody_too_long",
        found=found,
        limit=MOST_BARS,
    )


def _filled_up(tune: Tune) -> Tune:
    missing = tune.meter.bar - bar_ticks(tune.bars[-1])
    if missing <= 0:
        return tune
    filled = (*tune.bars[-1], Sound(None, missing))
    return replace(tune, bars=(*tune.bars[:-1], filled))


def _wrong_bar(number: int, ticks: int, tune: Tune) -> InvalidInput:
    found = Fraction(ticks * tune.meter.unit, 4 * QUARTER)
    held = f"{found}/{tune.meter.unit}" if found.denominator == 1 else f"{float(found):g}"
    return InvalidInput(
        "abc",
        f"Bar {number} holds {held}, and the meter is {tune.meter}.",
        "Make its notes longer or shorter, or move the bar line.",
        code="melody_bar",
        number=number,
        found=held,
        meter=str(tune.meter),
    )
