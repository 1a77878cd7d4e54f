"""The model goes on with a finished melody: it varies some of its bars, or writes more of them. The
bars that stay are fixed in the form, note for note."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from studio.crafts.craft import Inputs
from studio.crafts.melody_freed import FAR, REACHES, freed_bars, varied_form
from studio.crafts.melody_kept import Kept, plan_like
from studio.crafts.melody_plan import AUTO, PLAN_FIELDS, form_values, plan_of
from studio.crafts.melody_start import Start, wrong_value
from studio.crafts.melody_whole import MOST_BARS, too_many_bars
from studio.crafts.melody_wish import Wish, title_of
from studio.errors import InvalidInput
from studio.music.coding import bar_symbols, tonic_below
from studio.music.melody_form import most_sung
from studio.music.phrases import drawn_form, phrase_forms
from studio.music.plan import MelodyPlan
from studio.music.symbols import HIGHEST, LOWEST, PHRASE_BARS
from studio.music.tune import Tune

USUAL_BARS_MORE = 8
_FREE_TO_CHANGE = ("mood", "tempo", "density", "style", "instrument", "valence", "arousal")
"""Plan fields of the form that a variation follows; the others are the melody's own."""


def varied(start: Start, inputs: Inputs, takes: int, candidates: int) -> list[Wish]:
    """Each take keeps other bars: see `freed_bars`. `bars` says which may change."""
    begun = _begun(start, inputs)
    reach = start.choice("reach", "middle", (*REACHES, FAR))
    chosen = _chosen_bars(start, len(begun.bars))
    wishes = []
    for number in range(candidates):
        take = number % takes
        freed = chosen or freed_bars(begun.bars, reach, random.Random(f"{begun.seed + take} free"))
        phrases = varied_form(begun.bars, freed)
        if reach == FAR and not chosen:
            phrases = drawn_form(len(begun.bars), begun.seed + take)
        label = {"reach": reach, "bars": sorted(freed)}
        wishes.append(begun.wish(number, take, len(begun.bars), freed, phrases, label))
    return wishes


def continued(start: Start, inputs: Inputs, takes: int, candidates: int) -> list[Wish]:
    """The melody as it is, and so many bars more; each take answers with other phrases."""
    begun = _begun(start, inputs)
    more = start.whole("bars", USUAL_BARS_MORE, 1, MOST_BARS)
    total = len(begun.bars) + more
    if total > MOST_BARS:
        raise too_many_bars(total)
    new = frozenset(range(len(begun.bars) + 1, total + 1))
    return [
        begun.wish(
            number,
            number % takes,
            total,
            new,
            _longer_form(begun.bars, total, begun.seed + number % takes),
            {"bars": more},
        )
        for number in range(candidates)
    ]


@dataclass(frozen=True, slots=True)
class _Begun:
    """A melody in the model's words, for it to write some bars of anew."""

    start: Start
    plan: MelodyPlan
    tune: Tune
    accompaniment: str
    seed: int
    tonic: int
    """MIDI pitch that its steps are counted from."""
    bars: tuple[tuple[str, ...], ...]
    opening: tuple[str, ...]

    def wish(
        self,
        number: int,
        take: int,
        total: int,
        freed: frozenset[int],
        phrases: tuple[str, ...],
        label: Mapping[str, object],
    ) -> Wish:
        """A candidate for the `take` of `total` bars with the `freed` ones written anew."""
        plan = replace(self.plan, bars=total)
        kept = frozenset(range(1, len(self.bars) + 1)) - freed
        form = plan.form(phrases, self._fixed(kept), self.opening, notes=self._sung(total, freed))
        return Wish(
            plan=plan,
            title=self.tune.title,
            accompaniment=self.accompaniment,
            seed=self.seed + number,
            take=take,
            form=form,
            raised=plan.tonic_pitch - self.tonic,
            kept=kept,
            verb=self.start.verb,
            label=label,
            parent=self.start.of,
        )

    def _sung(self, total: int, freed: frozenset[int]) -> tuple[int, ...]:
        """As many notes in every bar as there are, where each carries a syllable and it can be."""
        counts = tuple(sum(symbol[0] == "n" for symbol in bar) for bar in self.bars)
        if total != len(counts) or not any(self.tune.words):
            return ()
        most = most_sung(total, self.plan.time)
        sings = all(1 <= counts[bar - 1] <= most[bar - 1] for bar in freed)
        return counts if sings else ()

    def _fixed(self, kept: frozenset[int]) -> tuple[tuple[int, tuple[str, ...]], ...]:
        """A bar that goes on sounding from one that is written anew strikes its note again."""
        struck = bar_symbols(_struck_again(self.tune), self.tonic)[1]
        said = {
            number: self.bars[number - 1] if number - 1 in kept or number == 1 else again
            for number, again in enumerate(struck, 1)
        }
        return tuple((number, said[number]) for number in sorted(kept))


def _begun(start: Start, inputs: Inputs) -> _Begun:
    """Raises InvalidInput("start") for a melody that the model has no words for."""
    kept = start.of
    tune, plan = kept.tune, _replanned(kept, inputs)
    tonic = _tonic_of(tune, plan)
    try:
        opening, bars = bar_symbols(tune, tonic)
        bar_symbols(_struck_again(tune), tonic)
    except ValueError as error:
        raise InvalidInput(
            "start",
            "This melody has notes that the composer can not go on from.",
            "It may span three octaves, in notes no shorter than a 32nd.",
            code="melody_no_words",
        ) from error
    pattern = str(inputs["accompaniment"])
    title = tune.title or title_of(str(inputs["text"]), plan)
    return _Begun(
        start=start,
        plan=plan,
        tune=replace(tune, tempo_bpm=plan.tempo_bpm, title=title),
        accompaniment=kept.accompaniment if pattern == AUTO else pattern,
        seed=int(float(str(inputs["seed"]))),
        tonic=tonic,
        bars=bars,
        opening=opening,
    )


def _replanned(kept: Kept, inputs: Inputs) -> MelodyPlan:
    """The melody's plan with what the form sets over it, as far as a variation can follow."""
    own = kept.melody_plan
    open_values = {each.name: each.default for each in PLAN_FIELDS}
    asked = {
        name: inputs[name]
        for name in _FREE_TO_CHANGE
        if name in open_values and inputs[name] != open_values[name]
    }
    plan = plan_of({**form_values(own), **asked, "text": ""})
    return plan_like(plan, replace(kept.tune, tempo_bpm=plan.tempo_bpm))


def _tonic_of(tune: Tune, plan: MelodyPlan) -> int:
    """The plan's own tonic when the melody lies about it, else the one below its middle."""
    steps = [note.pitch - plan.tonic_pitch for note in tune.notes()]
    fits = min(steps) >= LOWEST and max(steps) <= HIGHEST and -2 <= sum(steps) / len(steps) <= 14
    return plan.tonic_pitch if fits else tonic_below(tune)


def _struck_again(tune: Tune) -> Tune:
    """Every bar begins with a sound of its own."""
    bars = tuple((replace(bar[0], tied=False), *bar[1:]) for bar in tune.bars)
    return replace(tune, bars=bars)


def _chosen_bars(start: Start, count: int) -> frozenset[int]:
    """The bars that the person chose; none leaves it to the reach."""
    given: Any = start.told.get("bars", [])
    if not isinstance(given, list) or not all(_is_bar(each, count) for each in given):
        raise wrong_value("bars", given, f"1 - {count}")
    return frozenset(given)


def _is_bar(given: object, count: int) -> bool:
    return isinstance(given, int) and not isinstance(given, bool) and 1 <= given <= count


def _longer_form(bars: Sequence[tuple[str, ...]], total: int, seed: int) -> tuple[str, ...]:
    """The marks of the melody's own phrases, then a drawn form's that goes on from as many.

    Left to the model where the melody ends within a phrase."""
    if len(bars) % PHRASE_BARS:
        return ()
    own = phrase_forms(bars)
    count = -(-total // PHRASE_BARS)
    drawn = random.Random(f"{seed} goes on")
    marks = list(own)
    while len(marks) < count:
        marks.append(_next_mark(marks, drawn, last=len(marks) == count - 1))
    return tuple(marks)


def _next_mark(marks: Sequence[str], drawn: random.Random, *, last: bool) -> str:
    """Something new, or something known come back in another guise; at the end rather the first."""
    letters = list(dict.fromkeys(mark[0] for mark in marks))
    new = chr(ord(letters[-1]) + 1)
    options = {f"{letters[0]}'": 3.0 if last else 0.7, f"{marks[-1][0]}'": 1.0}
    if new <= "H":
        options[new] = options.get(new, 0.0) + (0.8 if last else 2.5)
    return drawn.choices(list(options), list(options.values()))[0]
