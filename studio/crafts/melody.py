"""Melody: a description or a feeling, in English or Chinese, becomes a plan, and the plan several
takes whose bars add up, in the asked key and number of bars."""

from __future__ import annotations

from collections.abc import Sequence

from studio.crafts.craft import Craft, Field, Inputs, Order, Output, Roster
from studio.crafts.form import spoken_language
from studio.crafts.guesses import without_guesses
from studio.crafts.melody_composers import (
    COMPOSER_FIELDS,
    composed_order,
    composed_outputs,
    composer_of,
)
from studio.crafts.melody_kept import ACCOMPANIMENTS
from studio.crafts.melody_order import wishes_of
from studio.crafts.melody_plan import AUTO, PLAN_FIELDS, form_values
from studio.crafts.melody_reading import READING
from studio.crafts.melody_takes import at_hand, chosen
from studio.crafts.melody_words import LONGEST_WORDS
from studio.requests import Completion

__all__ = ["CRAFT", "PLAN_FIELDS"]

_LONGEST_START = 200_000
"""Characters: two long melodies in ABC, before and after an edit."""

FIELDS = (
    Field("text", "paragraph", max_length=1000),
    *PLAN_FIELDS,
    Field("accompaniment", "choice", AUTO, choices=ACCOMPANIMENTS),
    Field("words", "paragraph", max_length=LONGEST_WORDS, advanced=True),
    Field("n", "number", 4, minimum=1, maximum=8),
    Field("temperature", "number", 0.85, minimum=0, maximum=1.5, step=0.05, advanced=True),
    *COMPOSER_FIELDS,
    Field("seed", "seed", 0, advanced=True),
    Field("start", "text", max_length=_LONGEST_START, hidden=True),
)


def order(inputs: Inputs, roster: Roster) -> Order:
    """The plan from the words and the form, and more takes than are asked for; no requests for
    what can be done at once."""
    if composer_of(inputs):
        return composed_order(inputs, roster)
    wishes = wishes_of(inputs)
    said = f"{inputs['text']}\n{inputs['words']}"
    lang = spoken_language(said, str(inputs.get("lang", AUTO)))
    plan, filled = form_values(wishes[0].plan), without_guesses(inputs)
    if wishes[0].tune is not None:
        return Order((), filled, lang, plan)
    card, adapter = roster.choose("melody", lang)
    temperature = float(str(inputs["temperature"]))
    requests = tuple(each.request(card, adapter, temperature) for each in wishes)
    return Order(requests, filled, lang, plan)


def finish(order: Order, completions: Sequence[Completion]) -> tuple[Output, ...]:
    """The best takes, measured against the plan."""
    if composer_of(order.inputs):
        return composed_outputs(order, completions)
    wishes = wishes_of({**order.inputs, **order.plan})
    done = [at_hand(wish, wish.tune) for wish in wishes if wish.tune is not None]
    return tuple(each.output() for each in done or chosen(wishes, completions))


def preview(order: Order, texts: Sequence[str]) -> str:
    """How far the takes are: "5/16" bars each."""
    if composer_of(order.inputs):
        return ""
    bars = order.plan["bars"]
    return "  ".join(f"♪ {text.count('|')}/{bars}" for text in texts)


CRAFT = Craft(
    name="melody",
    output="melody",
    fields=FIELDS,
    order=order,
    finish=finish,
    preview=preview,
    reading=READING,
    examples=(
        {"text": "a slow lullaby for a rainy harbour, minor but hopeful, 6/8"},
        {"text": "Irish jig for a shop opening, not too fast", "bars": 16},
        {"text": "HAPPY"},
        {"text": "a march for the smallest robot in the parade, a little proud", "style": "march"},
        {"text": "slow waltz in Eb major, candlelight, strings", "bars": 16},
        {"text": "江南水乡的清晨，悠扬，五声音阶，速度不要太快", "lang": "zh"},
        {
            "text": "一段充满活力的乐曲，节奏明快，旋律优美，具有跳跃感和动感。",
            "lang": "zh",
        },
        {"text": "深夜的末班车，忧伤，D小调，四三拍", "lang": "zh", "instrument": "piano"},
    ),
)
