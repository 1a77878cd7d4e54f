"""The takes that are asked for a jingle: one plan, each with a return, a number of notes and an
ending of its own."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from studio.crafts.jingle_motif import GivenMotif, planned_for
from studio.crafts.jingle_plan import JinglePlan, jingle_plan
from studio.crafts.melody_wish import Wish
from studio.music.copies import training_copies
from studio.music.features import quarter_seconds
from studio.music.jingle_form import JingleForm
from studio.music.key import SCALES
from studio.music.melody_form import MelodyForm
from studio.music.original import OriginalForm
from studio.music.plan import MelodyPlan
from studio.music.symbols import DURATIONS
from studio.requests import Request

TAKES = 24
"""Drawn in one batch for the one that is kept."""
SEEDS_APART = 1009
"""Between the takes: the next seed's jingle is chosen of others."""
TEMPERATURE = 0.9
_VOICE = (-5, 14)
"""Semitones about the tonic that anyone can sing."""
_SHIFTS = ((5, 3.0), (2, 3.0), (7, 2.0), (-2, 2.0), (-5, 1.5), (-3, 1.5), (3, 1.0), (-7, 0.7))
"""(semitones of the return, how welcome): up a fourth or a step before the others."""
_LEAST_TONES = 4
"""Of the scale that a motif can be made of and still be moved."""
_CLOSINGS: Mapping[int, tuple[tuple[int, ...], ...]] = MappingProxyType(
    {
        48: ((48,), (48,), (12, 36)),
        72: ((72,), (72,), (24, 48)),
        96: ((96,), (96,), (24, 72), (12, 12, 72)),
    }
)
"""Ticks of a bar -> rhythms of the last one: home at once, or after a breath on its threshold."""
_COMPOUND = ((72,), (72,), (36, 36))
"""The same for 6/8."""
_SHORTEST_S = 0.15
"""Of a sixteenth that may be written; where it would be shorter, eighths are the shortest."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One take that is asked for, and the form that makes it a jingle."""

    wish: Wish
    form: JingleForm

    def request(self, card: str, adapter: str | None) -> Request:
        """What the melody's model is asked."""
        asked = self.wish.request(card, adapter, TEMPERATURE)
        return replace(asked, constraint=OriginalForm(self.form, training_copies()))


@dataclass(frozen=True, slots=True)
class JingleWish:
    """What a jingle is asked to be."""

    valence: float
    arousal: float
    seed: int
    style: str = ""
    motif: str = ""
    lang: str = "en"

    def candidates(self) -> tuple[Candidate, ...]:
        """Every take, the same for the same wish. Raises InvalidInput("abc" or "motif")."""
        planned = jingle_plan(self.valence, self.arousal, self.seed, self.style)
        seeds = range(self.seed, self.seed + SEEDS_APART * TAKES, SEEDS_APART)
        if not self.motif.strip():
            return tuple(_drawn(planned, seed, self.lang) for seed in seeds)
        motif = GivenMotif.read(self.motif)
        planned, shift = planned_for(motif, planned)
        return tuple(_given(motif, planned, shift, seed) for seed in seeds)


def _drawn(planned: JinglePlan, seed: int, lang: str) -> Candidate:
    """A take of a new motif."""
    drawn, plan = random.Random(f"jingle take {seed}"), planned.plan
    closing = drawn.choice(_closings(plan))
    shift = _shift(plan, drawn)
    jingle = JingleForm(_voiced(plan), planned.motif_bars, shift, closing, _grid(plan))
    return Candidate(_wish(planned, seed, _TITLES[lang]), jingle)


def _given(motif: GivenMotif, planned: JinglePlan, shift: int | None, seed: int) -> Candidate:
    """A take that begins with the brand's own motif."""
    drawn, plan = random.Random(f"jingle take {seed}"), planned.plan
    closing = drawn.choice(_closings(plan))
    form = replace(_voiced(plan), fixed=motif.fixed(shift), opening=motif.opening)
    bars, given = planned.motif_bars, len(form.fixed)
    jingle = JingleForm(form, bars, shift or 0, closing, _grid(plan), given)
    return Candidate(_wish(planned, seed, motif.tune.title or _TITLES["en"]), jingle)


_TITLES: Mapping[str, str] = MappingProxyType({"en": "Jingle", "zh": "声音标识"})


def _wish(planned: JinglePlan, seed: int, title: str) -> Wish:
    return Wish(plan=planned.plan, title=title, accompaniment=planned.accompaniment, seed=seed)


def _voiced(plan: MelodyPlan) -> MelodyForm:
    """The melody's form within a voice's reach, in phrases of four bars, without an upbeat."""
    form = plan.form(("A", "B")[: -(-plan.bars // 4)], opening=())
    return replace(form, lowest=max(form.lowest, _VOICE[0]), highest=min(form.highest, _VOICE[1]))


def _shift(plan: MelodyPlan, drawn: random.Random) -> int:
    """A move that leaves enough tones to make a motif of."""
    scale = SCALES[plan.mode]
    fitting = [
        (shift, weight)
        for shift, weight in _SHIFTS
        if sum((step + shift) % 12 in scale for step in scale) >= _LEAST_TONES
    ]
    return drawn.choices([each for each, _ in fitting], [weight for _, weight in fitting])[0]


def _closings(plan: MelodyPlan) -> tuple[tuple[int, ...], ...]:
    """How the last bar may go; one long note in a meter that is no jingle's own."""
    if plan.meter == "6/8":
        return _COMPOUND
    longest = max(ticks for ticks in DURATIONS if ticks <= plan.time.bar)
    return _CLOSINGS.get(plan.time.bar, ((longest,),))


def _grid(plan: MelodyPlan) -> int:
    """The shortest lengths that are tones still and not a flourish."""
    sixteenth_s = quarter_seconds(plan.time, plan.tempo_bpm) / 4
    return 6 if sixteenth_s >= _SHORTEST_S else 12
