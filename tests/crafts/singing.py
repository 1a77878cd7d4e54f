"""Orders of the melody craft answered by a model without taste: it keeps the form, no more."""

from __future__ import annotations

import random
from typing import Any

from studio.crafts.craft import Order, Output
from studio.crafts.form import fill
from studio.crafts.melody import CRAFT
from studio.crafts.melody_kept import kept_melody
from studio.families.fake_vocabulary import FakeVocabulary
from studio.music.symbols import music_symbols, plan_symbols
from studio.requests import Completion, Request

VOCABULARY = FakeVocabulary(("<bos>", *plan_symbols(), *music_symbols()), joiner=" ")
LULLABY = "a slow lullaby for a rainy harbour, 6/8, 16 bars"


class OneCard:
    """One melody card."""

    def choose(self, role: str, lang: str) -> tuple[str, str | None]:
        assert role == "melody"
        return "lm/melody", None

    def drafts(self, card: str) -> int:
        raise AssertionError(card)


def ordered(**given: object) -> Order:
    """The order of a form."""
    return CRAFT.order(fill(CRAFT, given, lambda: 5), OneCard())


def sung(request: Request, joiner: str = " ") -> Completion:
    """What the model answers under the request's constraint."""
    assert request.constraint is not None
    rule, tokens = request.constraint.bind(VOCABULARY), []
    source = random.Random(request.seed)
    while (token := source.choice(rule.allowed(tokens))) != VOCABULARY.eos:
        tokens.append(token)
    return Completion(text=joiner.join(VOCABULARY.text(each) for each in tokens))


def outputs(order: Order, joiner: str = " ") -> tuple[Output, ...]:
    """The finished takes."""
    return CRAFT.finish(order, [sung(request, joiner) for request in order.requests])


def made(**given: object) -> tuple[Output, ...]:
    """The takes of a form."""
    return outputs(ordered(**given))


def kept(take: Output, work: str = "w1", version: int = 1) -> dict[str, Any]:
    """A take as a start takes it."""
    return kept_melody(take.text, take.data, work, version)


def melody(**given: object) -> dict[str, Any]:
    """One new melody as a start takes it."""
    return kept(made(**{"text": LULLABY, "n": 1, **given})[0])
