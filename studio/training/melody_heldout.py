"""Held-out melodies as tasks: the tune itself, what its plan asks, and the form that holds it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from studio.music.coding import decode
from studio.music.key import SCALES, Key
from studio.music.melody_form import MelodyForm
from studio.music.meter import read_meter
from studio.music.tune import Tune
from studio.training.melody_corpus import Melody

MIDDLE_C = 60
LEAST_BARS, MOST_BARS = 8, 32
LEADING_TONE, RAISED_SIXTH = 11, 9


def plan_of(symbols: Sequence[str]) -> tuple[str, ...]:
    """The plan's words of a row: "mood=calm", but not "=A", which opens a phrase."""
    return tuple(symbol for symbol in symbols if "=" in symbol[1:])


def bars_of(symbols: Sequence[str]) -> tuple[str, ...]:
    """The rest of a row: bars and the marks of phrases."""
    return tuple(symbol for symbol in symbols if "=" not in symbol[1:])


def asked_of(symbols: Sequence[str]) -> Mapping[str, str]:
    """The plan of a row by its names."""
    return dict(word.split("=") for word in plan_of(symbols))


def tune_of(symbols: Sequence[str]) -> Tune:
    """The tune of a row, on C, its tonic at middle C."""
    asked = asked_of(symbols)
    meter, key = read_meter(asked["meter"]), Key("C", asked["mode"])
    return decode(bars_of(symbols), meter, key, MIDDLE_C)


def form_of(symbols: Sequence[str]) -> MelodyForm:
    """The form a held-out row asks of a melody: its meter, bars and scale. The range is the usual
    one and phrases are free: the row's own would give away what is measured."""
    asked = asked_of(symbols)
    borrowed = {LEADING_TONE, RAISED_SIXTH} if asked["mode"] == "minor" else set()
    return MelodyForm(
        read_meter(asked["meter"]),
        int(asked["bars"]),
        frozenset(SCALES[asked["mode"]]) | borrowed,
    )


def heldout(melodies: Sequence[Melody], count: int, seed: int) -> tuple[Melody, ...]:
    """So many held-out rows of 8 to 32 bars, in a shuffled order."""
    rows = [
        each
        for each in melodies
        if each.split == "val" and LEAST_BARS <= int(asked_of(each.symbols)["bars"]) <= MOST_BARS
    ]
    return tuple(random.Random(seed).sample(rows, min(count, len(rows))))
