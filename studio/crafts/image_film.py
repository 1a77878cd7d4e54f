"""A film: two to eight pictures melt into each other in the time of a melody, which is its sound.

The melody is heard once, or again and again until the film is long enough; a picture is reached on
the first beat of a bar, rests there, and the next one is on its way some beats before its own bar.
Few frames are asked of the picture model: what lies between two of them is a blend.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from types import MappingProxyType

from studio.crafts.craft import Inputs
from studio.crafts.image_morph import frame_of, stops_of
from studio.crafts.image_start import Start, wrong_value
from studio.crafts.image_wish import Wish
from studio.crafts.melody_kept import Kept as KeptMelody
from studio.music.abc_writer import felt_ticks
from studio.music.features import quarter_seconds
from studio.music.meter import QUARTER
from studio.music.symbols import PHRASE_BARS
from studio.music.tune import Tune, bar_ticks

SHAPES: Mapping[str, tuple[int, int]] = MappingProxyType(
    {"square": (720, 720), "vertical": (720, 1280)}
)
"""Width and height in px."""
SECONDS = (10.0, 30.0)
TAIL_S = 1.0
"""The last sound rings on, and the last picture stands still."""
FPS = 24
MOST_FRAMES = 32
"""Frames asked of the picture model: what a processor paints in half a minute."""
MOST_BETWEEN = 8
_PICTURE_S = 2.0
"""The least time for each picture."""
_LAST_SHARE = 0.4
"""Of a picture's time that the last one has less before the sound ends: it stays on after that."""
_MOVE_SHARE, _LONGEST_MOVE_S = 0.5, 3.2


@dataclass(frozen=True, slots=True)
class Turn:
    """When a picture is left, and when the next one is reached, in seconds."""

    leave_s: float
    arrive_s: float


@dataclass(frozen=True, slots=True)
class Film:
    """The time of a film; JSON-able by `asdict`."""

    shape: str
    width: int
    height: int
    seconds: float
    """A whole, even number of frames."""
    repeats: int
    """How often the melody is heard."""
    heard_s: float
    """Seconds of all its repeats, the last sound's ringing left out; a longer melody is cut at a
    bar line."""
    turns: tuple[Turn, ...]
    between: int
    """Frames of the picture model between two pictures."""
    fps: int = FPS


def filmed(start: Start, inputs: Inputs) -> list[Wish]:
    """The frames to be painted, in order: the pictures, and what lies between them.

    Raises InvalidInput("start") for pictures of different shapes and for what is no melody."""
    stops, between = stops_of(start.of, inputs), film_of(start).between
    steps = [step / (between + 1) for step in range(between + 1)]
    moves = [(place, at) for place in range(len(stops) - 1) for at in steps]
    return [
        frame_of(stops, place, round(at, 4), inputs, "film")
        for place, at in (*moves, (len(stops) - 1, 0.0))
    ]


def film_of(start: Start) -> Film:
    """The time of the film that a start asks for. Raises InvalidInput("start")."""
    shape = start.told.get("shape", "square")
    if not isinstance(shape, str) or shape not in SHAPES:
        raise wrong_value("shape", shape, ", ".join(SHAPES))
    tune, count = melody_of(start).tune, len(start.of)
    clock = _Clock.of(tune)
    repeats = _repeats(clock, count)
    heard_s = clock.heard_s(SECONDS[1] - TAIL_S) if repeats == 1 else repeats * clock.pass_s
    width, height = SHAPES[shape]
    return Film(
        shape=shape,
        width=width,
        height=height,
        seconds=2 * math.ceil((heard_s + TAIL_S) * FPS / 2) / FPS,
        repeats=repeats,
        heard_s=round(heard_s, 4),
        turns=_turns(clock, repeats, heard_s, count),
        between=max(1, min(MOST_BETWEEN, (MOST_FRAMES - count) // (count - 1))),
    )


def film_data(start: Start) -> dict[str, object]:
    """What an output's data keep of its film: its time, and how its melody is played."""
    melody, film = melody_of(start), film_of(start)
    plan = melody.melody_plan
    return {
        **asdict(film),
        "turns": [asdict(each) for each in film.turns],
        "stops": len(start.of),
        "melody": {
            "abc": melody.abc,
            "instrument": plan.instrument,
            "style": plan.style,
            "accompaniment": melody.accompaniment,
            "title": melody.tune.title,
            **melody.origin,
        },
    }


def melody_of(start: Start) -> KeptMelody:
    """The melody of a film. Raises InvalidInput("start" or "abc")."""
    return KeptMelody.read(start.told["melody"])


@dataclass(frozen=True, slots=True)
class _Clock:
    """The time of a melody in seconds."""

    pass_s: float
    upbeat_s: float
    bar_s: float
    beat_s: float

    @classmethod
    def of(cls, tune: Tune) -> _Clock:
        quarter_s = quarter_seconds(tune.meter, tune.tempo_bpm or 100)
        upbeat = bar_ticks(tune.bars[0]) if tune.upbeat else 0
        return cls(
            pass_s=float(tune.quarters) * quarter_s,
            upbeat_s=upbeat / QUARTER * quarter_s,
            bar_s=float(tune.meter.quarters) * quarter_s,
            beat_s=felt_ticks(tune.meter) / QUARTER * quarter_s,
        )

    def heard_s(self, most_s: float) -> float:
        """The whole melody, or as many bars of it as fit."""
        if self.pass_s <= most_s:
            return self.pass_s
        return self.upbeat_s + math.floor((most_s - self.upbeat_s) / self.bar_s) * self.bar_s

    def lines(self, repeats: int, end_s: float, step_s: float, group: int) -> list[_Line]:
        """Where each bar (or beat) begins, in every repeat; the first of a `group` weighs more."""
        count = math.ceil((self.pass_s - self.upbeat_s) / step_s - 1e-6)
        lines = (
            _Line(turn * self.pass_s + self.upbeat_s + step * step_s, step % group == 0, step_s)
            for turn in range(repeats)
            for step in range(count)
        )
        return [each for each in lines if each.at_s < end_s - self.beat_s / 2]


@dataclass(frozen=True, slots=True)
class _Line:
    """A place where a picture may be reached."""

    at_s: float
    first: bool
    """Of a phrase (a bar) or of a bar (a beat)."""
    step_s: float

    def off(self, wanted_s: float) -> float:
        """How far it is from where it should be."""
        return abs(self.at_s - wanted_s) + (0.0 if self.first else 0.4 * self.step_s)


def _repeats(clock: _Clock, pictures: int) -> int:
    """So often that the film is long enough for all its pictures, and not too long."""
    least = max(SECONDS[0], _PICTURE_S * pictures) - TAIL_S
    wanted = max(1, math.ceil(least / clock.pass_s))
    most = max(1, math.floor((SECONDS[1] - TAIL_S) / clock.pass_s))
    return min(wanted, most)


def _turns(clock: _Clock, repeats: int, heard_s: float, pictures: int) -> tuple[Turn, ...]:
    """A picture a phrase, or so many phrases, where that comes out even; else on the bars, or the
    beats, nearest each picture's share of the time."""
    bars = clock.lines(repeats, heard_s, clock.bar_s, PHRASE_BARS)
    phrases = [each.at_s for each in bars if each.first]
    each, rest = divmod(len(phrases), pictures)
    if each and not rest:
        arrivals = [0.0, *phrases[each::each]]
    else:
        beats = max(1, round(clock.bar_s / clock.beat_s))
        few = len(bars) < 2 * pictures
        grid = clock.lines(repeats, heard_s, clock.beat_s, beats) if few else bars
        arrivals = _nearest(grid, heard_s, pictures, clock.beat_s / 2)
    return tuple(
        Turn(round(after - _move_s(after - before, clock.beat_s), 4), round(after, 4))
        for before, after in pairwise(arrivals)
    )


def _nearest(grid: Sequence[_Line], heard_s: float, pictures: int, least_s: float) -> list[float]:
    """When each picture is reached, the first at once."""
    arrivals = [0.0]
    for place in range(1, pictures):
        later = [each for each in grid if each.at_s > arrivals[-1] + least_s]
        wanted = place * heard_s / (pictures - _LAST_SHARE)
        nearest = min(later, key=lambda each: each.off(wanted), default=None)
        arrivals.append(nearest.at_s if nearest else wanted)
    return arrivals


def _move_s(rest_s: float, beat_s: float) -> float:
    """Whole beats for about half of the time between two pictures."""
    wanted = min(_LONGEST_MOVE_S, _MOVE_SHARE * rest_s)
    return min(rest_s, max(1, round(wanted / beat_s)) * beat_s)
