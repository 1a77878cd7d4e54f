"""A jingle: five to eight seconds in a mood, with a motif that comes again on another step and an
ending that is one. Written by the melody's model under the jingle's form; the take that is sung
and remembered best is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from types import MappingProxyType
from typing import Any

from studio.crafts.craft import Check, Order, Output, Roster
from studio.crafts.jingle_plan import SECONDS
from studio.crafts.jingle_takes import Candidate, JingleWish
from studio.crafts.melody_checks import melody_checks
from studio.crafts.melody_plan import form_values
from studio.crafts.melody_takes import Take, at_hand
from studio.music.abc_writer import write_abc
from studio.music.features import quarter_seconds, seconds
from studio.music.key import SCALES
from studio.music.motif import catchiness, goes_home, motif_tune, returns
from studio.music.tune import Sound, Tune
from studio.requests import Completion

_LAST_S = 0.6
"""The least that the last note lasts."""
_CATCHY = 1.2
"""What being remembered counts against what makes any melody good."""


def jingle_order(
    valence: float,
    arousal: float,
    seed: int,
    roster: Roster,
    *,
    style: str = "",
    motif: str = "",
    lang: str = "en",
) -> Order:
    """Several takes of one plan, asked at once. `motif` is ABC, or "" for a new one.

    Raises InvalidInput("motif" or "abc") for a motif that can not be played, NotReady without a
    model."""
    wish = JingleWish(valence, arousal, seed, style, motif, lang)
    asked = wish.candidates()
    card, adapter = roster.choose("melody", lang)
    requests = tuple(each.request(card, adapter) for each in asked)
    plan = form_values(asked[0].wish.plan)
    return Order(requests, MappingProxyType(asdict(wish)), lang, plan)


def jingle_finish(order: Order, completions: Sequence[Completion]) -> Output:
    """The take that is sung and remembered best, with its motif and its own verdicts. A plain one
    where the model gave none, as when it was stopped."""
    told: Any = order.inputs
    asked = JingleWish(**told).candidates()
    read = (_taken(one, done) for one, done in zip(asked, completions, strict=True))
    takes = [each for each in read if each is not None]
    bars = asked[0].form.motif_bars
    best = max(takes, key=lambda take: _rank(take, bars), default=None) or _plain(asked[0])
    return _output(replace(best, drawn=max(1, len(takes))), bars, asked[0].form.given_bars > 0)


def _taken(asked: Candidate, done: Completion) -> Take | None:
    """The take of an answer that came to its end."""
    tune = asked.wish.read(done.text)
    if tune is None or tune.full_bars < asked.wish.plan.bars:
        return None
    return at_hand(asked.wish, tune)


def _rank(take: Take, bars: int) -> tuple[bool, int, float]:
    """What can be sold at all before what is liked."""
    checks = (*melody_checks(take.wish.plan, take.found), *_checks(take, bars))
    passed = sum(each.passed for each in checks)
    return not take.copies, passed, take.merit + _CATCHY * catchiness(take.tune, bars)


def _plain(asked: Candidate) -> Take:
    """Home, a third and a fifth, the same a fourth higher, and home: no model is needed for it."""
    plan, form = asked.wish.plan, asked.form
    scale, bar = SCALES[plan.mode], plan.time.bar
    third = next((step for step in (4, 3, 2, 5) if step in scale), 0)
    figure = ((0, bar // 4), (third, bar // 4), (7, bar // 2))
    bars = [_bar(plan.tonic_pitch, figure)] * form.motif_bars
    bars += [_bar(plan.tonic_pitch + 5, figure)] * form.motif_bars
    bars += [_bar(plan.tonic_pitch, ((7, bar // 2), (2, bar // 2)))] * (plan.bars - len(bars) - 1)
    bars.append((Sound(plan.tonic_pitch, bar),))
    tune = Tune(plan.time, plan.key, tuple(bars), asked.wish.title, plan.tempo_bpm)
    return at_hand(asked.wish, tune)


def _bar(tonic: int, notes: Sequence[tuple[int, int]]) -> tuple[Sound, ...]:
    return tuple(Sound(tonic + step, ticks) for step, ticks in notes)


def _output(take: Take, bars: int, given: bool) -> Output:
    output, found = take.output(), returns(take.tune, bars)
    motif = {
        "motif": write_abc(motif_tune(take.tune, bars)),
        "motif_bars": bars,
        "motif_returns": None if found is None else {"bar": found[0], "semitones": found[1]},
        "catchiness": round(catchiness(take.tune, bars), 2),
    }
    checks = (*output.checks, *_checks(take, bars, given))
    return replace(output, data={**output.data, **motif}, checks=checks)


def _checks(take: Take, bars: int, given: bool = False) -> Iterator[Check]:
    length = seconds(take.tune)
    yield Check("jingle_length", SECONDS[0] <= length <= SECONDS[1], f"{length:.1f} s")
    found = returns(take.tune, bars)
    said = "" if found is None else f"{found[1]:+d}"
    yield Check("motif_returns", found is not None or given, said)
    notes = take.tune.notes()
    last_s = float(notes[-1].duration) * quarter_seconds(take.tune.meter, take.tune.tempo_bpm)
    longest = max(note.duration for note in notes) == notes[-1].duration
    home = take.found.closes and goes_home(take.tune)
    yield Check("jingle_ending", longest and home and last_s >= _LAST_S, f"{last_s:.1f} s")
