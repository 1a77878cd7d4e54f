"""A brand's own motif as the start of a jingle, moved into the jingle's key."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from studio.crafts.jingle_plan import WRITTEN, JinglePlan, written_seconds
from studio.crafts.melody_whole import whole_tune
from studio.errors import InvalidInput
from studio.music.abc_reader import read_abc
from studio.music.coding import bar_symbols, tonic_below
from studio.music.key import SCALES, TONICS, write_key
from studio.music.plan import COMPASS, TEMPO_BOUNDS, TONIC_LOWEST
from studio.music.tune import Tune

LONGEST = 2
"""Bars of a given motif that a jingle takes."""
_LEAST_BARS = 4
_RETURN_WORTH = 0.35
"""How much farther from its own tempo (in octaves) a motif may be played to be heard twice."""
_SHIFTS = (5, 7, 2, -2, -5, 3, -3, 4, -4, -7)
_LOWEST, _HIGHEST = -5, 14
"""Steps of a return: what a voice reaches."""
_MOST_SIGNS = 4
_NOTE = re.compile(r"n(-?\d+)d(\d+)")

Symbols = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class GivenMotif:
    """Its bars in the model's words, steps counted from its own tonic."""

    tune: Tune
    opening: tuple[str, ...]
    bars: Symbols

    @classmethod
    def read(cls, abc: str) -> GivenMotif:
        """The first bars of an ABC. Raises InvalidInput("abc") for what does not read,
        ("motif") for what is no motif."""
        tune = whole_tune(read_abc(abc))
        upbeat = int(tune.upbeat)
        tune = replace(tune, bars=tune.bars[: LONGEST + upbeat])
        try:
            if len(tune.notes()) < 2:
                raise ValueError("a motif has two notes")
            opening, bars = bar_symbols(tune, tonic_below(tune))
        except ValueError as error:
            raise InvalidInput(
                "motif",
                "This motif can not be played as a jingle.",
                "Give one or two bars with two notes or more, within three octaves.",
                code="jingle_motif",
            ) from error
        return cls(tune, opening, bars)

    def fixed(self, shift: int | None) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """(number, symbols) of its bars, and of those of its return `shift` semitones higher."""
        again: Symbols = () if shift is None else self._moved(shift)
        return tuple(enumerate((*self.bars, *again), 1))

    def shift(self) -> int | None:
        """The move after which it lies in its own scale and in a voice's reach still; None when
        no move keeps it."""
        scale, steps = SCALES[self.tune.key.mode], self.steps()
        return next((each for each in _SHIFTS if _fits([s + each for s in steps], scale)), None)

    def _moved(self, shift: int) -> Symbols:
        return tuple(tuple(moved_symbol(symbol, shift) for symbol in bar) for bar in self.bars)

    def steps(self) -> list[int]:
        """Semitones of its notes from the tonic."""
        notes = (_NOTE.fullmatch(symbol) for bar in self.bars for symbol in bar)
        return [int(note[1]) for note in notes if note]


def planned_for(motif: GivenMotif, planned: JinglePlan) -> tuple[JinglePlan, int | None]:
    """The plan in the motif's mode and meter, at the tempo nearest its own (else the plan's) at
    which all fits; and how far its return is moved, None where it is heard once."""
    bars, meter, shift = len(motif.bars), str(motif.tune.meter), motif.shift()
    wanted = motif.tune.tempo_bpm or planned.plan.tempo_bpm
    once = _paced(meter, max(_LEAST_BARS, bars + 2), wanted)
    twice = _paced(meter, max(_LEAST_BARS, 2 * bars + 1), wanted)
    again = shift is not None and _off(twice[1], wanted) <= _off(once[1], wanted) + _RETURN_WORTH
    count, tempo_bpm = twice if again else once
    shift = shift if again else None
    plan = replace(
        planned.plan,
        tonic=_tonic(motif, planned.plan.tonic, shift or 0),
        mode=motif.tune.key.mode,
        register="mid",
        meter=meter,
        bars=count,
        tempo_bpm=tempo_bpm,
    )
    return replace(planned, plan=plan, motif_bars=bars), shift


def _tonic(motif: GivenMotif, wanted: str, shift: int) -> str:
    """The wanted tonic, or the nearest one in whose key there are few signs and all of the motif
    and its return can be sung; but not the motif's own key, while there is another."""
    mode, steps = motif.tune.key.mode, motif.steps()
    reach, start = [*steps, *(step + shift for step in steps)], TONICS.index(wanted)
    low, high = COMPASS["mid"]

    def cost(tonic: str) -> tuple[int, int, int]:
        key = write_key(tonic, mode)
        pitch = TONIC_LOWEST["mid"] + (key.pitch_class - TONIC_LOWEST["mid"]) % 12
        outside = max(0, pitch + max(reach) - high) + max(0, low - pitch - min(reach))
        same = key.pitch_class == motif.tune.key.pitch_class
        away = abs((TONICS.index(tonic) - start + 6) % 12 - 6)
        return outside, int(abs(key.fifths) > _MOST_SIGNS or same), away

    return min(TONICS, key=cost)


def moved_symbol(symbol: str, semitones: int) -> str:
    """A note's symbol so much higher; anything else as it is."""
    note = _NOTE.fullmatch(symbol)
    return f"n{int(note[1]) + semitones}d{note[2]}" if note else symbol


def _paced(meter: str, bars: int, wanted: int) -> tuple[int, int]:
    """(bars, tempo): the nearest tempo at which so many bars last as a jingle does."""
    at_one = written_seconds(meter, bars, 1)
    slowest, fastest = math.ceil(at_one / WRITTEN[1]), math.floor(at_one / WRITTEN[0])
    tempo = max(slowest, min(fastest, wanted))
    return bars, max(TEMPO_BOUNDS[0], min(TEMPO_BOUNDS[1], tempo))


def _off(tempo: int, wanted: int) -> float:
    return abs(math.log2(tempo / wanted))


def _fits(steps: Sequence[int], scale: Sequence[int]) -> bool:
    return all(_LOWEST <= each <= _HIGHEST and each % 12 in scale for each in steps)
