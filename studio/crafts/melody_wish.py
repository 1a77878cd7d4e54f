"""One take that is wanted: written by the model under a form, or at hand already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from studio.crafts.melody_kept import Kept
from studio.crafts.melody_words import carried
from studio.music.copies import training_copies
from studio.music.melody_form import MelodyForm
from studio.music.meter import METERS, read_meter
from studio.music.original import OriginalForm
from studio.music.plan import MelodyPlan
from studio.music.prefix import melody_prefix
from studio.music.takes import read_take
from studio.music.tune import Sound, Tune
from studio.requests import Request, Sampling

SYMBOLS_A_BAR, SPARE_SYMBOLS = 26, 16
TITLE_WORDS, TITLE_CHARACTERS, MOST_TITLE = 7, 14, 60
MOST_SYMBOLS = 1500
"""Of one take: more than 64 bars of eighths need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a take is to be. Several candidates may be drawn for one take: those of one `take`."""

    plan: MelodyPlan
    title: str
    accompaniment: str
    seed: int
    take: int = 0
    form: MelodyForm | None = None
    """What the model is held to; None: `tune` is at hand."""
    tune: Tune | None = None
    raised: int = 0
    """Semitones by which the model's answer lies above the melody that it goes on from."""
    words: tuple[str, ...] = ()
    """Syllables to lay under the notes, in order."""
    kept: frozenset[int] = frozenset()
    """Numbers of the bars that stay as they were."""
    verb: str = ""
    label: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    parent: Kept | None = None

    def request(self, card: str, adapter: str | None, temperature: float) -> Request:
        """What the melody model is asked."""
        return Request(
            card=card,
            adapter=adapter,
            seed=self.seed,
            prompt=melody_prefix(_in_known_meter(self.plan).words()),
            sampling=self._sampling(temperature),
            constraint=OriginalForm(self.form, training_copies()) if self.form else None,
        )

    def read(self, text: str) -> Tune | None:
        """The tune of the model's answer where the melody lies; None without notes."""
        tune = read_take(text, self.plan, self.title)
        if tune is None:
            return None
        return replace(moved(tune, -self.raised), words=self._words(tune))

    def _words(self, tune: Tune) -> tuple[str, ...]:
        """Under every note one, as far as they go; else those of the melody it goes on from."""
        if self.parent is not None:
            return carried(self.parent.tune, tune)
        count = len(tune.notes())
        return (*self.words, *[""] * count)[:count] if any(self.words) else ()

    def _sampling(self, temperature: float) -> Sampling:
        room = self.plan.bars * SYMBOLS_A_BAR + SPARE_SYMBOLS
        return Sampling(
            temperature=temperature, top_p=0.95, min_p=0.02, max_tokens=min(MOST_SYMBOLS, room)
        )


def title_of(text: str, plan: MelodyPlan) -> str:
    """The first clause of the description, short; a bare label gets the key beside it."""
    clause = re.split(r"[,.;:!?，。；：！？\n]", text.strip())[0].strip()
    if re.search("[\u4e00-\u9fff]", clause):
        return clause[:TITLE_CHARACTERS]
    words = clause.split()
    if len(words) < 2:
        clause = f"{clause.capitalize()} melody in {plan.key.tonic} {plan.mode}".strip()
        words = clause.split()
    title = " ".join(words[:TITLE_WORDS])[:MOST_TITLE]
    return title[:1].upper() + title[1:]


def _in_known_meter(plan: MelodyPlan) -> MelodyPlan:
    """The model has words for some meters; a melody in another is told in the nearest."""
    known = [plan.meter] if plan.meter in METERS else METERS
    return replace(
        plan, meter=min(known, key=lambda each: abs(read_meter(each).bar - plan.time.bar))
    )


def moved(tune: Tune, semitones: int) -> Tune:
    """The same notes higher or lower; the key stays as it is called."""
    bars = tuple(tuple(_moved(sound, semitones) for sound in bar) for bar in tune.bars)
    return replace(tune, bars=bars)


def _moved(sound: Sound, semitones: int) -> Sound:
    return sound if sound.pitch is None else replace(sound, pitch=sound.pitch + semitones)
