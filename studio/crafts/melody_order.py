"""From a filled form to the takes that are wanted, whatever they start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType

from studio.crafts.craft import Inputs
from studio.crafts.melody_going_on import continued, varied
from studio.crafts.melody_plan import plan_of
from studio.crafts.melody_start import Start, read_start
from studio.crafts.melody_verbs import (
    accompanied,
    edited,
    in_tempo,
    on_instrument,
    sung_to,
    transposed,
)
from studio.crafts.melody_wish import Wish, title_of
from studio.crafts.melody_words import fitted, lines_of
from studio.errors import InvalidInput
from studio.music.melody_form import MelodyForm
from studio.music.phrases import drawn_form
from studio.music.plan import MelodyPlan

CANDIDATES, MOST_CANDIDATES = 3, 16
"""So many takes are drawn for each one that is kept; a batch of sixteen costs little more."""
LONG_BARS = 32
"""A melody of more bars is drawn once less for each take: it takes twice as long."""


def wishes_of(inputs: Inputs) -> list[Wish]:
    """Every candidate that a form asks for, in the order of their seeds; one that is at hand
    where no model is asked. Raises InvalidInput naming the field."""
    start = read_start(str(inputs["start"]))
    if start is None:
        return _fresh(inputs)
    if start.verb in _AT_ONCE:
        return _AT_ONCE[start.verb](start, inputs)
    takes = number_of(inputs, "n")
    return _WRITTEN[start.verb](start, inputs, takes, candidates(takes, len(start.of.tune.bars)))


def number_of(inputs: Inputs, name: str) -> int:
    """A whole number of the form."""
    return int(float(str(inputs[name])))


def candidates(takes: int, bars: int) -> int:
    """How many are drawn for so many takes."""
    each = CANDIDATES if bars <= LONG_BARS else CANDIDATES - 1
    return max(takes, min(each * takes, MOST_CANDIDATES))


def _fresh(inputs: Inputs) -> list[Wish]:
    """Takes of n different phrase forms, from the words alone."""
    text, lines = str(inputs["text"]), lines_of(str(inputs["words"]))
    if not text.strip() and not lines:
        raise InvalidInput("text", "Please fill in text.", code="required")
    plan = plan_of({**inputs, "text": text or str(inputs["words"])})
    plan, syllables = fitted(plan, lines, asked=bool(number_of(inputs, "bars")))
    takes, first = number_of(inputs, "n"), number_of(inputs, "seed")
    forms = _different_forms(plan.bars, first, takes)
    title = title_of(text or str(inputs["words"]), plan)
    base = Wish(
        plan=plan,
        title=title,
        accompaniment=str(inputs["accompaniment"]),
        seed=first,
        words=lines.flat,
    )
    return [
        replace(
            base,
            seed=first + number,
            take=number % takes,
            form=_form(plan, forms[number % takes], syllables),
        )
        for number in range(candidates(takes, plan.bars))
    ]


def _different_forms(bars: int, seed: int, takes: int) -> list[tuple[str, ...]]:
    """A phrase form for each take, different ones while there are such."""
    forms = [drawn_form(bars, seed)]
    for number in range(1, 8 * takes):
        form = drawn_form(bars, seed + number)
        if form not in forms:
            forms.append(form)
    return [forms[take % len(forms)] for take in range(takes)]


def _form(plan: MelodyPlan, phrases: tuple[str, ...], syllables: tuple[int, ...]) -> MelodyForm:
    """A text begins on the bar: its phrases are counted there."""
    opening: tuple[str, ...] | None = () if syllables else None
    return plan.form(phrases, opening=opening, syllables=syllables)


_AT_ONCE: Mapping[str, Callable[[Start, Inputs], list[Wish]]] = MappingProxyType(
    {
        "transpose": transposed,
        "tempo": in_tempo,
        "instrument": on_instrument,
        "accompany": accompanied,
        "edit": edited,
        "sing": sung_to,
    }
)
_WRITTEN: Mapping[str, Callable[[Start, Inputs, int, int], list[Wish]]] = MappingProxyType(
    {"vary": varied, "continue": continued}
)
